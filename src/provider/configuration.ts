import { errors, type Client, type Configuration, type KoaContextWithOIDC } from 'oidc-provider'
import { scopeClaims } from '../accounts/index.ts'
import { createTokenClaims, type AccountFinder } from './account.ts'
import { assertClaimsRequest, assertKnownAcr } from './claims-request.ts'
import { clientRules } from './client-rules.ts'
import type { Consented } from './consented.ts'
import { lifetimes } from './lifetimes.ts'
import { createSignOutPages } from './logout/sign-out.ts'
import { createOutboundFetch } from './outbound.ts'
import { createPolicy } from './policy.ts'
import type { ProviderOptions } from './provider-options.ts'
import { createAdapterFactory } from './records/adapter.ts'
import type { WorldTime } from './records/world-time.ts'
import { createErrorPage } from './replies/error-pages.ts'
import type { Subjects } from './subjects.ts'

/** Parts that the library is told of, and others beside it need too. */
export interface Parts {
  subjects: Subjects
  time: WorldTime
  findAccount: AccountFinder
  consented: Consented
}

/** What the library is told. */
export function configurationFor(options: ProviderOptions, parts: Parts): Configuration {
  const { issuer, world, people, clients, keys, settings } = options
  const { subjects, time, findAccount, consented } = parts
  const path = new URL(issuer).pathname
  const cookie = { httpOnly: true, overwrite: true, sameSite: 'lax', signed: true } as const
  const rules = clientRules(acrValuesOf(options), keys.signing)
  return {
    ...rules,
    adapter: createAdapterFactory({ ...options, time }),
    findAccount,
    claims: Object.fromEntries(
      Object.entries(scopeClaims).map(([scope, claimNames]) => [scope, [...claimNames]]),
    ),
    pairwiseIdentifier: (_ctx: unknown, accountId: string, client: Client) =>
      subjects.identify(accountId, client),
    extraTokenClaims: createTokenClaims(people, subjects),
    loadExistingGrant: (ctx) => consented.load(ctx),
    interactions: {
      policy: createPolicy({
        ...options,
        findAccount,
        subjects,
        consented,
        isAllowed: settings.automatic_sign_in,
      }),
      url: (_ctx, interaction) => `${path === '/' ? '' : path}/sign-in/${interaction.uid}`,
    },
    cookies: {
      names: {
        session: `mock_vneid_${world}`,
        interaction: `mock_vneid_${world}_sign_in`,
        resume: `mock_vneid_${world}_resume`,
      },
      keys: [...keys.cookieSecrets],
      long: { ...cookie, path },
      short: cookie,
    },
    rotateRefreshToken: true,
    // OpenID Connect Core §3.1.2.1 demands it; and `dev`'s one URI is nobody's (client-metadata.ts).
    allowOmittingSingleRegisteredRedirectUri: false,
    pkce: {
      required: (_ctx, client) =>
        client.tokenEndpointAuthMethod === 'none' || client['require_pkce'] === true,
    },
    // The origin of an app's own scheme reads "null", as that of a page that has none does.
    clientBasedCORS: (_ctx, origin, client) =>
      origin !== 'null' &&
      (client.redirectUris ?? []).some((uri) => new URL(uri).origin === origin),
    fetch: createOutboundFetch({ ...options, clients }) as never,
    renderError: createErrorPage(options),
    ttl: lifetimes(settings),
    features: { ...rules.features, ...featuresFor(options) } as Features,
  }
}

const acrValuesOf = ({ signIns: { levelNames } }: ProviderOptions) =>
  Object.values(levelNames).flatMap(Object.values<string>)

type Features = NonNullable<Configuration['features']>

/** What does not only decide which clients are accepted. */
function featuresFor(options: ProviderOptions): Features {
  return {
    claimsParameter: {
      enabled: true,
      assertClaimsParameter: (_ctx, claims) => {
        assertClaimsRequest(claims as Record<string, unknown>)
        assertKnownAcr(claims as Record<string, unknown>, acrValuesOf(options))
      },
    },
    introspection: { enabled: true, allowedPolicy: mayIntrospect },
    revocation: { enabled: true, allowedPolicy: mayRevoke },
    rpInitiatedLogout: { enabled: true, ...createSignOutPages(options) },
  }
}

type TokenPolicy = (
  ctx: KoaContextWithOIDC,
  client: Client,
  token: { clientId?: string | undefined },
) => boolean

/** Anyone who holds a secret may ask about any token; a client that anybody can be, about its own. */
const mayIntrospect: TokenPolicy = (_ctx, client, token) =>
  client.tokenEndpointAuthMethod !== 'none' || token.clientId === client.clientId

/** Nobody ends what was given to another. RFC 7009 §2.1. */
const mayRevoke: TokenPolicy = (_ctx, client, token) => {
  if (token.clientId === client.clientId) return true
  if (client.tokenEndpointAuthMethod === 'none') return false
  throw new errors.InvalidRequest('the token was given to another client')
}
