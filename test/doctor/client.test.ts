import { describe, expect, test } from 'vitest'
import {
  aProvider,
  asPortal,
  callback,
  discoveryWith,
  findings,
  healthy,
  ills,
  look,
  type Heard,
} from './provider.ts'

const back = (query: string) => ({
  '/auth': () => ({ status: 302, headers: { Location: `${callback}?${query}` } }),
})

describe('a portal’s client', () => {
  test('is unknown', async () => {
    const { origin } = await aProvider()

    const diagnosis = await look(origin, { ...asPortal, clientId: 'portla' })

    expect(ills(diagnosis)).toEqual(['client wrong'])
    expect(findings(diagnosis, 'client')[0]?.what).toBe(
      'the provider does not know the client "portla".',
    )
    expect(findings(diagnosis, 'client-secret')).toEqual([])
  })

  test('is unknown to a provider that redirects to its error page', async () => {
    const { origin } = await aProvider({
      '/auth': () => ({
        status: 302,
        headers: { Location: '/oauth2_error.do?oauthErrorCode=invalid_client' },
      }),
    })

    expect(ills(await look(origin, asPortal))).toContain('client wrong')
  })

  test('has another redirect URI', async () => {
    const { origin } = await aProvider()

    const diagnosis = await look(origin, { ...asPortal, expectedRedirectUri: `${callback}/` })

    expect(ills(diagnosis)).toEqual(['redirect-uri wrong'])
    expect(findings(diagnosis, 'client')[0]?.verdict).toBe('ok')
  })

  test('is known without its redirect URI, which is then not tried', async () => {
    const { origin } = await aProvider()

    const diagnosis = await look(origin, { clientId: 'portal' })

    expect(ills(diagnosis)).toEqual(['redirect-uri unknown'])
  })

  test('is refused a plain request, and the portal hears why', async () => {
    const { origin } = await aProvider(
      back('error=unauthorized_client&error_description=no+code+flow'),
    )

    const diagnosis = await look(origin, asPortal)

    expect(ills(diagnosis)).toEqual(['client warning'])
    expect(findings(diagnosis, 'client').at(-1)?.what).toContain(
      '"unauthorized_client: no code flow"',
    )
  })

  test('is answered with an error page that is not understood', async () => {
    const { origin } = await aProvider({ '/auth': () => ({ status: 403, body: 'Không' }) })

    expect(ills(await look(origin, asPortal))).toEqual(['client unknown'])
  })

  test('meets a provider that has failed', async () => {
    const { origin } = await aProvider({ '/auth': () => ({ status: 500 }) })

    expect(ills(await look(origin, asPortal))).toEqual(['client wrong'])
  })

  test('is shown a sign-in page at once', async () => {
    const { origin } = await aProvider({ '/auth': () => ({ body: '<form>' }) })

    expect(ills(await look(origin, asPortal))).toEqual([])
  })

  test('asks as a portal does', async () => {
    const { origin, heard } = await aProvider()

    await look(origin, asPortal)

    const { query } = heard.find(({ path }) => path === '/auth')!
    expect(Object.fromEntries(query)).toMatchObject({
      response_type: 'code',
      scope: 'openid',
      redirect_uri: callback,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    })
  })
})

describe('a portal’s secret', () => {
  test('is wrong, and is not repeated even where the provider repeats it', async () => {
    const { origin } = await aProvider({
      '/token': ({ headers }) => ({
        status: 401,
        body: { error: 'invalid_client', error_description: `not ${headers.authorization}` },
      }),
    })

    const diagnosis = await look(origin, { ...asPortal, clientSecret: 'tell-nobody' })

    expect(ills(diagnosis)).toEqual(['client-secret wrong'])
    expect(JSON.stringify(diagnosis)).not.toMatch(/tell-nobody|Basic/)
  })

  test('is right, but in the body only', async () => {
    const { origin } = await aProvider({
      ...discoveryWith(() => ({
        token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
      })),
      '/token': ({ form }) =>
        form.get('client_secret') === 'right secret'
          ? { status: 400, body: { error: 'invalid_grant' } }
          : { status: 401, body: { error: 'invalid_client' } },
    })

    const diagnosis = await look(origin, asPortal)

    expect(findings(diagnosis, 'client-secret')[0]).toMatchObject({
      verdict: 'warning',
      what: 'the secret of "portal" is right, but only as client_secret_post.',
    })
  })

  test('is sent in the body alone where discovery lists nothing else', async () => {
    const heard: Heard[] = []
    const { origin } = await aProvider({
      ...discoveryWith(() => ({ token_endpoint_auth_methods_supported: ['client_secret_post'] })),
      '/token': (request) => {
        heard.push(request)
        return { status: 400, body: { error: 'invalid_grant' } }
      },
    })

    expect(ills(await look(origin, asPortal))).toEqual([])
    expect(heard.map(({ headers }) => headers.authorization)).toEqual([undefined])
  })

  test('belongs to a client that may not redeem codes', async () => {
    const { origin } = await aProvider({
      '/token': () => ({ status: 400, body: { error: 'unauthorized_client' } }),
    })

    expect(ills(await look(origin, asPortal))).toEqual(['client-secret warning'])
  })

  test.each([{ status: 500 }, { status: 200, body: '<html>' }, { status: 400, body: {} }])(
    'cannot be told from an answer like %j',
    async (reply) => {
      const { origin } = await aProvider({ ...healthy, '/token': () => reply })

      expect(ills(await look(origin, asPortal))).toEqual(['client-secret unknown'])
    },
  )

  test('is sent to nobody but the token endpoint', async () => {
    const { origin, heard } = await aProvider()

    await look(origin, asPortal)

    const told = heard.filter((request) => /right.secret|Basic/.test(JSON.stringify(request)))
    expect(told.map(({ path }) => path)).toEqual(['/token'])
  })
})
