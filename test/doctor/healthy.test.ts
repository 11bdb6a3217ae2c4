import { describe, expect, test } from 'vitest'
import { aClient, configFolder } from '../support/config-folder.ts'
import { startMock } from '../support/mock.ts'
import { aProvider, asPortal, callback, findings, ills, look } from './provider.ts'

const asTestRp = {
  clientId: 'test-rp',
  clientSecret: 'test-rp-secret',
  expectedRedirectUri: 'http://localhost:8080/cb',
}

describe('a mock in good health', () => {
  test('has nothing to mend', async () => {
    const { issuer } = await startMock()

    const diagnosis = await look(issuer, asTestRp)

    expect(ills(diagnosis)).toEqual([])
    expect(diagnosis).toMatchObject({ issuer, from: 'here', verdict: 'ok' })
    expect(diagnosis.findings.map(({ id }) => id)).toEqual([
      'proxy',
      'discovery',
      'issuer',
      'endpoints',
      'keys',
      'clock',
      'pkce',
      'client',
      'redirect-uri',
      'cookies',
      'client-secret',
    ])
    expect(findings(diagnosis, 'cookies')[0]?.what).toContain('(without them it does not)')
  })

  test('is known by name', async () => {
    const { issuer } = await startMock()

    expect(findings(await look(issuer), 'discovery')[0]?.what).toMatch(/^Mock VNeID answers at /)
  })

  test('called by 127.0.0.1 is told from itself, with the name to use and the mode for both', async () => {
    const { issuer } = await startMock()
    const asked = issuer.replace('localhost', '127.0.0.1')

    const diagnosis = await look(asked, asTestRp)

    expect(ills(diagnosis)).toEqual(['issuer wrong'])
    expect(findings(diagnosis, 'issuer')[0]).toMatchObject({
      what: `asked for ${asked}, but the discovery document says issuer "${issuer}". They differ in the host (127.0.0.1 and localhost).`,
      why: expect.stringContaining('a cookie of one is never sent to the other'),
      fix: expect.stringContaining(
        `Write ${issuer} in the portal’s settings, letter for letter. Where both names must work, start it with --issuer-mode follow and follow_origins: [${issuer}, ${asked}].`,
      ),
    })
  })

  test('says which redirect URIs it knows, and how far the portal’s is from them', async () => {
    const { issuer } = await startMock()

    const diagnosis = await look(issuer, {
      ...asTestRp,
      expectedRedirectUri: 'http://localhost:8081/cb?from=a&to=b',
    })

    expect(ills(diagnosis)).toEqual(['redirect-uri wrong'])
    const [finding] = findings(diagnosis, 'redirect-uri')
    expect(finding?.what).toBe(
      'the redirect URI "http://localhost:8081/cb?from=a&to=b" is not registered for "test-rp". Registered: "http://localhost:8080/cb" and "http://127.0.0.1:8080/cb".',
    )
    expect(finding?.why).toContain('in the port (8081 and 8080) and the query.')
    expect(finding?.fix).toContain('redirect_uris of "test-rp" in clients.yaml')
  })

  test('does not know a client that was misspelt, and says whom it may have meant', async () => {
    const { issuer } = await startMock()

    const diagnosis = await look(issuer, { ...asTestRp, clientId: 'test-pr' })

    expect(ills(diagnosis)).toEqual(['client wrong'])
    expect(findings(diagnosis, 'client')[0]?.what).toBe(
      'the provider does not know the client "test-pr". Did you mean "test-rp"?',
    )
  })

  test('refuses a wrong secret, which is said nowhere', async () => {
    const { issuer } = await startMock()

    const diagnosis = await look(issuer, { ...asTestRp, clientSecret: 'not-test-rps' })

    expect(ills(diagnosis)).toEqual(['client-secret wrong'])
    expect(JSON.stringify(diagnosis)).not.toContain('not-test-rps')
  })

  test('leads straight back with a client that signs in by itself', async () => {
    const client = aClient({ auto_sign_in: 'adult-level-2' })
    const { issuer } = await startMock({ config: configFolder({ clients: [client] }) })

    const diagnosis = await look(issuer, {
      ...asTestRp,
      clientId: 'other-rp',
      clientSecret: 'other-rp-secret',
    })

    expect(ills(diagnosis)).toEqual([])
    expect(findings(diagnosis, 'cookies')).toEqual([])
  })
})

describe('a healthy provider of another make', () => {
  test('has nothing to mend', async () => {
    const { origin } = await aProvider()

    const diagnosis = await look(origin, asPortal)

    expect(ills(diagnosis)).toEqual([])
    expect(findings(diagnosis, 'discovery')[0]?.what).toMatch(/^an OpenID Connect provider answers/)
  })

  test('is asked few questions, by GET but for the one that shows the secret', async () => {
    const { origin, heard } = await aProvider()

    await look(origin, asPortal)

    expect(heard.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /.well-known/openid-configuration',
      'GET /jwks',
      'GET /jwks',
      'GET /auth',
      'GET /sign-in/1',
      'GET /sign-in/1',
      'POST /token',
    ])
    expect(heard.slice(0, -1).every(({ headers }) => headers.authorization === undefined)).toBe(
      true,
    )
    expect(heard.at(-1)?.form.get('client_secret')).toBeNull()
  })

  test('is not asked as a client when none was given, which is said with what to give', async () => {
    const { origin, heard } = await aProvider()

    const diagnosis = await look(origin, {
      clientSecret: 'right secret',
      expectedRedirectUri: callback,
    })

    expect(ills(diagnosis)).toEqual(['client unknown'])
    expect(findings(diagnosis, 'client')[0]?.fix).toContain('--client <client_id>')
    expect(heard.map(({ path }) => path)).toEqual([
      '/.well-known/openid-configuration',
      '/jwks',
      '/jwks',
    ])
  })
})

test('a diagnosis is plain JSON', async () => {
  const { origin } = await aProvider()

  const diagnosis = await look(origin, asPortal)

  expect(JSON.parse(JSON.stringify(diagnosis))).toEqual(diagnosis)
})
