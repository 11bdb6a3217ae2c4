import { describe, expect, test } from 'vitest'
import {
  aProvider,
  asPortal,
  discoveryWith,
  documentOf,
  findings,
  healthy,
  ills,
  look,
  network,
} from './provider.ts'

const setting = (cookie: string, location = '/sign-in/1') => ({
  '/auth': () => ({ status: 303, headers: { Location: location, 'Set-Cookie': cookie } }),
})

/** Looked at under another name than this machine's, since browsers forgive localhost much. */
async function cookiesAt(issuer: string, cookie: string, location?: string) {
  const { origin } = await aProvider({
    ...discoveryWith(() => documentOf(issuer)),
    ...setting(cookie, location),
  })
  const routes = { [issuer]: origin, 'http://other.example.vn': origin }
  return findings(await look(issuer, { ...asPortal, fetch: network(routes) }), 'cookies')[0]
}

const plain = 'http://mock.example.vn'

describe('the cookie of an authorization request', () => {
  test.each([
    ['mark=1; Path=/; Secure', 'it is Secure, and came over http', '--tls self-signed'],
    ['mark=1; Path=/; SameSite=None', 'it says SameSite=None without Secure', 'SameSite=Lax'],
    ['mark=1; Path=/vneid/sign-in', 'its Path is /vneid/sign-in', 'proxy_cookie_path'],
    ['mark=1; Path=/sign', 'its Path is /sign,', 'proxy_cookie_path'],
    ['mark=1; Path=/; Domain=example.com', 'its Domain is example.com', 'one host name'],
  ])('is lost: %s', async (cookie, reason, fix) => {
    expect(await cookiesAt(plain, cookie)).toMatchObject({
      verdict: 'wrong',
      what: expect.stringContaining(`a browser loses the cookie "mark" (${reason}`),
      fix: expect.stringContaining(fix),
    })
  })

  test('is lost on the way to another host', async () => {
    const finding = await cookiesAt(plain, 'mark=1; Path=/', 'http://other.example.vn/sign-in/1')

    expect(finding?.what).toContain(
      '(it belongs to mock.example.vn, and the page is at other.example.vn)',
    )
  })

  test.each([
    'mark=1',
    'mark=1; Path=/sign-in/',
    'mark=1; Path=/; Domain=.example.vn; SameSite=Lax',
    'mark=1; path=/; HttpOnly; Max-Age=600',
  ])('comes back: %s', async (cookie) => {
    const finding = await cookiesAt(plain, cookie)

    expect(finding?.verdict).toBe('ok')
    expect(finding?.what).toContain('(without them it does not)')
  })

  test('is Secure and comes back over https', async () => {
    const issuer = 'https://mock.example.vn'
    const { origin } = await aProvider({
      ...discoveryWith(() => documentOf(issuer)),
      ...setting('__Host-mark=1; Path=/; Secure; SameSite=None'),
      '/sign-in/1': ({ headers }) => ({ status: headers.cookie === '__Host-mark=1' ? 200 : 400 }),
    })

    const diagnosis = await look(issuer, { ...asPortal, fetch: network({ [issuer]: origin }) })

    expect(ills(diagnosis)).toEqual([])
  })

  test('is Secure on this machine, where Safari alone loses it', async () => {
    const { origin } = await aProvider(setting('mark=1; Path=/; Secure'))

    const diagnosis = await look(origin, asPortal)

    expect(ills(diagnosis)).toEqual(['cookies warning'])
    expect(findings(diagnosis, 'cookies')[0]?.why).toContain('Safari does not')
  })

  test('is lost, and the sign-in page opens without it', async () => {
    const { origin } = await aProvider({
      ...setting('mark=1; Path=/; SameSite=None'),
      '/sign-in/1': () => ({ body: '<form>' }),
    })

    expect(ills(await look(origin, asPortal))).toEqual(['cookies warning'])
  })

  test('may be meant for a later page', async () => {
    const { origin } = await aProvider({
      '/auth': () => ({
        status: 303,
        headers: {
          Location: '/sign-in/1',
          'Set-Cookie': ['mark=1; Path=/sign-in', 'later=1; Path=/auth/1'],
        },
      }),
    })

    expect(ills(await look(origin, asPortal))).toEqual([])
  })

  test('is one that clears another, which nobody has to keep', async () => {
    const { origin } = await aProvider({
      '/auth': () => ({
        status: 303,
        headers: {
          Location: '/sign-in/1',
          'Set-Cookie': ['mark=1; Path=/', 'old=; Max-Age=0; Secure'],
        },
      }),
    })

    expect(ills(await look(origin, asPortal))).toEqual([])
  })
})

describe('a sign-in page', () => {
  test('does not open with every cookie, so that somebody on the way takes them', async () => {
    const { origin } = await aProvider({ ...healthy, '/sign-in/1': () => ({ status: 400 }) })

    const diagnosis = await look(origin, asPortal)

    expect(findings(diagnosis, 'cookies')[0]).toMatchObject({
      verdict: 'wrong',
      what: 'the sign-in page answers 400, even with every cookie it set.',
      fix: expect.stringContaining('give all replicas one --store'),
    })
  })

  test('opens at one time and not at another, which no cookie is blamed for', async () => {
    let asked = 0
    const { origin } = await aProvider({
      ...setting('mark=1; Path=/elsewhere'),
      '/sign-in/1': () => ({ status: asked++ % 2 === 0 ? 400 : 200 }),
    })

    const diagnosis = await look(origin, asPortal)

    expect(findings(diagnosis, 'cookies')[0]).toMatchObject({
      verdict: 'wrong',
      what: expect.stringContaining('answered 400 at first, and opened when asked again'),
      fix: expect.stringContaining('Give all replicas one --store'),
    })
  })

  test('does not open, and a cookie for where it goes on is not blamed for it', async () => {
    const { origin } = await aProvider({
      '/auth': () => ({
        status: 303,
        headers: {
          Location: '/sign-in/1',
          'Set-Cookie': ['mark=1; Path=/sign-in/1', 'resume=1; Path=/auth/1'],
        },
      }),
      '/sign-in/1': ({ headers }) => ({ status: headers.cookie?.includes('resume=1') ? 200 : 400 }),
    })

    const diagnosis = await look(origin, asPortal)

    expect(findings(diagnosis, 'cookies')[0]?.what).toBe(
      'the sign-in page answers 400, even with every cookie it set.',
    )
  })

  test('cannot be reached from here', async () => {
    const { origin } = await aProvider(setting('mark=1', 'http://sso.example.vn/'))

    const diagnosis = await look(origin, { ...asPortal, fetch: network({ [origin]: origin }) })

    expect(ills(diagnosis)).toEqual(['cookies unknown'])
  })
})
