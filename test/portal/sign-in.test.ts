import { decodeJwt } from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Browser } from './support/browser.ts'
import { startPortal, type TestPortal } from './support/portal.ts'
import { level1, level2 } from './support/provider.ts'

let portal: TestPortal
let browser: Browser

beforeEach(async () => {
  portal = await startPortal()
  browser = new Browser()
})
afterEach(() => portal.close())

describe('the request that starts a sign-in', () => {
  test('asks with PKCE, state, nonce, every scope and the level the portal is content with', async () => {
    const request = await browser.redirect(`${portal.url}/login?lang=en`)

    expect(Object.fromEntries(request.searchParams)).toEqual({
      client_id: 'demo-portal',
      response_type: 'code',
      redirect_uri: `${portal.url}/callback`,
      scope:
        'openid profile phone email address vneid vneid:identity vneid:family vneid:organization',
      state: expect.stringMatching(/^[\w-]{22}$/),
      nonce: expect.stringMatching(/^[\w-]{22}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
      ui_locales: 'en',
      acr_values: level1,
    })
  })

  test('leaves nothing in the browser but a random id that scripts cannot read', async () => {
    const response = await browser.ask(`${portal.url}/login`)

    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^mock_portal=[\w-]{22}; path=\/; samesite=lax; httponly$/),
    ])
  })

  test('wants the credentials again when the person asks for another account', async () => {
    const request = await browser.redirect(`${portal.url}/login?account=other`)

    expect(request.searchParams.get('prompt')).toBe('login')
  })
})

describe('a person who signed in', () => {
  test('sees who they are, at which level and how', async () => {
    const { html, url } = await browser.visit(`${portal.url}/login?return_to=/profile`)

    expect(url).toBe(`${portal.url}/profile`)
    expect(html).toContain('Trần Thị An')
    expect(html).toContain('000190000001')
    expect(html).toContain(level1)
    expect(html).toContain('Mã xác nhận dùng một lần')
    expect(html).toContain('&quot;nonce&quot;')
  })

  test('gets a new session id, so that a planted one is worth nothing', async () => {
    await browser.ask(`${portal.url}/login`)
    const planted = browser.cookies.get('mock_portal') ?? ''
    await browser.visit(`${portal.url}/login`)
    const thief = new Browser()
    thief.cookies.set('mock_portal', planted)

    const seen = await thief.redirect(`${portal.url}/profile`)

    expect(seen.pathname).toBe('/login')
    expect(browser.cookies.get('mock_portal')).not.toBe(planted)
  })

  test('is forgotten after half an hour of silence', async () => {
    await browser.visit(`${portal.url}/login`)
    portal.advance(30 * 60 * 1000)

    const seen = await browser.redirect(`${portal.url}/profile`)

    expect(seen.pathname).toBe('/login')
  })

  test('can finish a sign-in begun in another tab', async () => {
    const otherTab = await browser.redirect(`${portal.url}/login?return_to=/services/passport`)
    await browser.visit(`${portal.url}/login`)

    const { url } = await browser.visit(otherTab)

    expect(url).toBe(`${portal.url}/services/passport`)
  })
})

describe('an address to return to', () => {
  test.each([
    'https://thief.example/',
    '//thief.example/',
    '/\\thief.example/',
    '/.//thief.example/',
    '/\t/thief.example/',
  ])('is refused when it leads away: %j', async (returnTo) => {
    const query = new URLSearchParams({ return_to: returnTo })

    const { url } = await browser.visit(`${portal.url}/login?${query.toString()}`)

    expect(url).toBe(`${portal.url}/`)
  })

  test('does not lead back into the sign-in', async () => {
    const { url } = await browser.visit(`${portal.url}/login?return_to=/login?return_to=/profile`)

    expect(url).toBe(`${portal.url}/`)
  })
})

