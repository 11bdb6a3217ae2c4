import { Provider, type KoaContextWithOIDC } from 'oidc-provider'
import { scopeClaims } from '../accounts/index.ts'
import { isBrokenConnection } from '../http/index.ts'
import { systemClock } from '../kernel/index.ts'
import { createAccountFinder } from './account.ts'
import { installBackChannel } from './back-channel.ts'
import { Consented } from './consented.ts'
import { configurationFor, type Parts } from './configuration.ts'
import { createExpire, type Expire } from './control/expire.ts'
import { createForgetPerson, type ForgetPerson } from './control/forget-person.ts'
import { Sessions } from './control/sessions.ts'
import { Tokens } from './control/tokens.ts'
import { installDecisions } from './grants.ts'
import { createRequestRecord, deliveryEntry } from './journal/record-requests.ts'
import { createWhoseSignOut } from './journal/whose-sign-out.ts'
import { installLeniency } from './leniency.ts'
import { watchLogoutTokens } from './logout/logout-tokens.ts'
import { createSilentSignOut } from './logout/sign-out.ts'
import type { ProviderOptions } from './provider-options.ts'
import { installOrigins } from './records/origins.ts'
import { seedIds } from './records/seeded-ids.ts'
import { installStamps, timesInWorld } from './records/stamps.ts'
import { createUnitOfWork, isStoreFailure, rememberFailure } from './records/unit-of-work.ts'
import { WorldTime } from './records/world-time.ts'
import { rememberClients } from './remember-clients.ts'
import { discoveryAs } from './replies/discovery.ts'
import { createFaultStrike, holdBack } from './replies/faults.ts'
import { installFormPost } from './replies/form-post.ts'
import { createNotFound } from './replies/not-found.ts'
import { keepCookiesTimeless } from './replies/timeless-cookies.ts'
import { createLengthCheck } from './replies/too-long.ts'
import { Requests } from './requests.ts'
import { SharedData } from './shared-data.ts'
import { Subjects } from './subjects.ts'

/** The library, configured for one world, the requests that wait in it, and what it holds. */
export interface WorldProvider {
  provider: Provider
  requests: Requests
  sharedData: SharedData
  sessions: Sessions
  tokens: Tokens
  expire: Expire
  forgetPerson: ForgetPerson
}

/** Builds the OpenID Connect provider of one world. */
export function createProvider(options: ProviderOptions): WorldProvider {
  const { issuer, people, clients, journal, random, settings } = options
  const subjects = new Subjects(people)
  const time = new WorldTime({ ...options, realClock: systemClock })
  const findAccount = createAccountFinder({ ...options, subjects })
  const parts: Parts = { subjects, time, findAccount, consented: new Consented(options) }
  const provider = new Provider(issuer, configurationFor(options, parts))
  // Host and scheme come from the entrance, which lets nothing of the kind through from the wire.
  provider.proxy = true
  if (options.internalUrl !== undefined) installBackChannel(provider, options.internalUrl)
  subjects.install(provider)
  installDecisions(provider)
  installLeniency(provider)
  rememberClients(provider, clients)
  installFormPost(provider, options)
  installStamps(provider, time)
  installOrigins(provider, random)
  if (options.isSeeded === true) seedIds(provider, random)
  watchLogoutTokens(provider, (delivery) => journal.record(deliveryEntry(delivery)))
  installMiddleware(provider, options, parts)
  const claimsSupported = new Set(Object.values(scopeClaims).flat())
  const all = { ...options, ...parts, provider }
  const sessions = new Sessions(all)
  return {
    provider,
    requests: new Requests({ ...all, claimsSupported }),
    sharedData: new SharedData(all),
    sessions,
    tokens: new Tokens({ ...all, accessTokenSeconds: settings.access_token_seconds }),
    expire: createExpire(all),
    forgetPerson: createForgetPerson({ ...all, sessions }),
  }
}

function installMiddleware(
  provider: Provider,
  options: ProviderOptions,
  { subjects, time }: Parts,
): void {
  const { journal, keys, log, settings } = options
  const record = createRequestRecord(provider, journal)
  provider.use((ctx, next) => {
    time.hold(ctx)
    return next()
  })
  provider.use(holdBack as never)
  const strike = createFaultStrike(options.faults)
  provider.use(createUnitOfWork({ ...options, strike, record }) as never)
  provider.use(createLengthCheck(options.pages) as never)
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
    // Nothing has no type, and there are libraries that refuse any but JSON. RFC 7009 §2.2.
    else if (route === 'revocation' && ctx.body === '') ctx.remove('Content-Type')
    else if (route === 'introspection' && time.isInStamps) ctx.body = repliedIn(time, ctx.body)
  })
  provider.use(createSilentSignOut(subjects) as never)
  provider.use(createWhoseSignOut({ ...options, subjects }) as never)
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

/** What is told of a token, in the time of the relying parties. As a JWT it says so already. */
const repliedIn = (time: WorldTime, body: unknown): unknown =>
  typeof body === 'string'
    ? body
    : timesInWorld(body as Record<string, unknown>, ['iat', 'exp'], time)
