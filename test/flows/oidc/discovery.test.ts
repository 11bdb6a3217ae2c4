import * as oidc from 'openid-client'
import { beforeAll, describe, expect, test } from 'vitest'
import { configFolder } from '../../support/config-folder.ts'
import { startMock } from '../../support/mock.ts'
import { relyingParty } from '../../support/relying-party.ts'

const wellKnown = '/.well-known/openid-configuration'
const spaOrigin = 'http://localhost:8080'
const foreignOrigin = 'http://example.vn'

type Document = Record<string, unknown>

const full = () => configFolder({ settings: { provider: { discovery: 'full' } } })

const documentOf = async (issuer: string, path = wellKnown) =>
  (await (await fetch(`${issuer}${path}`)).json()) as Document

const plainKeys = [
  'acr_values_supported',
  'authorization_endpoint',
  'authorization_response_iss_parameter_supported',
  'backchannel_logout_session_supported',
  'backchannel_logout_supported',
  'claims_parameter_supported',
  'claims_supported',
  'code_challenge_methods_supported',
  'end_session_endpoint',
  'grant_types_supported',
  'id_token_signing_alg_values_supported',
  'issuer',
  'jwks_uri',
  'response_modes_supported',
  'response_types_supported',
  'revocation_endpoint',
  'scopes_supported',
  'subject_types_supported',
  'token_endpoint',
  'token_endpoint_auth_methods_supported',
  'ui_locales_supported',
  'userinfo_endpoint',
]

const fullKeys = [
  'mock_vneid_extension_scopes',
  ...plainKeys,
  'authorization_encryption_alg_values_supported',
  'authorization_encryption_enc_values_supported',
  'authorization_signing_alg_values_supported',
  'claim_types_supported',
  'dpop_signing_alg_values_supported',
  'id_token_encryption_alg_values_supported',
  'id_token_encryption_enc_values_supported',
  'introspection_encryption_alg_values_supported',
  'introspection_encryption_enc_values_supported',
  'introspection_endpoint',
  'introspection_signing_alg_values_supported',
  'pushed_authorization_request_endpoint',
  'request_object_encryption_alg_values_supported',
  'request_object_encryption_enc_values_supported',
  'request_object_signing_alg_values_supported',
  'request_parameter_supported',
  'request_uri_parameter_supported',
  'token_endpoint_auth_signing_alg_values_supported',
  'userinfo_encryption_alg_values_supported',
  'userinfo_encryption_enc_values_supported',
  'userinfo_signing_alg_values_supported',
]

