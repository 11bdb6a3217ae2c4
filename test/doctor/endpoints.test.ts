import { describe, expect, test } from 'vitest'
import {
  aProvider,
  asPortal,
  callback,
  discoveryWith,
  documentOf,
  findings,
  ills,
  look,
  network,
} from './provider.ts'

describe('the endpoints of a discovery document', () => {
  test('may be at another host, when it can be reached', async () => {
    const { origin: inner } = await aProvider()
    const { origin } = await aProvider(discoveryWith(() => ({ token_endpoint: `${inner}/token` })))

    const diagnosis = await look(origin, asPortal)

    expect(ills(diagnosis)).toEqual([])
    expect(findings(diagnosis, 'endpoints')[0]?.what).toContain(new URL(inner).host)
  })

  test('are named when a portal’s server cannot reach them', async () => {
    const { origin } = await aProvider(
      discoveryWith(() => ({ token_endpoint: 'http://provider:3006/token' })),
    )

    const diagnosis = await look(origin, { fetch: network({ [origin]: origin }) })

    expect(findings(diagnosis, 'endpoints')).toEqual([
      expect.objectContaining({
        verdict: 'wrong',
        what: 'token_endpoint http://provider:3006/token cannot be reached from here: the name is not known here (ENOTFOUND).',
      }),
    ])
  })

  test('are asked once for each host', async () => {
    const { origin: inner, heard } = await aProvider()
    const { origin } = await aProvider(
      discoveryWith(() => ({
        token_endpoint: `${inner}/token`,
        userinfo_endpoint: `${inner}/me`,
        revocation_endpoint: `${inner}/revoke`,
      })),
    )

    await look(origin)

    expect(heard).toHaveLength(1)
  })

  test('must be absolute', async () => {
    const { origin } = await aProvider(discoveryWith(() => ({ token_endpoint: '/token' })))

    expect(findings(await look(origin), 'endpoints')[0]?.what).toBe(
      'token_endpoint in the discovery document must be an absolute URL, got "/token".',
    )
  })

  test('are answered by a gateway with nothing behind it', async () => {
    const { origin: gateway } = await aProvider({ '/token': () => ({ status: 502 }) })
    const { origin } = await aProvider(
      discoveryWith(() => ({ token_endpoint: `${gateway}/token` })),
    )

    expect(findings(await look(origin), 'endpoints')[0]?.what).toContain('(502)')
  })
})

describe('a provider behind a proxy that ends TLS', () => {
  const https = 'https://mock.example.vn'

  test('gives out http addresses, because nobody told it', async () => {
    const { origin } = await aProvider(
      discoveryWith(() => ({
        ...documentOf(https),
        token_endpoint: 'http://mock.example.vn/token',
        scopes_supported: ['vneid'],
      })),
    )

    const diagnosis = await look(https, {
      fetch: network({ [https]: origin, 'http://mock.example.vn': origin }),
    })

    expect(findings(diagnosis, 'proxy-headers')[0]).toMatchObject({
      verdict: 'wrong',
      what: expect.stringContaining('but token_endpoint begins with http://'),
      fix: expect.stringContaining(
        '"X-Forwarded-Proto: https" and "X-Forwarded-Host: mock.example.vn", list its address in --trusted-proxies',
      ),
    })
  })

  test('redirects to a sign-in page on http', async () => {
    const { origin } = await aProvider({
      ...discoveryWith(() => documentOf(https)),
      '/auth': () => ({ status: 302, headers: { Location: 'http://mock.example.vn/sign-in/1' } }),
    })

    const diagnosis = await look(https, {
      ...asPortal,
      fetch: network({ [https]: origin, 'http://mock.example.vn': origin }),
    })

    expect(findings(diagnosis, 'proxy-headers')[0]?.what).toContain(
      'the redirect to the sign-in page begins with http://',
    )
  })

  test('gives out https addresses when it was told', async () => {
    const { origin } = await aProvider(discoveryWith(() => documentOf(https)))

    const diagnosis = await look(https, { ...asPortal, fetch: network({ [https]: origin }) })

    expect(findings(diagnosis, 'proxy-headers')[0]?.verdict).toBe('ok')
    expect(ills(diagnosis)).toEqual([])
  })
})

describe('a provider that is called by a name that is not its own', () => {
  const refusal = {
    status: 421,
    body: {
      error: 'misdirected_request',
      error_description:
        'this is http://localhost:3006, not http://provider:3006. Call it by that name.',
    },
  }

  test('says so for discovery, and the name and the modes are told', async () => {
    const { origin } = await aProvider({ '/.well-known/openid-configuration': () => refusal })

    const diagnosis = await look('http://provider:3006', {
      fetch: network({ 'http://provider:3006': origin }),
    })

    expect(ills(diagnosis)).toEqual(['host wrong'])
    expect(diagnosis.findings[0]).toMatchObject({
      what: 'provider:3006 says that this is not its name (421 misdirected_request): its issuer is "http://localhost:3006".',
      fix: expect.stringContaining(
        'start it with --issuer-mode split --internal-url http://provider:3006',
      ),
    })
  })

  test.each(['/auth', '/sign-in/1'])('says so at %s, on a page', async (path) => {
    const { origin } = await aProvider({
      [path]: ({ headers }) =>
        headers.accept?.includes('text/html')
          ? { status: 421, body: '<p>sai địa chỉ</p>' }
          : refusal,
    })

    const diagnosis = await look(origin, { ...asPortal, expectedRedirectUri: callback })

    expect(findings(diagnosis, 'host')[0]?.fix).toContain('Use http://localhost:3006')
  })

  test('says so in words of its own, and is called as it was told at its start', async () => {
    const { origin } = await aProvider({ '/auth': () => ({ status: 421, body: 'no' }) })

    const diagnosis = await look(origin, asPortal)

    expect(findings(diagnosis, 'host')[0]?.fix).toMatch(
      /^Call it by the issuer it printed at start/,
    )
  })
})
