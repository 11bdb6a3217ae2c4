import { errors, type KoaContextWithOIDC, type Provider } from 'oidc-provider'
import {
  askedOf,
  whyOf,
  type Journal,
  type JournalEntry,
  type ProviderEndpoint,
} from '../../journal/index.ts'
import { monotonicMs } from '../../kernel/index.ts'
import type { StruckBy } from '../../faults/index.ts'
import { noteOf, signInIdOf, type Delivery, type Failure } from '../notes.ts'

type Entry = Omit<JournalEntry, 'id' | 'at'>

/** Writes down a request that was answered, and what was sent to others on the way. */
export type RecordRequest = (ctx: KoaContextWithOIDC, beganMs: number) => Promise<void>

/** Records what was asked at the provider's endpoints, what was decided, and why. */
export function createRequestRecord(
  provider: Provider,
  journal: Pick<Journal, 'record'>,
): RecordRequest {
  hearDecisions(provider)
  return async (ctx, beganMs) => {
    const route = routeOf(ctx)
    const { deliveries = [], struck } = noteOf(ctx)
    if (route === undefined || (route.startsWith('cors.') && !struck)) return
    for (const delivery of deliveries) await journal.record(deliveryEntry(delivery))
    await journal.record(requestEntry(ctx, route, beganMs))
  }
}

/** What the library says of its decisions, by the names of its events. */
const decisions: Readonly<Record<string, string>> = {
  'authorization.success': 'code issued',
  'interaction.started': 'sent to a page',
  'grant.success': 'tokens issued',
  'end_session.success': 'signed out',
}

const failures = [
  'authorization.error',
  'discovery.error',
  'end_session.error',
  'end_session_confirm.error',
  'end_session_success.error',
  'grant.error',
  'introspection.error',
  'jwks.error',
  'pushed_authorization_request.error',
  'revocation.error',
  'server_error',
  'userinfo.error',
]

function hearDecisions(provider: Provider): void {
  const events: NodeJS.EventEmitter = provider
  for (const [event, decided] of Object.entries(decisions))
    events.on(event, (ctx: KoaContextWithOIDC) => {
      noteOf(ctx).decided = decided
    })
  for (const event of failures)
    events.on(event, (ctx: KoaContextWithOIDC, error: Error) => {
      noteOf(ctx).failure = failureOf(error)
    })
}

function failureOf(error: Error): Failure {
  if (!(error instanceof errors.OIDCProviderError)) return { error: 'server_error' }
  const { error: code, error_description, error_detail, cause } = error
  return { error: code, error_description, error_detail, cause }
}

/** The library's routes are those that the journal knows: a test sees to it. */
const routeOf = ({ oidc }: KoaContextWithOIDC) => oidc?.route as ProviderEndpoint | undefined

/** Where a request was answered, and whose it was, as far as that was found out. */
export function whereOf(
  ctx: KoaContextWithOIDC,
): Pick<JournalEntry, 'endpoint' | 'clientId' | 'personId' | 'signInId'> | undefined {
  const { oidc } = ctx
  const endpoint = routeOf(ctx)
  if (endpoint === undefined) return undefined
  const clientId = oidc.client?.clientId
  const personId = noteOf(ctx).personId ?? oidc.account?.accountId ?? oidc.session?.accountId
  const signInId = signInIdOf(ctx)
  return {
    endpoint,
    ...(clientId === undefined ? {} : { clientId }),
    ...(personId === undefined ? {} : { personId }),
    ...(signInId === undefined ? {} : { signInId }),
  }
}

function requestEntry(ctx: KoaContextWithOIDC, route: ProviderEndpoint, beganMs: number): Entry {
  const { method, path, status } = ctx
  const { struck } = noteOf(ctx)
  const asked = parametersOf(ctx)
  const outcome = outcomeOf(ctx, route, asked)
  return {
    ...whereOf(ctx),
    endpoint: route,
    method,
    path,
    status,
    asked: askedOf(asked),
    ...(struck ? struckOutcome(struck, outcome) : outcome),
    durationMs: since(beganMs),
  }
}

type Outcome = Pick<Entry, 'decided' | 'isOk' | 'why'>

function outcomeOf(
  ctx: KoaContextWithOIDC,
  endpoint: string,
  { grant_type: grantType }: Record<string, unknown>,
): Outcome {
  const { failure, decided: said, meant = ctx } = noteOf(ctx)
  if (failure) {
    const { error: decided, error_description: description, error_detail: detail } = failure
    return { decided, isOk: false, why: whyOf(decided, { endpoint, description, detail }) }
  }
  const decided = said ?? otherwise(meant, endpoint)
  const isKnown = typeof grantType === 'string' && said === 'tokens issued'
  const why = whyOf(decided, { endpoint, ...(isKnown ? { grantType } : {}) })
  return { decided, isOk: meant.status < 400, why }
}

/** What was decided is as good as not done, where the reply does not say it. */
function struckOutcome({ fault, struck, source }: StruckBy, { decided, isOk }: Outcome): Outcome {
  const isLateOnly = struck.body === undefined
  const rule = `the fault "${fault}" was armed for this: what was decided (${decided}) ${
    isLateOnly ? 'was told late' : 'was not told'
  }`
  return { decided: `fault ${fault}`, isOk: isOk && isLateOnly, why: { rule, source } }
}

function parametersOf({ method, query, oidc }: KoaContextWithOIDC): Record<string, unknown> {
  return method === 'POST' ? { ...query, ...(oidc.body as object | undefined) } : query
}

/** Of endpoints that decide one thing only, or say it in their reply. */
function otherwise({ body, status }: { body: unknown; status: number }, route: string): string {
  if (status >= 400) return `answered ${status}`
  if (route === 'introspection') {
    // As a JWT it says so to the caller only.
    const isActive = (body as { active?: boolean }).active
    return isActive === undefined ? 'token described' : isActive ? 'token active' : 'token inactive'
  }
  return given[route] ?? 'answered'
}

const given: Readonly<Record<string, string>> = {
  authorization: 'sent to a page',
  discovery: 'document given',
  end_session: 'sent to a page',
  end_session_success: 'page shown',
  jwks: 'keys given',
  pushed_authorization_request: 'request kept',
  resume: 'sent to a page',
  revocation: 'token revoked',
  userinfo: 'claims given',
}

/** What became of a logout token, for the journal. */
export function deliveryEntry(delivery: Delivery): Entry {
  const { clientId, personId, signInId, uri, isDelivered, status, problem, durationMs } = delivery
  return {
    endpoint: 'back-channel-logout',
    method: 'POST',
    path: uri,
    ...(status === undefined ? {} : { status }),
    clientId,
    personId,
    ...(signInId === undefined ? {} : { signInId }),
    asked: askedOf({ logout_token: 'sent' }),
    decided: isDelivered ? 'logout token delivered' : 'logout token not delivered',
    isOk: isDelivered,
    why: {
      rule: ['whoever ended the session tells every relying party of it', problem]
        .filter((text) => text !== undefined)
        .join(': '),
      source: 'OpenID Connect Back-Channel Logout §2.5',
    },
    durationMs: rounded(durationMs),
  }
}

const since = (beganMs: number) => rounded(monotonicMs() - beganMs)

const rounded = (ms: number) => Math.round(ms * 1000) / 1000