describe('plain discovery', () => {
  test('lists what the real service is known to offer, and nothing else', async () => {
    const { issuer } = await startMock()

    const document = await documentOf(issuer)

    expect(Object.keys(document).toSorted()).toEqual(plainKeys.toSorted())
    expect(document).toMatchObject({
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/me`,
      jwks_uri: `${issuer}/jwks`,
      end_session_endpoint: `${issuer}/session/end`,
      revocation_endpoint: `${issuer}/token/revocation`,
      response_types_supported: ['code'],
      response_modes_supported: ['query', 'form_post'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
      code_challenge_methods_supported: ['S256'],
      id_token_signing_alg_values_supported: ['RS256', 'ES256'],
      subject_types_supported: ['public', 'pairwise'],
      ui_locales_supported: ['vi', 'en'],
      scopes_supported: [
        'openid',
        'offline_access',
        'profile',
        'phone',
        'email',
        'address',
        'vneid',
        'vneid:identity',
        'vneid:family',
        'vneid:organization',
      ],
    })
  })

  test('hides only: introspection and pushed requests work all the same', async () => {
    const { issuer } = await startMock()
    const authorization = `Basic ${btoa('test-rp:test-rp-secret')}`

    const introspected = await fetch(`${issuer}/token/introspection`, {
      method: 'POST',
      headers: { authorization },
      body: new URLSearchParams({ token: 'made-up' }),
    })
    const pushed = await fetch(`${issuer}/request`, {
      method: 'POST',
      headers: { authorization },
      body: new URLSearchParams({
        client_id: 'test-rp',
        response_type: 'code',
        scope: 'openid',
        redirect_uri: 'http://localhost:8080/cb',
      }),
    })

    await expect(introspected.json()).resolves.toEqual({ active: false })
    await expect(pushed.json()).resolves.toMatchObject({ request_uri: expect.any(String) })
  })
})

test('full discovery lists everything that works', async () => {
  const { issuer } = await startMock({ config: full() })

  const document = await documentOf(issuer)

  expect(Object.keys(document).toSorted()).toEqual(fullKeys.toSorted())
  expect(document).toMatchObject({
    introspection_endpoint: `${issuer}/token/introspection`,
    pushed_authorization_request_endpoint: `${issuer}/request`,
    request_parameter_supported: true,
    request_uri_parameter_supported: false,
    claims_supported: expect.arrayContaining(['personal_id_number', 'act', 'organization']),
  })
})

test('the OAuth name of discovery says the same', async () => {
  const { issuer } = await startMock()

  await expect(documentOf(issuer, '/.well-known/oauth-authorization-server')).resolves.toEqual(
    await documentOf(issuer),
  )
})

describe('a portal that lives in the browser', () => {
  let issuer: string
  let accessToken: string
  let replies: Record<'own' | 'foreign', Record<'token' | 'me' | 'refused', Response>>

  beforeAll(async () => {
    const mock = await startMock()
    issuer = mock.issuer
    const portal = await relyingParty(mock, {
      clientId: 'test-spa',
      auth: oidc.None(),
      redirectUri: 'http://localhost:8080/',
    })
    accessToken = (await portal.tokensFor('adult-level-2')).tokens.access_token
    const redeem = async (origin: string) => {
      const { url, verifier } = await portal.signIn('adult-level-2')
      return fetch(`${issuer}/token`, {
        method: 'POST',
        headers: { origin },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          client_id: 'test-spa',
          code: url.searchParams.get('code')!,
          code_verifier: verifier,
          redirect_uri: 'http://localhost:8080/',
        }),
      })
    }
    const ask = (origin: string, token: string) =>
      fetch(`${issuer}/me`, { headers: { origin, authorization: `Bearer ${token}` } })
    const all = async (origin: string) => ({
      token: await redeem(origin),
      me: await ask(origin, accessToken),
      refused: await ask(origin, 'made-up'),
    })
    replies = { own: await all(spaOrigin), foreign: await all(foreignOrigin) }
  })

  test('may read tokens and userinfo from its own origin', () => {
    const { token, me } = replies.own

    expect([token.status, me.status]).toEqual([200, 200])
    expect(token.headers.get('access-control-allow-origin')).toBe(spaOrigin)
    expect(me.headers.get('access-control-allow-origin')).toBe(spaOrigin)
  })

  test('may read neither from another origin', async () => {
    const { token, me } = replies.foreign

    expect(token.headers.get('access-control-allow-origin')).toBeNull()
    expect(me.headers.get('access-control-allow-origin')).toBeNull()
    await expect(token.text()).resolves.not.toContain('access_token')
  })
})

test('what has no origin may not read the tokens of an app with a scheme of its own', async () => {
  const mock = await startMock()
  const redirectUri = 'vn.gov.demo:/cb'
  const { client_id: client } = await mock.clients.register({
    redirect_uris: [redirectUri],
    application_type: 'native',
    token_endpoint_auth_method: 'none',
  })
  const { code, codeVerifier } = await mock.signIn({ as: 'adult-level-2', client, returns: 'code' })

  const reply = await fetch(`${mock.issuer}/token`, {
    method: 'POST',
    headers: { origin: 'null' },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: client,
      code,
      code_verifier: codeVerifier,
      redirect_uri: redirectUri,
    }),
  })

  expect(reply.headers.get('access-control-allow-origin')).toBeNull()
  await expect(reply.text()).resolves.not.toContain('access_token')
})

test('anybody’s scripts may read discovery and keys', async () => {
  const { issuer } = await startMock()

  const replies = await Promise.all(
    [wellKnown, '/jwks'].map((path) =>
      fetch(`${issuer}${path}`, { headers: { origin: foreignOrigin } }),
    ),
  )

  expect(replies.map(({ headers }) => headers.get('access-control-allow-origin'))).toEqual([
    foreignOrigin,
    foreignOrigin,
  ])
})

test('a preflight is answered for the methods of each endpoint', async () => {
  const { issuer } = await startMock()
  const preflight = async (path: string) => {
    const reply = await fetch(`${issuer}${path}`, {
      method: 'OPTIONS',
      headers: {
        origin: spaOrigin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    })
    return [reply.status, reply.headers.get('access-control-allow-methods')]
  }

  await expect(preflight('/token')).resolves.toEqual([204, 'POST'])
  await expect(preflight('/me')).resolves.toEqual([204, 'GET,POST'])
})
