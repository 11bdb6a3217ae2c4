import { describe, expect, test } from 'vitest'
import { FrozenClock } from '../support/frozen-clock.ts'
import { aProvider, discoveryWith, findings, look, network, type Reply } from './provider.ts'

const rsa = { kty: 'RSA', kid: 'r', use: 'sig', alg: 'RS256', n: 'sXch', e: 'AQAB' }
const ec = { kty: 'EC', crv: 'P-256', kid: 'e', x: 'x', y: 'y' }

describe('the keys of a provider', () => {
  const found = async (reply: Reply, algorithms: string[] = ['RS256']) => {
    const { origin } = await aProvider({
      ...discoveryWith(() => ({ id_token_signing_alg_values_supported: algorithms })),
      '/jwks': () => reply,
    })
    return findings(await look(origin), 'keys')[0]
  }

  test.each([
    ['RS256', rsa],
    ['PS256', { ...rsa, alg: undefined }],
    ['ES256', ec],
    ['EdDSA', { kty: 'OKP', crv: 'Ed25519', x: 'x' }],
  ])('are enough for %s', async (algorithm, key) => {
    const finding = await found({ body: { keys: [key] } }, [algorithm, 'HS256', 'none'])

    expect(finding?.what).toMatch(
      new RegExp(`^one public key at .+, with one for ${algorithm}\\.$`),
    )
  })

  test.each([
    ['of another kind', ec],
    ['for encryption', { ...rsa, use: 'enc' }],
    ['for another algorithm', { ...rsa, alg: 'RS512' }],
  ])('are no use when they are %s', async (_, key) => {
    const finding = await found({ body: { keys: [key] } })

    expect(finding?.verdict).toBe('wrong')
    expect(finding?.what).toMatch(/^discovery announces "RS256" .+ has no key for it\.$/)
  })

  test('lack one of two announced algorithms', async () => {
    const finding = await found({ body: { keys: [rsa] } }, ['RS256', 'ES256'])

    expect(finding).toMatchObject({ verdict: 'warning', what: expect.stringContaining('"ES256"') })
  })

  test('are others when they are asked for again', async () => {
    let asked = 0
    const { origin } = await aProvider({
      '/jwks': () => ({ body: { keys: [{ ...rsa, kid: `of-replica-${asked++ % 2}` }] } }),
    })

    expect(findings(await look(origin), 'keys')[0]).toMatchObject({
      verdict: 'wrong',
      what: expect.stringContaining('were others when they were asked for again'),
      fix: expect.stringContaining('Give all replicas one --store'),
    })
  })

  test('are the same in another order', async () => {
    let asked = 0
    const { origin } = await aProvider({
      '/jwks': () => ({ body: { keys: asked++ % 2 === 0 ? [rsa, ec] : [ec, rsa] } }),
    })

    expect(findings(await look(origin), 'keys')[0]?.verdict).toBe('ok')
  })

  test('are none', async () => {
    expect(await found({ body: { keys: [] } })).toMatchObject({
      verdict: 'wrong',
      what: expect.stringContaining('is empty'),
    })
  })

  test('are private ones, for all to see', async () => {
    const finding = await found({ body: { keys: [{ ...rsa, d: 'very-private' }] } })

    expect(finding?.what).toMatch(/publishes a private key\.$/)
    expect(JSON.stringify(finding)).not.toContain('very-private')
  })

  test.each([
    [{ status: 404 }, 'it answers 404'],
    [{ body: '<html>' }, 'it is no JSON Web Key Set'],
    [{ body: { keys: 'none' } }, 'it is no JSON Web Key Set'],
  ])('cannot be read: %j', async (reply, reason) => {
    expect((await found(reply))?.what).toContain(reason)
  })

  test('are at a host that cannot be reached', async () => {
    const { origin } = await aProvider(
      discoveryWith(() => ({ jwks_uri: 'http://provider:3006/jwks' })),
    )

    const diagnosis = await look(origin, { fetch: network({ [origin]: origin }) })

    expect(findings(diagnosis, 'keys')[0]?.what).toContain('the name is not known here (ENOTFOUND)')
  })
})

describe('the clock of a provider', () => {
  const now = Date.parse('2026-01-01T12:00:00.500Z')
  const found = async (aheadSeconds: number, more: Record<string, string> = {}) => {
    const date = new Date(now + aheadSeconds * 1000).toUTCString()
    const reply = ({ origin }: { origin: string }) => ({
      body: {
        issuer: origin,
        authorization_endpoint: `${origin}/auth`,
        token_endpoint: `${origin}/token`,
        jwks_uri: `${origin}/jwks`,
      },
      headers: { Date: date, ...more },
    })
    const { origin } = await aProvider({ '/.well-known/openid-configuration': reply })
    return findings(await look(origin, { clock: new FrozenClock(now) }), 'clock')[0]
  }

  test.each([0, 5, -5])('agrees when it is %i seconds off', async (seconds) => {
    expect((await found(seconds))?.verdict).toBe('ok')
  })

  test.each([6, -6, 59])('is worth a warning when it is %i seconds off', async (seconds) => {
    expect((await found(seconds))?.verdict).toBe('warning')
  })

  test('breaks "iat" and "nbf" when it is ahead', async () => {
    expect(await found(60)).toMatchObject({
      verdict: 'wrong',
      what: expect.stringMatching(/is 60 seconds ahead of the one here\.$/),
      why: expect.stringContaining('refuse "iat" and "nbf"'),
    })
  })

  test('breaks "exp" when it is behind', async () => {
    expect(await found(-3 * 3600)).toMatchObject({
      verdict: 'wrong',
      what: expect.stringMatching(/is 3 hours behind the one here\.$/),
      why: expect.stringContaining('refuse "exp" early'),
    })
  })

  test('is not blamed for an answer that a cache has kept', async () => {
    expect((await found(-120, { Age: '120' }))?.verdict).toBe('ok')
  })

  test('is not known without a Date', async () => {
    expect((await found(0, { Date: '' }))?.verdict).toBe('unknown')
  })
})

describe('PKCE at a provider', () => {
  test.each([
    [undefined, 'discovery lists no code_challenge_methods_supported.'],
    [['plain'], 'discovery lists "plain" for PKCE, but not "S256".'],
  ])('is not known to be there: %j', async (methods, what) => {
    const { origin } = await aProvider(
      discoveryWith(() => ({ code_challenge_methods_supported: methods })),
    )

    expect(findings(await look(origin), 'pkce')[0]).toMatchObject({ verdict: 'warning', what })
  })
})
