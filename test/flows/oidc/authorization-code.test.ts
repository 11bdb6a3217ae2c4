import * as oidc from 'openid-client'
import { describe, expect, test } from 'vitest'
import { aClient, configFolder } from '../../support/config-folder.ts'
import { FrozenClock } from '../../support/frozen-clock.ts'
import { startMock } from '../../support/mock.ts'
import { refused } from '../../support/refused.ts'
import { relyingParty } from '../../support/relying-party.ts'

const spa = {
  clientId: 'test-spa',
  auth: oidc.None(),
  redirectUri: 'http://localhost:8080/',
}

async function open(url: URL, headers: Record<string, string> = { accept: 'text/html' }) {
  const response = await fetch(url, { redirect: 'manual', headers })
  return { status: response.status, headers: response.headers, html: await response.text() }
}

const decodeHtml = (html: string) => html.replaceAll('&quot;', '"')

describe('an authorization code', () => {
  test('is worth nothing a second time, and takes its tokens with it', async () => {
    const portal = await relyingParty(await startMock())
    const callback = await portal.signIn('adult-level-2', {
      scope: 'openid offline_access',
      prompt: 'consent',
    })
    const tokens = await portal.redeem(callback)

    await expect(portal.redeem(callback)).rejects.toEqual(refused('invalid_grant'))
    await expect(portal.userinfo(tokens.access_token, tokens.claims()!.sub)).rejects.toMatchObject({
      status: 401,
    })
    await expect(oidc.refreshTokenGrant(portal.config, tokens.refresh_token!)).rejects.toEqual(
      refused('invalid_grant'),
    )
  })

  test('is good for a minute of the world’s time', async () => {
    const clock = new FrozenClock()
    const portal = await relyingParty(await startMock({ clock }))
    const early = await portal.signIn('adult-level-2')
    clock.advance(59)
    await portal.redeem(early)
    const late = await portal.signIn('adult-level-2')
    clock.advance(61)

    await expect(portal.redeem(late)).rejects.toEqual(refused('invalid_grant'))
  })

  test('is bound to its redirect URI', async () => {
    const portal = await relyingParty(await startMock())
    const { url, ...secrets } = await portal.signIn('adult-level-2')
    const elsewhere = new URL(url.search, 'http://127.0.0.1:8080/cb')

    await expect(portal.redeem({ url: elsewhere, ...secrets })).rejects.toEqual(
      refused('invalid_grant'),
    )
  })

  test('is bound to its client', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const other = await relyingParty(mock, { clientId: 'dev' })
    const callback = await portal.signIn('adult-level-2')

    await expect(other.redeem(callback)).rejects.toEqual(refused('invalid_grant'))
  })

  test('is bound to the verifier of its request', async () => {
    const portal = await relyingParty(await startMock())
    const callback = await portal.signIn('adult-level-2')

    await expect(
      portal.redeem({ ...callback, verifier: oidc.randomPKCECodeVerifier() }),
    ).rejects.toEqual(refused('invalid_grant'))
  })

  test('is not given for the method plain', async () => {
    const portal = await relyingParty(await startMock())

    const { url } = await portal.signIn('adult-level-2', { code_challenge_method: 'plain' })

    expect(url.searchParams.get('error')).toBe('invalid_request')
  })
})

describe('a client with a secret', () => {
  test('may leave PKCE out', async () => {
    const portal = await relyingParty(await startMock())
    const { url, state, nonce } = await portal.begin({ login_hint: 'auto:adult-level-2' })
    url.searchParams.delete('code_challenge')
    url.searchParams.delete('code_challenge_method')
    const { headers } = await open(url)
    const tokens = await oidc.authorizationCodeGrant(
      portal.config,
      new URL(headers.get('location')!),
      { expectedState: state, expectedNonce: nonce },
    )

    expect(tokens.claims()!.sub).toEqual(expect.any(String))
  })

  test('is told to use PKCE where its registration demands it', async () => {
    const config = configFolder({ clients: [aClient({ require_pkce: true })] })
    const portal = await relyingParty(await startMock({ config }), { clientId: 'other-rp' })
    const { url } = await portal.begin({ login_hint: 'auto:adult-level-2' })
    url.searchParams.delete('code_challenge')
    url.searchParams.delete('code_challenge_method')
    const location = new URL((await open(url)).headers.get('location')!)

    expect(location.searchParams.get('error')).toBe('invalid_request')
    expect(location.searchParams.get('error_description')).toMatch(/PKCE/)
  })

  test('redeems nothing with a wrong secret', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const impostor = await relyingParty(mock, { auth: oidc.ClientSecretBasic('guessed') })
    const callback = await portal.signIn('adult-level-2')

    await expect(impostor.redeem(callback)).rejects.toEqual(refused('invalid_client'))
    await expect(portal.redeem(callback)).resolves.toHaveProperty('access_token')
  })

  test('may send its secret in the header or in the body', async () => {
    const mock = await startMock()
    const posting = await relyingParty(mock, { auth: oidc.ClientSecretPost('test-rp-secret') })
    const config = configFolder({
      clients: [aClient({ token_endpoint_auth_method: 'client_secret_post' })],
    })
    const other = await startMock({ config })
    const auth = oidc.ClientSecretPost('other-rp-secret')
    const registered = await relyingParty(other, { clientId: 'other-rp', auth })

    await expect(posting.tokensFor('adult-level-2')).resolves.toHaveProperty('claims')
    await expect(registered.tokensFor('adult-level-2')).resolves.toHaveProperty('claims')
  })
})

