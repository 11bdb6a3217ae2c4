import type { Client, Grant, KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { People } from '../accounts/index.ts'
import { roleKinds, type Clients } from '../clients/index.ts'
import { rolesAllowed, type Journey } from '../signin/index.ts'
import type { RequestParams } from './demand.ts'
import type { ActingGrant } from './subjects.ts'

/** What is granted: by whom, on whose behalf, to whom. */
export interface GrantOptions {
  accountId: string
  /** The subject acted for: the person's own id when they act for themselves. */
  subjectId: string
  clientId: string
  scope: string
  claims: Iterable<string>
  /** A grant to add to, where it is of the same person and subject. */
  known?: Grant | undefined
}

/** The grant with all that is asked for in it, added to the known one where that fits. Not saved. */
export function grantFor(provider: Provider, options: GrantOptions): Grant {
  const { accountId, subjectId, clientId, scope, claims, known } = options
  const onBehalfOf = subjectId === accountId ? undefined : subjectId
  const isFitting =
    known?.accountId === accountId && (known as ActingGrant).onBehalfOf === onBehalfOf
  const grant =
    known && isFitting
      ? renewed(known)
      : Object.assign(
          new provider.Grant({ accountId, clientId }),
          onBehalfOf === undefined ? {} : { onBehalfOf },
        )
  grant.addOIDCScope(scope)
  const names = [...claims]
  if (names.length > 0) grant.addOIDCClaims(names)
  return grant
}

/** A grant that is given again lives on from now, and never less long than it did. */
function renewed(grant: Grant): Grant {
  const left = grant.remainingTTL
  Object.assign(grant, { exp: undefined, expiresIn: undefined })
  return Object.assign(grant, { expiresIn: Math.max(left, grant.expiration) })
}

/** The subject that a grant was given for. */
export function subjectOf(grant: Grant): string | undefined {
  const { accountId, onBehalfOf } = grant as ActingGrant
  return onBehalfOf ?? accountId
}

/** Whether nothing of what is asked now was left open when the grant was given. */
export function covers(grant: Grant, scopes: readonly string[], claims: Iterable<string>): boolean {
  const scopesSeen = new Set(grant.getOIDCScopeEncountered().split(' '))
  const claimsSeen = new Set(grant.getOIDCClaimsEncountered())
  return (
    scopes.every((scope) => scopesSeen.has(scope)) &&
    [...claims].every((claim) => claimsSeen.has(claim) || neverConsented.has(claim))
  )
}

/** Claims about the sign-in itself, which need nobody's consent. */
const neverConsented = new Set(['sub', 'sid', 'auth_time', 'acr', 'amr', 'iss'])

/**
 * The library's `loadExistingGrant`: the grant of this session, or in the short journey, which asks
 * for no consent, one given silently where there is no role to choose.
 */
export function createGrantLoader(options: {
  people: People
  clients: Clients
  defaultJourney: Journey
}): (ctx: KoaContextWithOIDC) => Promise<Grant | undefined> {
  return async (ctx) => {
    const { client, session, account, provider, result, params } = ctx.oidc
    if (!client || !session || !account) return undefined
    const grantId = result?.consent?.grantId ?? session.grantIdFor(client.clientId)
    const grant = grantId ? await provider.Grant.find(grantId) : undefined
    if (grant) return grant.accountId === account.accountId ? grant : undefined
    const { people, clients, defaultJourney } = options
    const relyingParty = await clients.find(client.clientId)
    if ((relyingParty?.journey ?? defaultJourney) === 'full') return undefined
    const person = await people.find(account.accountId)
    if (!person) return undefined
    const roles = await rolesAllowed(people, person, relyingParty?.allow ?? roleKinds)
    if (roles.length !== 1 || roles[0]?.subjectId !== person.id) return undefined
    return silentGrant(ctx, client, (params as RequestParams).scope ?? '')
  }
}

async function silentGrant(
  { oidc }: KoaContextWithOIDC,
  client: Client,
  scope: string,
): Promise<Grant> {
  const { accountId } = oidc.account!
  const grant = grantFor(oidc.provider, {
    accountId,
    subjectId: accountId,
    clientId: client.clientId,
    scope,
    claims: oidc.requestParamClaims,
  })
  await grant.save()
  return grant
}
