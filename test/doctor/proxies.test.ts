import { describe, expect, test } from 'vitest'
import { readersOf } from '../../src/doctor/no-proxy.ts'
import { aProvider, discoveryWith, findings, look, network } from './provider.ts'

const every = ['curl', 'Go', 'Python requests', 'Node fetch', '.NET']

describe('NO_PROXY as it is read', () => {
  test.each<[noProxy: string, url: string, direct: string[]]>([
    ['', 'http://provider:3006', []],
    ['', 'http://localhost:3006', ['Go']],
    ['', 'http://127.0.0.1:3006', ['Go']],
    ['localhost', 'http://localhost:3006', every],
    ['LOCALHOST', 'http://localhost:3006', every],
    ['localhost,provider', 'http://provider:3006', every],
    ['localhost, provider', 'http://provider:3006', every],
    ['localhost provider', 'http://provider:3006', ['curl', 'Node fetch']],
    ['example.vn', 'http://example.vn', every],
    ['example.vn', 'http://mock.example.vn', ['curl', 'Go', 'Python requests', 'Node fetch']],
    ['.example.vn', 'http://mock.example.vn', every],
    ['.example.vn', 'http://example.vn', ['curl', 'Python requests', 'Node fetch', '.NET']],
    ['*.example.vn', 'http://mock.example.vn', ['Go', 'Node fetch']],
    ['ample.vn', 'http://example.vn', []],
    ['*', 'http://example.vn', ['curl', 'Go', 'Python requests', 'Node fetch']],
    ['provider:3006', 'http://provider:3006', ['Go', 'Python requests', 'Node fetch']],
    ['provider:80', 'http://provider:3006', []],
    ['10.0.0.0/8', 'http://10.1.2.3:3006', ['curl', 'Go', 'Python requests']],
    ['10.0.0.0/8', 'http://11.1.2.3:3006', []],
    ['10.1.2.3', 'http://10.1.2.3:3006', every],
    ['0.0.0.0/99', 'http://10.1.2.3', []],
    ['127.0.0.1', 'http://localhost:3006', ['Go']],
    ['::1', 'http://[::1]:3006', every],
  ])('%j covers %s for %j', (noProxy, url, direct) => {
    expect(readersOf(noProxy, new URL(url)).direct).toEqual(direct)
  })
})

describe('a proxy of the environment', () => {
  const environment = { HTTP_PROXY: 'http://user:hidden@proxy.tinh.vn:3128' }
  const found = async (variables: Record<string, string>) => {
    const { origin } = await aProvider()
    return findings(await look(origin, { environment: variables }), 'proxy')[0]
  }

  test('stands between a portal and the provider, and what to set is said', async () => {
    const finding = await found({ ...environment, NO_PROXY: 'localhost' })

    expect(finding).toMatchObject({
      verdict: 'warning',
      what: '127.0.0.1 would be called through the proxy "proxy.tinh.vn:3128": NO_PROXY is "localhost".',
      fix: expect.stringContaining('Set NO_PROXY=localhost,127.0.0.1 and no_proxy the same'),
    })
  })

  test('does not give its password away', async () => {
    expect(JSON.stringify(await found(environment))).not.toContain('hidden')
  })

  test('is avoided by some clients only, which are named', async () => {
    expect((await found({ ...environment, NO_PROXY: '127.0.0.0/8' }))?.why).toMatch(
      /^curl, Go and Python requests would call directly, but Node fetch and \.NET would not/,
    )
  })

  test.each([
    ['is for https alone', { HTTPS_PROXY: 'http://proxy:3128' }],
    ['is avoided by all', { ...environment, NO_PROXY: '127.0.0.1' }],
    ['is empty', { HTTP_PROXY: '' }],
    [
      'is avoided by the variable in lower case, which comes first',
      { ...environment, NO_PROXY: 'x', no_proxy: '127.0.0.1' },
    ],
  ])('%s', async (_, variables) => {
    expect((await found(variables))?.verdict).toBe('ok')
  })

  test('stands before an inner address of the discovery document too', async () => {
    const inner = 'http://provider:3006'
    const { origin } = await aProvider({
      '/.well-known/openid-configuration': ({ origin }) => ({
        body: {
          issuer: origin,
          authorization_endpoint: `${origin}/auth`,
          token_endpoint: `${inner}/token`,
          jwks_uri: `${inner}/jwks`,
        },
      }),
    })

    const diagnosis = await look(origin, {
      environment: { ...environment, NO_PROXY: '127.0.0.1' },
      fetch: network({ [origin]: origin, [inner]: origin }),
    })

    expect(findings(diagnosis, 'proxy')[0]?.fix).toContain('NO_PROXY=127.0.0.1,provider')
  })

  test('stands before two ports of one host, which is named once', async () => {
    const { origin } = await aProvider(
      discoveryWith(() => ({ jwks_uri: 'http://127.0.0.1:1/jwks' })),
    )

    const finding = findings(await look(origin, { environment }), 'proxy')[0]

    expect(finding?.what).toMatch(/^127\.0\.0\.1 would be called/)
    expect(finding?.fix).toContain('-Dhttp.nonProxyHosts="127.0.0.1"')
  })

  test('is a suspect when nobody answers', async () => {
    const diagnosis = await look('http://provider:3006', { environment, fetch: network({}) })

    expect(diagnosis.findings.map(({ id }) => id)).toEqual(['connection', 'proxy'])
  })
})
