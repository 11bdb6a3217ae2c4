import { decodeProtectedHeader } from 'jose'
import * as oidc from 'openid-client'
import { describe, expect, test } from 'vitest'
import { aClientKey } from '../../support/client-keys.ts'
import { aClient, configFolder } from '../../support/config-folder.ts'
import { persona } from '../../support/journeys.ts'
import { localServer } from '../../support/local-server.ts'
import { startMock } from '../../support/mock.ts'
import { relyingParty } from '../../support/relying-party.ts'

const full = { provider: { discovery: 'full' } }
const encryptions = ['RSA-OAEP-256', 'ECDH-ES'] as const

const portalWith = async (metadata: Partial<oidc.ClientMetadata>) => {
  const mock = await startMock({
    config: configFolder({ settings: full, clients: [aClient(metadata)] }),
  })
  const portal = await relyingParty(mock, { clientId: 'other-rp', metadata })
  return { mock, portal }
}

/** A copy of the reply as it was on the wire, since openid-client hands out what it decrypted. */
async function rawUserinfo(issuer: string, accessToken: string) {
  const reply = await fetch(`${issuer}/me`, { headers: { authorization: `Bearer ${accessToken}` } })
  return { type: reply.headers.get('content-type'), text: await reply.text() }
}

describe('an ID token', () => {
  test.each(['RS256', 'ES256'])(
    'is signed with %s where the client is registered so',
    async (alg) => {
      const { portal } = await portalWith({ id_token_signed_response_alg: alg })
      oidc.enableNonRepudiationChecks(portal.config)

      const { tokens } = await portal.tokensFor('adult-level-2')

      expect(decodeProtectedHeader(tokens.id_token!).alg).toBe(alg)
    },
  )

  test('is signed with RS256 otherwise, by a key that the JWKS has', async () => {
    const portal = await relyingParty(await startMock())
    oidc.enableNonRepudiationChecks(portal.config)

    const { tokens } = await portal.tokensFor('adult-level-2')

    expect(decodeProtectedHeader(tokens.id_token!)).toEqual({
      alg: 'RS256',
      kid: expect.stringMatching(/^rs256-/),
    })
  })

  test.each(encryptions)('is encrypted with %s and A256GCM', async (alg) => {
    const key = await aClientKey(alg, 'enc')
    const { mock, portal } = await portalWith({
      jwks: { keys: [key.jwk] },
      id_token_encrypted_response_alg: alg,
      id_token_encrypted_response_enc: 'A256GCM',
    })
    oidc.enableDecryptingResponses(portal.config, ['A256GCM'], {
      key: key.privateKey,
      kid: key.kid,
    })

    const callback = await portal.signIn('guardian-of-two:child-13')
    const tokens = await portal.redeem(callback)

    expect(tokens.id_token!.split('.')).toHaveLength(5)
    expect(decodeProtectedHeader(tokens.id_token!)).toMatchObject({
      alg,
      enc: 'A256GCM',
      cty: 'JWT',
      kid: key.kid,
    })
    expect(tokens.claims()!.sub).toBe((await persona(mock, 'child-13')).sub)
  })

  test('is encrypted for a key that the relying party publishes', async () => {
    const key = await aClientKey('ECDH-ES', 'enc')
    const server = await localServer(() => ({ json: { keys: [key.jwk] } }))
    const { portal } = await portalWith({
      jwks_uri: `${server.origin}/jwks`,
      id_token_encrypted_response_alg: 'ECDH-ES',
      id_token_encrypted_response_enc: 'A256GCM',
    })
    oidc.enableDecryptingResponses(portal.config, ['A256GCM'], {
      key: key.privateKey,
      kid: key.kid,
    })

    const { claims } = await portal.tokensFor('adult-level-2')

    expect(claims).toHaveProperty('sub')
    expect(server.received).toHaveLength(1)
  })
})

describe('userinfo', () => {
  test.each(['RS256', 'ES256'])(
    'is signed with %s where the client is registered so',
    async (alg) => {
      const { mock, portal } = await portalWith({ userinfo_signed_response_alg: alg })
      oidc.enableNonRepudiationChecks(portal.config)
      const { tokens, claims } = await portal.tokensFor('adult-level-2')

      const userinfo = await portal.userinfo(tokens.access_token, claims.sub)
      const raw = await rawUserinfo(mock.issuer, tokens.access_token)

      expect(raw.type).toMatch(/^application\/jwt/)
      expect(decodeProtectedHeader(raw.text).alg).toBe(alg)
      expect(userinfo).toMatchObject({
        iss: mock.issuer,
        aud: 'other-rp',
        name: (await persona(mock, 'adult-level-2')).name,
      })
    },
  )

  test.each(encryptions)('is signed, then encrypted with %s and A256GCM', async (alg) => {
    const key = await aClientKey(alg, 'enc')
    const { mock, portal } = await portalWith({
      jwks: { keys: [key.jwk] },
      userinfo_signed_response_alg: 'ES256',
      userinfo_encrypted_response_alg: alg,
      userinfo_encrypted_response_enc: 'A256GCM',
    })
    oidc.enableDecryptingResponses(portal.config, ['A256GCM'], {
      key: key.privateKey,
      kid: key.kid,
    })
    const { tokens, claims } = await portal.tokensFor('adult-level-2')

    const userinfo = await portal.userinfo(tokens.access_token, claims.sub)
    const raw = await rawUserinfo(mock.issuer, tokens.access_token)

    expect(decodeProtectedHeader(raw.text)).toMatchObject({ alg, enc: 'A256GCM' })
    expect(userinfo['name']).toBe((await persona(mock, 'adult-level-2')).name)
  })
})

describe('introspection', () => {
  test('is signed where the client is registered so', async () => {
    const { mock, portal } = await portalWith({ introspection_signed_response_alg: 'ES256' })
    oidc.enableNonRepudiationChecks(portal.config)
    const { tokens } = await portal.tokensFor('guardian-of-two:child-13')

    const said = await oidc.tokenIntrospection(portal.config, tokens.access_token)

    expect(said).toMatchObject({
      active: true,
      sub: (await persona(mock, 'child-13')).sub,
      act: { sub: (await persona(mock, 'guardian-of-two')).sub },
    })
  })
})
