import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import * as oidc from 'openid-client'
import { describe, expect, test } from 'vitest'
import { findings, ills, look } from '../../doctor/provider.ts'
import { aClientKey, type ClientKey } from '../../support/client-keys.ts'
import { aClient, configFolder } from '../../support/config-folder.ts'
import { startMock, type TestMock } from '../../support/mock.ts'
import { refused } from '../../support/refused.ts'
import { RelyingParty, relyingParty } from '../../support/relying-party.ts'
import { askAt, discoveryPath, freePort, json } from './wire.ts'

const redirectUri = 'http://localhost:8080/cb'

interface SplitMock extends TestMock {
  port: number
  internalUrl: string
}

/** Browsers know it as localhost, servers as 127.0.0.1. */
async function aSplitMock(config?: string): Promise<SplitMock> {
  const port = await freePort()
  const internalUrl = `http://127.0.0.1:${port}`
  const folder = config ?? configFolder({ settings: { provider: { discovery: 'full' } } })
  const mock = await startMock({ port, issuerMode: 'split', internalUrl, config: folder })
  return { ...mock, port, internalUrl }
}

async function documentAt(origin: string): Promise<oidc.ServerMetadata> {
  const reply = await fetch(`${origin}${discoveryPath}`)
  return (await reply.json()) as oidc.ServerMetadata
}

/** A portal in the network of the servers: told the issuer, and where discovery is. */
async function portalInside(
  { internalUrl }: SplitMock,
  auth: oidc.ClientAuth = oidc.ClientSecretBasic('test-rp-secret'),
  clientId = 'test-rp',
): Promise<RelyingParty> {
  const config = new oidc.Configuration(await documentAt(internalUrl), clientId, {}, auth)
  oidc.allowInsecureRequests(config)
  oidc.enableNonRepudiationChecks(config)
  return new RelyingParty(config, redirectUri)
}

const forBrowsers = ['authorization_endpoint', 'end_session_endpoint'] as const
const forServers = [
  'token_endpoint',
  'userinfo_endpoint',
  'jwks_uri',
  'introspection_endpoint',
  'revocation_endpoint',
  'pushed_authorization_request_endpoint',
] as const

const originsOf = (document: oidc.ServerMetadata, keys: readonly (keyof oidc.ServerMetadata)[]) =>
  keys.map((key) => new URL(document[key] as string).origin)

describe('the discovery document of a split mock', () => {
  test('sends browsers to the issuer and servers to the internal name, when a server asks', async () => {
    const { issuer, internalUrl } = await aSplitMock()

    const document = await documentAt(internalUrl)

    expect(document.issuer).toBe(issuer)
    expect(new Set(originsOf(document, forBrowsers))).toEqual(new Set([issuer]))
    expect(new Set(originsOf(document, forServers))).toEqual(new Set([internalUrl]))
  })

  test('knows the issuer’s name alone, when asked by it', async () => {
    const { issuer } = await aSplitMock()

    const document = await documentAt(issuer)

    expect(document.issuer).toBe(issuer)
    expect(new Set(originsOf(document, [...forBrowsers, ...forServers]))).toEqual(new Set([issuer]))
  })
})

describe('a sign-in at a split mock', () => {
  test('goes through the browser outside and the portal’s server inside', async () => {
    const mock = await aSplitMock()
    const portal = await portalInside(mock)

    const { tokens, claims } = await portal.tokensFor('adult-level-2')
    const profile = await portal.userinfo(tokens.access_token, claims.sub)

    expect(claims.iss).toBe(mock.issuer)
    expect(profile.sub).toBe(claims.sub)
    expect(await oidc.tokenIntrospection(portal.config, tokens.access_token)).toMatchObject({
      active: true,
      iss: mock.issuer,
    })
  })

  test('goes by the issuer’s name alone too', async () => {
    const mock = await aSplitMock()

    const { claims } = await (await relyingParty(mock)).tokensFor('adult-level-2')

    expect(claims.iss).toBe(mock.issuer)
  })

  test('begins with a request that the server pushed from inside', async () => {
    const mock = await aSplitMock()
    const { config } = await portalInside(mock)
    const params = { redirect_uri: redirectUri, scope: 'openid', login_hint: 'auto:adult-level-2' }

    const url = await oidc.buildAuthorizationUrlWithPAR(config, params)
    const reply = await fetch(url, { redirect: 'manual' })

    expect(url.origin).toBe(mock.issuer)
    expect(reply.headers.get('location')).toMatch(/^http:\/\/localhost:8080\/cb\?code=/)
  })

  test('does not begin at the internal name, where a browser has no cookies of it', async () => {
    const { port, internalUrl, issuer } = await aSplitMock()

    const reply = await askAt(port, `${internalUrl}/auth?a=b`, { headers: { accept: 'text/html' } })

    expect(reply.status).toBe(421)
    expect(reply.body).toContain(`href="${issuer}/auth?a=b"`)
  })
})