describe('a public client', () => {
  test('signs in with PKCE and no secret', async () => {
    const portal = await relyingParty(await startMock(), spa)

    const { claims } = await portal.tokensFor('adult-level-2')

    expect(claims.aud).toBe('test-spa')
  })

  test('gets no code without PKCE', async () => {
    const portal = await relyingParty(await startMock(), spa)
    const { url } = await portal.begin({ login_hint: 'auto:adult-level-2' })
    url.searchParams.delete('code_challenge')
    url.searchParams.delete('code_challenge_method')
    const location = new URL((await open(url)).headers.get('location')!)

    expect(location.searchParams.get('error')).toBe('invalid_request')
    expect(location.searchParams.get('error_description')).toMatch(/PKCE/)
    expect(location.searchParams.get('code')).toBeNull()
  })
})

describe('a redirect URI', () => {
  test.each([
    'http://localhost:8080/cb/',
    'http://localhost:8081/cb',
    'http://localhost:8080/cb?next=1',
    'https://localhost:8080/cb',
    'http://example.vn/cb',
  ])('that is not registered gets a page with the lines to paste: %s', async (redirectUri) => {
    const portal = await relyingParty(await startMock())
    const { url } = await portal.begin({
      redirect_uri: redirectUri,
      login_hint: 'auto:adult-level-2',
    })

    const page = await open(url)

    expect(page.status).toBe(400)
    expect(page.headers.get('location')).toBeNull()
    expect(page.html).toContain(
      [
        '<code>    redirect_uris:',
        '      - http://localhost:8080/cb',
        '      - http://127.0.0.1:8080/cb',
        `      - ${redirectUri}</code>`,
      ].join('\n'),
    )
    expect(page.html).toMatch(/client_id: test-rp trong tệp .*clients\.yaml/)
    expect(page.html).not.toContain('- client_id')
  })

  test('that would break out of its line is shown in quotes', async () => {
    const portal = await relyingParty(await startMock())
    const { url } = await portal.begin({ redirect_uri: 'http://localhost/\n  - client_id: x' })

    const page = await open(url)

    expect(page.status).toBe(400)
    expect(decodeHtml(page.html)).toContain(
      '      - "http://localhost/\\n  - client_id: x"</code></pre>',
    )
  })

  test.each([
    'http://localhost:4999/signin-oidc',
    'http://127.0.0.1:1/cb',
    'http://[::1]:8443/a/b',
  ])('on this machine is good enough for the client dev: %s', async (redirectUri) => {
    const portal = await relyingParty(await startMock(), { clientId: 'dev', redirectUri })

    const callback = await portal.signIn('adult-level-2')
    const tokens = await portal.redeem(callback)

    expect(callback.url.href.startsWith(redirectUri)).toBe(true)
    expect(tokens.claims()!.aud).toBe('dev')
  })

  test.each([
    'http://example.vn/cb',
    'http://localhost.example.vn/cb',
    'http://127.0.0.1.nip.io/cb',
  ])('elsewhere is too much even for dev: %s', async (redirectUri) => {
    const portal = await relyingParty(await startMock(), { clientId: 'dev', redirectUri })
    const { url } = await portal.begin({ login_hint: 'auto:adult-level-2' })

    const page = await open(url)

    expect(page.status).toBe(400)
    expect(page.html).toContain(`      - ${redirectUri}`)
  })
})

describe('a request without a redirect URI', () => {
  test.each(['dev', 'test-spa'])('is refused by what is missing, whoever asks: %s', async (id) => {
    const mock = await startMock()
    const portal = await relyingParty(mock, { ...spa, clientId: id })
    const { url } = await portal.begin({ login_hint: 'auto:adult-level-2' })
    url.searchParams.delete('redirect_uri')

    const page = await open(url)

    const [entry] = await mock.journal.list({ endpoint: 'authorization' })
    expect(page.status).toBe(400)
    expect(page.headers.get('location')).toBeNull()
    expect(page.html).toMatch(/missing required parameter.*redirect_uri/)
    expect(entry).toMatchObject({
      decided: 'invalid_request',
      why: {
        rule: expect.stringMatching(/must be sent.*missing required parameter.*redirect_uri/),
        source: 'OpenID Connect Core §3.1.2.1',
      },
    })
  })

  test('redeems no code either', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock, spa)
    const { url, verifier } = await portal.signIn('adult-level-2')

    const reply = await fetch(`${mock.issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: 'test-spa',
        code: url.searchParams.get('code')!,
        code_verifier: verifier,
      }),
    })

    expect(reply.status).toBe(400)
    expect(await reply.json()).toMatchObject({
      error: 'invalid_request',
      error_description: expect.stringContaining('redirect_uri'),
    })
  })
})

describe('a client nobody knows', () => {
  test('gets a page that names the one most likely meant', async () => {
    const portal = await relyingParty(await startMock())
    const { url } = await portal.begin({ client_id: 'test-pr' })

    const page = await open(url)

    expect(page.status).toBe(400)
    expect(page.html).toContain('invalid_client')
    expect(decodeHtml(page.html)).toContain(
      'Không có cổng dịch vụ nào đăng ký với client_id "test-pr". Có phải ý bạn là "test-rp"?',
    )
  })

  test('gets a page without a suggestion when nobody has a name like it', async () => {
    const portal = await relyingParty(await startMock())
    const { url } = await portal.begin({ client_id: 'qwertyuiop', ui_locales: 'en' })

    const page = await open(url)

    expect(decodeHtml(page.html)).toContain('No registered portal has the client_id "qwertyuiop".')
    expect(page.html).not.toContain('Did you mean')
  })

  test('is refused at the token endpoint', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const stranger = await relyingParty(mock, { clientId: 'stranger' })

    await expect(stranger.redeem(await portal.signIn('adult-level-2'))).rejects.toEqual(
      refused('invalid_client'),
    )
  })
})
