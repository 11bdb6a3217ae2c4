import { describe, expect, test } from 'vitest'
import {
  aProvider,
  discoveryWith,
  documentOf,
  findings,
  ills,
  look,
  network,
  type LocalProvider,
} from './provider.ts'

const ours = { scopes_supported: ['openid', 'vneid'] }

/** Ours, which says that its issuer is `told`, called by the name `asked`. */
async function called(asked: string, told: string, more: Record<string, unknown> = {}) {
  const provider: LocalProvider = await aProvider(
    discoveryWith(() => ({ ...documentOf(told), ...ours, ...more })),
  )
  const routes = {
    [new URL(asked).origin]: provider.origin,
    [new URL(told).origin]: provider.origin,
  }
  return look(asked, { fetch: network(routes) })
}

const mismatch = async (asked: string, told: string) =>
  findings(await called(asked, told), 'issuer')[0]

describe('an issuer that calls itself otherwise than it was called', () => {
  test('is wrong by one slash at the end', async () => {
    const finding = await mismatch('http://localhost:3006/', 'http://localhost:3006')

    expect(finding).toMatchObject({
      verdict: 'wrong',
      what: 'asked for http://localhost:3006/, but the discovery document says issuer "http://localhost:3006". They differ in the slash at the end.',
      fix: 'Write http://localhost:3006 in the portal’s settings, letter for letter.',
    })
  })

  test('is wrong by how it is written', async () => {
    expect((await mismatch('http://LOCALHOST:3006', 'http://localhost:3006'))?.what).toContain(
      'They differ in how they are written (capitals',
    )
  })

  test('is behind a proxy that ends TLS', async () => {
    const finding = await mismatch('https://mock.example.vn', 'http://mock.example.vn')

    expect(finding?.what).toMatch(/differ in the scheme \(https:\/\/ and http:\/\/\)\.$/)
    expect(finding?.why).toContain('A proxy ends TLS and the provider does not know it.')
    expect(finding?.fix).toContain('X-Forwarded-Proto: https, from an address in --trusted-proxies')
  })

  test('was called by http although it is https', async () => {
    expect((await mismatch('http://mock.example.vn', 'https://mock.example.vn'))?.fix).toBe(
      'Write https://mock.example.vn in the portal’s settings, letter for letter.',
    )
  })

  test('has another port inside its container', async () => {
    const finding = await mismatch('http://localhost:8080', 'http://localhost:3006')

    expect(finding?.what).toContain('the port (8080 and 3006)')
    expect(finding?.fix).toContain('start it with --issuer http://localhost:8080')
  })

  test('has one name for containers and one for browsers: mode split, and the settings for it', async () => {
    const finding = await mismatch('http://provider:3006', 'http://localhost:3006')

    expect(finding?.fix).toContain(
      'Start it with --issuer-mode split --issuer http://localhost:3006 --internal-url http://provider:3006',
    )
    expect(finding?.fix).toContain('"follow" does not help')
  })

  test('names the container’s name to browsers', async () => {
    const finding = await mismatch('http://localhost:3006', 'http://provider:3006')

    expect(finding?.fix).toBe(
      'Browsers cannot open http://provider:3006. Start it with --issuer-mode split --issuer http://localhost:3006 --internal-url http://provider:3006.',
    )
  })

  test('is at another host altogether', async () => {
    const finding = await mismatch('http://mock.example.vn', 'http://sso.example.vn')

    expect(finding?.fix).toContain('if they use both, with --issuer-mode follow')
  })

  test('has a path that was left out', async () => {
    expect(
      (await mismatch('http://mock.example.vn', 'http://mock.example.vn/w/test'))?.what,
    ).toContain('the path (/ and /w/test)')
  })

  test('is no URL', async () => {
    const { origin } = await aProvider(discoveryWith(() => ({ issuer: 'mock' })))

    expect(findings(await look(origin), 'issuer')[0]?.what).toContain('"mock", which is no URL')
  })

  test('is of another make: its own words for it', async () => {
    const { origin } = await aProvider(discoveryWith(() => ({ issuer: 'http://sso.example.vn' })))

    expect(findings(await look(origin), 'issuer')[0]?.fix).toContain(
      `Or set the provider’s public URL (hostname, base URL, frontend URL) to ${origin}`,
    )
  })
})

describe('the inner address of a provider in mode split', () => {
  const told = 'http://localhost:3006'
  const asked = 'http://provider:3006'
  const split = { token_endpoint: `${asked}/token`, jwks_uri: `${asked}/jwks` }

  test('is as it should be, with both addresses for the portal', async () => {
    const diagnosis = await called(asked, told, split)

    expect(findings(diagnosis, 'issuer')[0]).toMatchObject({
      verdict: 'warning',
      fix: expect.stringContaining(`issuer ${told}, discovery from ${asked}`),
    })
    expect(findings(diagnosis, 'endpoints')[0]?.verdict).toBe('ok')
  })

  test('is as it should be where the browser’s address cannot be reached, which is said', async () => {
    const { origin } = await aProvider(
      discoveryWith(() => ({ ...documentOf(told), ...ours, ...split })),
    )

    const diagnosis = await look(asked, { fetch: network({ [asked]: origin }) })

    expect(ills(diagnosis)).toEqual(['issuer warning', 'endpoints unknown', 'client unknown'])
    expect(findings(diagnosis, 'endpoints')[0]?.why).toContain(
      'Inside a container that is as it should be in issuer mode "split"',
    )
  })
})