describe('a client assertion at a split mock', () => {
  const registered = (key: ClientKey) => {
    const { client_secret: _secret, ...client } = aClient({
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [key.jwk] },
    })
    return configFolder({ clients: [client] })
  }

  /** What the token endpoint says of a made-up code, with an assertion for this audience. */
  async function present(key: ClientKey, at: string, audience: string) {
    const assertion = await new SignJWT()
      .setProtectedHeader({ alg: 'ES256', kid: key.kid })
      .setIssuer('other-rp')
      .setSubject('other-rp')
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime('1m')
      .setJti(randomUUID())
      .sign(key.privateKey)
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      code: 'x',
      redirect_uri: redirectUri,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    })
    const reply = await fetch(`${at}/token`, { method: 'POST', body })
    return ((await reply.json()) as { error: string }).error
  }

  test('may name either token endpoint, or the issuer, at either', async () => {
    const key = await aClientKey('ES256')
    const { issuer, internalUrl } = await aSplitMock(registered(key))
    const names = [issuer, `${issuer}/token`, `${internalUrl}/token`]
    const pairs = names.flatMap((name) => [issuer, internalUrl].map((at) => ({ at, name })))

    const errors = await Promise.all(pairs.map(({ at, name }) => present(key, at, name)))

    // The client is known; only the code is not.
    expect(errors).toEqual(pairs.map(() => 'invalid_grant'))
  })

  test.each(['http://provider:3006/token', 'http://127.0.0.1/token'])(
    'is refused when it is meant for %s',
    async (audience) => {
      const key = await aClientKey('ES256')
      const { internalUrl } = await aSplitMock(registered(key))

      expect(await present(key, internalUrl, audience)).toBe('invalid_client')
    },
  )

  test('is made by openid-client from what discovery says inside', async () => {
    const key = await aClientKey('ES256')
    const mock = await aSplitMock(registered(key))
    const auth = oidc.PrivateKeyJwt({ key: key.privateKey, kid: key.kid })
    const portal = await portalInside(mock, auth, 'other-rp')

    expect((await portal.tokensFor('adult-level-2')).claims.aud).toBe('other-rp')
  })
})

describe('a DPoP proof at a split mock', () => {
  test('is for the URL that was called', async () => {
    const mock = await aSplitMock()
    const portal = await portalInside(mock)
    const { url, verifier, state, nonce } = await portal.signIn('adult-level-2')
    const DPoP = oidc.getDPoPHandle(portal.config, await oidc.randomDPoPKeyPair('ES256'))
    const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce }

    const tokens = await oidc.authorizationCodeGrant(portal.config, url, checks, {}, { DPoP })
    const sub = tokens.claims()!.sub
    const profile = await oidc.fetchUserInfo(portal.config, tokens.access_token, sub, { DPoP })

    expect(tokens.token_type).toBe('dpop')
    expect(profile.sub).toBe(sub)
  })

  test('is refused at the one name when it is for the other', async () => {
    const mock = await aSplitMock()
    const portal = await portalInside(mock)
    const { url, verifier, state, nonce } = await portal.signIn('adult-level-2')
    const DPoP = oidc.getDPoPHandle(portal.config, await oidc.randomDPoPKeyPair('ES256'))
    const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce }
    // Called by the issuer's name, with the proof for the internal one.
    portal.config[oidc.customFetch] = (at, init) =>
      fetch(at.replace(mock.internalUrl, mock.issuer), init as RequestInit)

    await expect(
      oidc.authorizationCodeGrant(portal.config, url, checks, {}, { DPoP }),
    ).rejects.toEqual(refused('invalid_dpop_proof'))
  })
})

test('a split mock refuses names that are neither', async () => {
  const { port, issuer } = await aSplitMock()

  const reply = await askAt(port, `http://provider:${port}${discoveryPath}`)

  expect(reply.status).toBe(421)
  expect(json(reply)['error_description']).toBe(
    `this is ${issuer}, not http://provider:${port}. Call it by that name.`,
  )
})

test('the doctor finds a split mock as it is meant to be, from either name', async () => {
  const { issuer, internalUrl } = await aSplitMock()
  const asPortal = {
    clientId: 'test-rp',
    clientSecret: 'test-rp-secret',
    expectedRedirectUri: redirectUri,
  }

  const outside = await look(issuer, asPortal)
  const inside = await look(internalUrl, asPortal)

  expect(ills(outside)).toEqual([])
  expect(ills(inside)).toEqual(['issuer warning'])
  expect(findings(inside, 'issuer')[0]?.what).toBe(
    `this is the inner address of a provider in issuer mode "split": its issuer is ${issuer}, and its token endpoint is here.`,
  )
})
