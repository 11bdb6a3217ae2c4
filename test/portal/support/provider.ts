import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { errors, interactionPolicy, Provider, type KoaContextWithOIDC } from 'oidc-provider'
import { memoryAdapter } from './memory-adapter.ts'

export const clientId = 'demo-portal'
export const clientSecret = 'a-secret-of-the-test'

/** Who signs in next, and what the provider answers. */
export interface Answer {
  sub: string
  claims: Record<string, unknown>
  /** The values of `acr` that this person can reach. */
  acrs: readonly string[]
  amr: string[]
  /** Says no instead: `error` and `error_description`. */
  refusal?: { error: string; description: string }
}

/** A real OpenID provider, small and without pages, that signs in whoever the test says. */
export interface TestProvider {
  issuer: string
  answer: Answer
  /** A logout token; signed with the provider's own key and with every claim, unless told otherwise. */
  logoutToken(claims?: JWTPayload, flaws?: { key?: CryptoKey; without?: string }): Promise<string>
  close(): Promise<void>
}

export const level1 = 'urn:mock-vneid:level:1'
export const level2 = 'urn:mock-vneid:level:2'
export const authentication4 = 'urn:mock-vneid:authentication:4'

export async function startProvider(
  portalUrl: string,
  { endsSessions = true } = {},
): Promise<TestProvider> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const test: TestProvider = {
    issuer,
    answer: {
      sub: 'sub-of-anna',
      claims: { name: 'Trần Thị An', personal_id_number: '000190000001', account_level: 2 },
      acrs: [level1, level2],
      amr: ['pwd', 'otp', 'mfa'],
    },
    logoutToken: (claims = {}, { key = privateKey, without = '' } = {}) =>
      signLogoutToken(issuer, key, claims, without),
    close: () => close(server),
  }
  const provider = new Provider(issuer, {
    adapter: memoryAdapter(),
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Session: 60 },
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${portalUrl}/callback`],
        ...(endsSessions && { post_logout_redirect_uris: [`${portalUrl}/signed-out`] }),
        id_token_signed_response_alg: 'ES256',
        backchannel_logout_uri: `${portalUrl}/backchannel-logout`,
        backchannel_logout_session_required: true,
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'test', alg: 'ES256', use: 'sig' }] },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    cookies: { keys: ['of the test'], names: { session: '_test_session' } },
    acrValues: [level1, level2, authentication4],
    claims: {
      openid: ['sub', 'acr', 'amr', 'auth_time', 'sid'],
      profile: ['name'],
      phone: ['phone_number'],
      email: ['email'],
      address: ['address'],
      vneid: ['personal_id_number', 'account_level'],
      'vneid:identity': ['nationality'],
      'vneid:family': ['dependants'],
      'vneid:organization': ['organization'],
    },
    features: {
      devInteractions: { enabled: false },
      claimsParameter: { enabled: true },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: endsSessions },
    },
    interactions: { policy: policyOf(test) },
    findAccount: (_, accountId) => ({
      accountId,
      claims: () => ({ sub: accountId, ...test.answer.claims }),
    }),
    // The library's own guard refuses loopback addresses, where this test's portal is.
    fetch: (url, init) => {
      const plain: RequestInit = { ...init }
      Reflect.deleteProperty(plain, 'dispatcher')
      return fetch(url, plain)
    },
  })
  const handle = provider.callback()
  server.on('request', (request, response) => void handle(request, response))
  return test
}

/** Signs in the person of the answer before any page could be shown. */
function policyOf(test: TestProvider): interactionPolicy.DefaultPolicy {
  const { Check, Prompt, base } = interactionPolicy
  const policy = base()
  const check = new Check('automatic', 'signs in without pages', async (ctx) => {
    await signIn(ctx, test.answer)
    return Check.NO_NEED_TO_PROMPT
  })
  policy.add(new Prompt({ name: 'automatic' }, check), 0)
  return policy
}

async function signIn(ctx: KoaContextWithOIDC, answer: Answer): Promise<void> {
  const { client, params, session, provider, claims } = ctx.oidc
  if (!client || !session || !params) throw new Error('the request is not an authorization request')
  const { refusal, sub, acrs, amr } = answer
  if (refusal) throw new errors.CustomOIDCProviderError(refusal.error, refusal.description)
  const essential = claims.id_token?.['acr']?.value
  if (essential !== undefined && !acrs.includes(essential))
    throw new errors.UnmetAuthenticationRequirements('level_too_low')

  session.loginAccount({ accountId: sub, acr: essential ?? String(params['acr_values']), amr })
  const grant = new provider.Grant({ accountId: sub, clientId: client.clientId })
  grant.addOIDCScope(String(params['scope']))
  await grant.save()
  session.ensureClientContainer(client.clientId)
  session.grantIdFor(client.clientId, grant.jti)
  ctx.oidc.entity('Account', { accountId: sub, claims: () => ({ sub, ...answer.claims }) })
  ctx.oidc.entity('Grant', grant)
  params['prompt'] = undefined
}

function signLogoutToken(
  issuer: string,
  key: CryptoKey,
  claims: JWTPayload,
  without: string,
): Promise<string> {
  const all = {
    sub: 'sub-of-anna',
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    jti: crypto.randomUUID(),
    ...claims,
  }
  const some = Object.entries(all).filter(([claim]) => claim !== without)
  return new SignJWT(Object.fromEntries(some))
    .setProtectedHeader({ alg: 'ES256', kid: 'test', typ: 'logout+jwt' })
    .setIssuer(claims.iss ?? issuer)
    .setAudience(claims.aud ?? clientId)
    .setIssuedAt()
    .setExpirationTime('2 minutes')
    .sign(key)
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}