describe('an answer to no sign-in of this browser', () => {
  test('is refused when its state is unknown', async () => {
    await browser.ask(`${portal.url}/login`)

    const seen = await browser.visit(`${portal.url}/callback?code=stolen&state=guessed`)

    expect(seen.status).toBe(400)
    expect(seen.html).toContain('Không tìm thấy lần đăng nhập này')
  })

  test('is refused when it is played a second time', async () => {
    const request = await browser.redirect(`${portal.url}/login`)
    const answer = await browser.redirect(request)
    await browser.visit(answer)

    const seen = await browser.visit(answer)

    expect(seen.status).toBe(400)
    expect(seen.html).toContain('Bạn vẫn đang đăng nhập')
  })

  test('is refused in a browser that did not ask', async () => {
    const request = await browser.redirect(`${portal.url}/login`)
    const answer = await browser.redirect(request)

    const seen = await new Browser().visit(answer)

    expect(seen.status).toBe(400)
  })
})

describe('an answer that cannot be proved', () => {
  test('is refused when another issuer claims it', async () => {
    const request = await browser.redirect(`${portal.url}/login`)
    const answer = await browser.redirect(request)
    answer.searchParams.set('iss', 'https://thief.example')

    const seen = await browser.visit(answer)

    expect(seen.status).toBe(400)
    expect(seen.html).toContain('OAUTH_INVALID_RESPONSE')
    expect((await browser.redirect(`${portal.url}/profile`)).pathname).toBe('/login')
  })

  test('is refused when its code is not the one that was given out', async () => {
    const request = await browser.redirect(`${portal.url}/login`)
    const answer = await browser.redirect(request)
    answer.searchParams.set('code', 'guessed')

    const seen = await browser.visit(answer)

    expect(seen.status).toBe(400)
    expect(seen.html).toContain('Không xác minh được phản hồi')
    expect(portal.events).toContainEqual(
      expect.objectContaining({ event: 'server-error', where: 'portal /callback' }),
    )
  })
})

describe('tokens and claims that were tampered with on the way', () => {
  const forge = (token: unknown) => {
    const [header, , signature] = String(token).split('.')
    const claims = { ...decodeJwt(String(token)), acr: level2 }
    return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.')
  }

  test.each<[string, string, (body: Record<string, unknown>) => object]>([
    [
      'the ID token is not what the provider signed',
      '/token',
      (body) => ({ ...body, id_token: forge(body['id_token']) }),
    ],
    ['there is no ID token', '/token', (body) => ({ ...body, id_token: undefined })],
    ['userinfo speaks of another person', '/me', (body) => ({ ...body, sub: 'sub-of-bo' })],
  ])('sign nobody in: %s', async (_, path, change) => {
    portal.tamper(path, change)

    const seen = await browser.visit(`${portal.url}/login`)

    expect(seen.status).toBe(400)
    expect(seen.html).toContain('Không xác minh được phản hồi')
    expect((await browser.redirect(`${portal.url}/profile`)).pathname).toBe('/login')
  })
})

describe('a provider that says no', () => {
  test.each([
    ['access_denied', 'cancelled', 403, 'Bạn đã hủy đăng nhập.'],
    ['access_denied', 'consent_refused by the person', 403, 'Bạn đã từ chối chia sẻ thông tin.'],
    ['access_denied', 'card_expired', 403, 'Thẻ căn cước hoặc thẻ cư trú đã hết hạn'],
    ['access_denied', 'never heard of', 403, 'đã từ chối lần đăng nhập này'],
    ['temporarily_unavailable', 'maintenance', 503, 'Hệ thống đang bảo trì.'],
    ['login_required', 'no session', 401, 'không còn phiên đăng nhập'],
    ['unmet_authentication_requirements', 'level_too_low', 403, 'không đủ cho cổng này'],
    ['server_error', 'oops', 400, 'Đăng nhập không thành công'],
  ])('%s (%s) becomes a page in words', async (error, description, status, words) => {
    portal.provider.answer.refusal = { error, description }

    const seen = await browser.visit(`${portal.url}/login?return_to=/services/passport`)

    expect(seen.status).toBe(status)
    expect(seen.html).toContain(words)
    expect(seen.html).toContain('href="/login?return_to=%2Fservices%2Fpassport"')
  })
})
