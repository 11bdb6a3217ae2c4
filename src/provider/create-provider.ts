import {
  errors,
  Provider,
  type Client,
  type Configuration,
  type KoaContextWithOIDC,
} from 'oidc-provider'
import { scopeClaims, type People } from '../accounts/index.ts'
import type { Clients } from '../clients/index.ts'
import { isBrokenConnection, type Fetch } from '../http/index.ts'
import { systemClock, type Clock, type Log, type Random, type Store } from '../kernel/index.ts'
import type { Pages } from '../pages/index.ts'
import type { Journey, SignIns } from '../signin/index.ts'
import { createAccountFinder, createTokenClaims } from './account.ts'
import { createAdapterFactory } from './adapter.ts'
import { installBackChannel } from './back-channel.ts'
import { assertClaimsRequest, assertKnownAcr } from './claims-request.ts'
import { clientRules } from './client-rules.ts'
import { discoveryAs } from './discovery.ts'
import { createErrorPage } from './error-pages.ts'
import { installFormPost } from './form-post.ts'
import { createGrantLoader } from './grants.ts'
import type { KeyRing } from './keys.ts'
import { installLeniency } from './leniency.ts'
import { lifetimes } from './lifetimes.ts'
import { createOutboundFetch } from './outbound.ts'
import { createPolicy } from './policy.ts'
import type { ProviderSettings } from './settings.ts'
import { rememberClients } from './remember-clients.ts'
import { createSignOutPages, createSilentSignOut } from './sign-out.ts'
import { Subjects } from './subjects.ts'
import { keepCookiesTimeless } from './timeless-cookies.ts'
import { createNotFound } from './not-found.ts'
import { Requests } from './requests.ts'
import { createUnitOfWork, isStoreFailure, rememberFailure } from './unit-of-work.ts'

export interface ProviderOptions {
  issuer: string
  /** Where servers call us, in issuer mode `split`. */
  internalUrl?: string | undefined
  /** How relying parties are called. */
  fetch?: Fetch | undefined
  /** The world's name: part of its cookies' names, since ports do not separate cookies. */
  world: string
  people: People
  clients: Clients
  clientsFile: string
  signIns: SignIns
  store: Store
  clock: Clock
  random: Random
  log: Log
  keys: KeyRing
  pages: Pages
  defaultJourney: Journey
  settings: ProviderSettings
}

/** The library, configured for one world, and the requests that wait for a sign-in. */
export interface WorldProvider {
  provider: Provider
  requests: Requests
}

/** Builds the OpenID Connect provider of one world. */
export function createProvider(options: ProviderOptions): WorldProvider {
  const { issuer, people, clients, signIns, random, defaultJourney } = options
  const subjects = new Subjects(people)
  const provider = new Provider(issuer, configurationFor(options, subjects))
  // Host and scheme come from the entrance, which lets nothing of the kind through from the wire.
  provider.proxy = true
  if (options.internalUrl !== undefined) installBackChannel(provider, options.internalUrl)
  subjects.install(provider)
  installLeniency(provider)
  rememberClients(provider, clients)
  installFormPost(provider, options)
  installMiddleware(provider, options, subjects)
  const claimsSupported = new Set(Object.values(scopeClaims).flat())
  const requests = new Requests({
    provider,
    people,
    clients,
    signIns,
    subjects,
    random,
    defaultJourney,
    claimsSupported,
  })
  return { provider, requests }
}

function configurationFor(options: ProviderOptions, subjects: Subjects): Configuration {
  const { issuer, world, people, clients, signIns, random, keys, defaultJourney, settings } =
    options
  const findAccount = createAccountFinder({ people, subjects })
  const path = new URL(issuer).pathname
  const cookie = { httpOnly: true, overwrite: true, sameSite: 'lax', signed: true } as const
  const rules = clientRules(acrValuesOf(options))
  return {
    ...rules,
    adapter: createAdapterFactory({ ...options, realClock: systemClock }),
    findAccount,
    jwks: { keys: [...keys.signing] },
    claims: Object.fromEntries(
      Object.entries(scopeClaims).map(([scope, claimNames]) => [scope, [...claimNames]]),
    ),
    pairwiseIdentifier: (ctx: KoaContextWithOIDC | undefined, accountId: string, client: Client) =>
      subjects.identify(
        ctx?.oidc.provider ?? (Provider.ctx?.oidc.provider as Provider),
        accountId,
        client,
      ),
    extraTokenClaims: createTokenClaims(people, subjects),
    loadExistingGrant: createGrantLoader({ people, clients, defaultJourney }),
    interactions: {
      policy: createPolicy({
        people,
        clients,
        signIns,
        random,
        defaultJourney,
        findAccount,
        subjects,
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
    pkce: {
      required: (_ctx, client) =>
        client.tokenEndpointAuthMethod === 'none' || client['require_pkce'] === true,
    },
    clientBasedCORS: (_ctx, origin, client) =>
      (client.redirectUris ?? []).some((uri) => new URL(uri).origin === origin),
    fetch: createOutboundFetch(clients, options.fetch) as never,
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
    externalSigningSupport: { enabled: true, ack: 'experimental-01' },
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

function installMiddleware(provider: Provider, options: ProviderOptions, subjects: Subjects): void {
  const { keys, log, pages, settings, store } = options
  provider.use(createUnitOfWork(store, pages) as never)
  provider.use(createNotFound(options) as never)
  provider.use(keepCookiesTimeless)
  provider.use((ctx, next) => {
    // Resuming takes no parameters, and the library stumbles over those that an address adds.
    if (/\/auth\/[^/]+\/?$/.test(ctx.path)) ctx.querystring = ''
    return next()
  })
  provider.use(async (ctx, next) => {
    await next()
    const { route } = (ctx as KoaContextWithOIDC).oidc ?? {}
    if (route === 'discovery')
      ctx.body = discoveryAs(settings.discovery, ctx.body as Record<string, unknown>)
    else if (route === 'jwks') ctx.body = await keys.publicJwks()
  })
  provider.use(createSilentSignOut(provider, subjects) as never)
  provider.on('server_error', (ctx: KoaContextWithOIDC, error: Error) => {
    rememberFailure(ctx, error)
    if (!isStoreFailure(error))
      log({ event: 'server-error', where: `${ctx.method} ${ctx.path}`, error })
  })
  provider.on('backchannel.error', (_ctx, error, client) =>
    log({
      event: 'notice',
      message: `the logout token for "${client.clientId}" was not delivered: ${error.message}`,
    }),
  )
  const koa: NodeJS.EventEmitter = provider
  koa.on('error', (error: Error) => {
    if (!isBrokenConnection(error) && !isStoreFailure(error))
      log({ event: 'server-error', where: 'provider', error })
  })
}
