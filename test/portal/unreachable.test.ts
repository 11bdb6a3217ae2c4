import { afterEach, beforeEach, describe, expect, test } from 'vitest'
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
