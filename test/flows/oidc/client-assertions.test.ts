import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import * as oidc from 'openid-client'
import { describe, expect, test } from 'vitest'
import { aClientKey, type ClientKey } from '../../support/client-keys.ts'
import { aClient, configFolder } from '../../support/config-folder.ts'
import { FrozenClock } from '../../support/frozen-clock.ts'
import { localServer } from '../../support/local-server.ts'
import { startMock, type TestMock } from '../../support/mock.ts'
import { refused } from '../../support/refused.ts'
import { relyingParty, type Callback } from '../../support/relying-party.ts'

const registered = (keys: Record<string, unknown>) => {
  const { client_secret: _secret, ...client } = aClient({
    token_endpoint_auth_method: 'private_key_jwt',
    ...keys,
  })
  return configFolder({ clients: [client] })
}

const assertionOf = (mock: TestMock, key: ClientKey, claims: { aud?: string; exp?: string } = {}) =>
  new SignJWT()
    .setProtectedHeader({ alg: 'ES256', kid: key.kid })
    .setIssuer('other-rp')
    .setSubject('other-rp')
    .setAudience(claims.aud ?? mock.issuer)
    .setIssuedAt()
    .setExpirationTime(claims.exp ?? '1m')
    .setJti(randomUUID())
    .sign(key.privateKey)

/** The token request with an assertion that was made by hand. */
async function redeemWith(mock: TestMock, { url, verifier }: Callback, assertion: string) {
  const reply = await fetch(`${mock.issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: url.searchParams.get('code')!,
      redirect_uri: 'http://localhost:8080/cb',
      code_verifier: verifier,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    }),
  })
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> }
}

describe('private_key_jwt', () => {
  test('is accepted with a key that is registered inline', async () => {
    const key = await aClientKey('ES256')
    const mock = await startMock({ config: registered({ jwks: { keys: [key.jwk] } }) })
    const auth = oidc.PrivateKeyJwt({ key: key.privateKey, kid: key.kid })
    const portal = await relyingParty(mock, { clientId: 'other-rp', auth })

    const { claims } = await portal.tokensFor('adult-level-2')

    expect(claims.aud).toBe('other-rp')
  })

  test('is accepted with a key that the relying party publishes', async () => {
    const key = await aClientKey('RS256')
    const server = await localServer(() => ({ json: { keys: [key.jwk] } }))
    const mock = await startMock({ config: registered({ jwks_uri: `${server.origin}/jwks` }) })
    const auth = oidc.PrivateKeyJwt({ key: key.privateKey, kid: key.kid })
    const portal = await relyingParty(mock, { clientId: 'other-rp', auth })

    const { claims } = await portal.tokensFor('adult-level-2')

    expect(claims.aud).toBe('other-rp')
    expect(server.received.map(({ path }) => path)).toEqual(['/jwks'])
  })

  test('is refused with any other key', async () => {
    const [key, stolen] = [await aClientKey('ES256'), await aClientKey('ES256')]
    const mock = await startMock({ config: registered({ jwks: { keys: [key.jwk] } }) })
    const auth = oidc.PrivateKeyJwt({ key: stolen.privateKey, kid: key.kid })
    const portal = await relyingParty(mock, { clientId: 'other-rp', auth })

    await expect(portal.tokensFor('adult-level-2')).rejects.toEqual(refused('invalid_client'))
  })

  test('is refused when the published keys cannot be had', async () => {
    const key = await aClientKey('ES256')
    const server = await localServer(() => ({ status: 503 }))
    const mock = await startMock({ config: registered({ jwks_uri: `${server.origin}/jwks` }) })
    const auth = oidc.PrivateKeyJwt({ key: key.privateKey, kid: key.kid })
    const portal = await relyingParty(mock, { clientId: 'other-rp', auth })

    await expect(portal.tokensFor('adult-level-2')).rejects.toEqual(refused('invalid_client'))
  })

  test('leaves no way in by a secret', async () => {
    const key = await aClientKey('ES256')
    const config = configFolder({
      clients: [
        aClient({ token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [key.jwk] } }),
      ],
    })
    const portal = await relyingParty(await startMock({ config }), { clientId: 'other-rp' })

    await expect(portal.tokensFor('adult-level-2')).rejects.toEqual(refused('invalid_client'))
  })
})

describe('a client assertion', () => {
  const prepare = async (clock = new FrozenClock()) => {
    const key = await aClientKey('ES256')
    const config = registered({ jwks: { keys: [key.jwk] } })
    const mock = await startMock({ config, clock })
    const portal = await relyingParty(mock, {
      clientId: 'other-rp',
      auth: oidc.PrivateKeyJwt({ key: key.privateKey, kid: key.kid }),
    })
    return { key, mock, portal, clock }
  }

  test('is good once', async () => {
    const { key, mock, portal } = await prepare()
    const assertion = await assertionOf(mock, key)

    const first = await redeemWith(mock, await portal.signIn('adult-level-2'), assertion)
    const again = await redeemWith(mock, await portal.signIn('adult-level-2'), assertion)

    expect(first.status).toBe(200)
    expect(again).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
  })

  test('of two that arrive at once lets one in', async () => {
    const { key, mock, portal } = await prepare()
    const assertion = await assertionOf(mock, key)
    const callbacks = [await portal.signIn('adult-level-2'), await portal.signIn('adult-level-2')]

    const both = await Promise.all(callbacks.map((one) => redeemWith(mock, one, assertion)))

    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 401]))
  })

  test('may name the token endpoint as its audience', async () => {
    const { key, mock, portal } = await prepare()
    const assertion = await assertionOf(mock, key, { aud: `${mock.issuer}/token` })

    const { status } = await redeemWith(mock, await portal.signIn('adult-level-2'), assertion)

    expect(status).toBe(200)
  })

  test.each([
    ['for somebody else', { aud: 'http://localhost:1/' }],
    ['that has expired', { exp: '-1m' }],
  ])('%s is refused', async (_name, claims) => {
    const { key, mock, portal } = await prepare()
    const assertion = await assertionOf(mock, key, claims)

    const { status, body } = await redeemWith(mock, await portal.signIn('adult-level-2'), assertion)

    expect([status, body['error']]).toEqual([401, 'invalid_client'])
  })

  test('is judged in real time, wherever the world’s clock stands', async () => {
    const { portal } = await prepare(new FrozenClock(Date.parse('2026-02-01T12:00:00Z')))

    await expect(portal.tokensFor('adult-level-2')).resolves.toHaveProperty('claims')
  })
})

describe('client_secret_jwt', () => {
  test('is accepted with the secret as key', async () => {
    const secret = 'a-secret-of-32-characters-or-more-for-hs256'
    const config = configFolder({
      clients: [
        aClient({ client_secret: secret, token_endpoint_auth_method: 'client_secret_jwt' }),
      ],
    })
    const portal = await relyingParty(await startMock({ config }), {
      clientId: 'other-rp',
      auth: oidc.ClientSecretJwt(secret),
    })

    await expect(portal.tokensFor('adult-level-2')).resolves.toHaveProperty('claims')
  })
})
