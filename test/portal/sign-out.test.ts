import { decodeJwt, generateKeyPair, UnsecuredJWT, type JWTPayload } from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Browser, hiddenField } from './support/browser.ts'
import { startPortal, type TestPortal } from './support/portal.ts'
import { clientId } from './support/provider.ts'

let portal: TestPortal
let browser: Browser

beforeEach(async () => {
  portal = await startPortal()
  browser = new Browser()
})
afterEach(() => portal.close())

/** Signs in and reads the token that the sign-out form must carry. */
async function signIn(): Promise<string> {
  const { html } = await browser.visit(`${portal.url}/login?return_to=/profile`)
  return hiddenField(html, 'csrf')
}

async function isSignedIn(): Promise<boolean> {
  return (await browser.ask(`${portal.url}/profile`)).status === 200
}

describe('signing out', () => {
  test('ends the session here and asks the provider to end its own', async () => {
    const csrf = await signIn()

    const request = await browser.redirect(`${portal.url}/logout`, { csrf })

    expect(request.origin).toBe(portal.provider.issuer)
    expect(Object.fromEntries(request.searchParams)).toEqual({
      client_id: clientId,
      id_token_hint: expect.any(String),
      post_logout_redirect_uri: `${portal.url}/signed-out`,
      state: expect.stringMatching(/^[\w-]{22}$/),
    })
    expect(decodeJwt(request.searchParams.get('id_token_hint') ?? '').sub).toBe('sub-of-anna')
    expect(await isSignedIn()).toBe(false)
  })

  test('says that both sessions ended only when the provider answers', async () => {
    const request = await browser.redirect(`${portal.url}/logout`, { csrf: await signIn() })
    const state = request.searchParams.get('state') ?? ''

    const guessed = await browser.visit(`${portal.url}/signed-out?state=guessed`)
    const answered = await browser.visit(`${portal.url}/signed-out?state=${state}`)

    expect(guessed.html).toContain('Bạn chưa đăng nhập')
    expect(answered.html).toContain('Bạn đã đăng xuất')
  })

  test('ends the session at the provider too', async () => {
    const request = await browser.redirect(`${portal.url}/logout`, { csrf: await signIn() })
    const confirm = await browser.visit(request)
    const xsrf = hiddenField(confirm.html, 'xsrf')

    const seen = await browser.visit(`${portal.provider.issuer}/session/end/confirm`, {
      xsrf,
      logout: 'yes',
    })

    expect(seen.url).toContain(`${portal.url}/signed-out?state=`)
    expect(seen.html).toContain('Bạn đã đăng xuất')
  })

  test('says so when the provider has no way to end its session', async () => {
    await portal.close()
    portal = await startPortal({ endsSessions: false })

    const seen = await browser.visit(`${portal.url}/logout`, { csrf: await signIn() })

    expect(seen.status).toBe(503)
    expect(seen.html).toContain('Bạn đã đăng xuất khỏi cổng')
    expect(await isSignedIn()).toBe(false)
  })

  test('needs a form of our own', async () => {
    await signIn()

    const seen = await browser.visit(`${portal.url}/logout`, { csrf: 'guessed' })

    expect(seen.status).toBe(403)
    expect(await isSignedIn()).toBe(true)
  })

  test('is allowed by the policy of the page to lead to the provider', async () => {
    await signIn()

    const { headers } = await browser.visit(`${portal.url}/profile`)

    expect(headers.get('content-security-policy')).toContain(
      `form-action 'self' ${portal.provider.issuer}`,
    )
  })
})

describe('a logout token', () => {
  const post = (logout_token: string) =>
    browser.ask(`${portal.url}/backchannel-logout`, { logout_token })

  test('ends the sessions of the person it names', async () => {
    await signIn()

    const response = await post(await portal.provider.logoutToken())

    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await isSignedIn()).toBe(false)
  })

  test('ends only the session it names', async () => {
    const { html } = await browser.visit(`${portal.url}/login?return_to=/profile`)
    const sid = /&quot;sid&quot;: &quot;([^&]+)&quot;/.exec(html)?.[1] ?? ''

    await post(await portal.provider.logoutToken({ sid: 'of-another-browser' }))
    expect(await isSignedIn()).toBe(true)

    await post(await portal.provider.logoutToken({ sid }))
    expect(await isSignedIn()).toBe(false)
  })

  test('of another person changes nothing', async () => {
    await signIn()

    const response = await post(await portal.provider.logoutToken({ sub: 'sub-of-bo' }))

    expect(response.status).toBe(200)
    expect(await isSignedIn()).toBe(true)
  })

  test('cannot be played a second time', async () => {
    const token = await portal.provider.logoutToken()
    await post(token)
    await signIn()

    const response = await post(token)

    expect(await response.json()).toEqual({
      error: 'invalid_request',
      error_description: 'the logout token was used before',
    })
    expect(await isSignedIn()).toBe(true)
  })

  test.each<[string, JWTPayload]>([
    ['is of another issuer', { iss: 'https://thief.example' }],
    ['is meant for another portal', { aud: 'another-portal' }],
    ['has a nonce, as an ID token has', { nonce: 'n' }],
    ['is of no logout event', { events: {} }],
  ])('is refused when it %s', async (_, claims) => {
    await signIn()

    const response = await post(await portal.provider.logoutToken(claims))

    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: 'invalid_request' })
    expect(await isSignedIn()).toBe(true)
  })

  test.each(['sub', 'jti', 'events'])('is refused without a %s', async (claim) => {
    await signIn()

    const response = await post(await portal.provider.logoutToken({}, { without: claim }))

    expect(response.status).toBe(400)
    expect(await isSignedIn()).toBe(true)
  })

  test('is refused when the provider did not sign it', async () => {
    await signIn()
    const { privateKey } = await generateKeyPair('ES256')

    const response = await post(await portal.provider.logoutToken({}, { key: privateKey }))

    expect(response.status).toBe(400)
    expect(await isSignedIn()).toBe(true)
  })

  test('is refused when nobody signed it', async () => {
    await signIn()
    const claims = decodeJwt(await portal.provider.logoutToken())

    const response = await post(new UnsecuredJWT(claims).encode())

    expect(response.status).toBe(400)
    expect(await isSignedIn()).toBe(true)
  })

  test('that is no token at all is refused', async () => {
    const nothing = await browser.ask(`${portal.url}/backchannel-logout`, {})
    const nonsense = await post('nonsense')

    expect([nothing.status, nonsense.status]).toEqual([400, 400])
  })
})
