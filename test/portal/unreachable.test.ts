import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aProvider, failure } from '../doctor/provider.ts'
import { selfSigned } from '../doctor/self-signed.ts'
import { Browser, hiddenField } from './support/browser.ts'
import { startPortal, type TestPortal } from './support/portal.ts'

let portal: TestPortal
let browser: Browser

beforeEach(async () => {
  portal = await startPortal()
  browser = new Browser()
})
afterEach(() => portal.close())

describe('a portal that cannot reach its provider', () => {
  test('still shows its services', async () => {
    portal.cutOff(true)

    const seen = await browser.visit(`${portal.url}/services/passport`)

    expect(seen.status).toBe(200)
  })

  test('says so in words, and reports why', async () => {
    portal.cutOff(true)

    const seen = await browser.visit(`${portal.url}/login`)

    expect(seen.status).toBe(503)
    expect(seen.html).toContain('Chưa kết nối được với VNeID')
    expect(portal.events).toEqual([
      {
        event: 'server-error',
        where: 'portal /login',
        error: expect.objectContaining({
          code: 'ERR_PROVIDER_UNREACHABLE',
          message: `provider must answer at ${portal.provider.issuer}/, got nothing usable. Start it, or correct the portal's issuer.`,
        }),
      },
    ])
  })

  test('names what is wrong with the certificate of its provider', async () => {
    const { origin } = await aProvider({}, selfSigned('localhost'))
    portal.cutOff(true, await fetch(origin).catch((error: unknown) => error))

    await browser.visit(`${portal.url}/login`)

    expect(portal.events).toMatchObject([
      {
        error: {
          code: 'ERR_PROVIDER_UNREACHABLE',
          message: `provider must answer at ${portal.provider.issuer}/ with a certificate that holds, got one that nobody here trusts (DEPTH_ZERO_SELF_SIGNED_CERT). Name the file of its certificate authority in NODE_EXTRA_CA_CERTS before the portal starts.`,
        },
      },
    ])
  })

  test.each([
    ['CERT_HAS_EXPIRED', /got one that is out of date \(CERT_HAS_EXPIRED\)\. Renew it\.$/],
    ['CERT_NOT_YET_VALID', /got one that is not valid yet .* Compare the clocks/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /got one that is for other names .*--tls-names/],
  ])('names what is wrong with it: %s', async (code, message) => {
    portal.cutOff(true, failure(code))

    await browser.visit(`${portal.url}/login`)

    expect(portal.events).toMatchObject([{ error: { message: expect.stringMatching(message) } }])
  })

  test('signs people in as soon as the provider is back', async () => {
    portal.cutOff(true)
    await browser.visit(`${portal.url}/login`)
    portal.cutOff(false)

    const { url } = await browser.visit(`${portal.url}/login?return_to=/profile`)

    expect(url).toBe(`${portal.url}/profile`)
  })

  test('says so when the provider goes away in the middle of a sign-in', async () => {
    const answer = await browser.redirect(await browser.redirect(`${portal.url}/login`))
    portal.cutOff(true)

    const seen = await browser.visit(answer)

    expect(seen.status).toBe(503)
    expect(seen.html).toContain('Chưa kết nối được với VNeID')
  })

  test('lets the provider try again to end a session it could not prove it may end', async () => {
    const logout_token = await portal.provider.logoutToken()
    portal.cutOff(true)

    const response = await browser.ask(`${portal.url}/backchannel-logout`, { logout_token })

    expect(response.status).toBe(503)
  })

  test('still sends the browser there to sign out, which may get through', async () => {
    const { html } = await browser.visit(`${portal.url}/login?return_to=/profile`)
    portal.cutOff(true)

    const request = await browser.redirect(`${portal.url}/logout`, {
      csrf: hiddenField(html, 'csrf'),
    })

    expect(request.origin).toBe(portal.provider.issuer)
    expect((await browser.ask(`${portal.url}/profile`)).status).toBe(303)
  })
})
