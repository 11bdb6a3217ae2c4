import type { Grant, Provider } from 'oidc-provider'
import {
  claimsOpened,
  companionsOf,
  leading,
  withNewer,
  type Decision,
  type Decisions,
} from '../signin/index.ts'
import type { ActingGrant } from './subjects.ts'

/** What is granted: by whom, on whose behalf, to whom. */
export interface GrantOptions {
  accountId: string
  /** The subject acted for: the person's own id when they act for themselves. */
  subjectId: string
  clientId: string
  scope: string
  claims: Iterable<string>
  /** What the person said, claim by claim, or that they agreed to everything. Nothing new, without. */
  agreement?: Decisions | Agreed | undefined
  /** A grant to add to, where it is of the same person and subject. */
  known?: Grant | undefined
}

/** To everything that is asked, unseen. */
export interface Agreed {
  toEverythingAt: number
}

/** What the library's grant carries besides its own fields: what was said of each claim. */
export interface DecidedGrant {
  decisions?: Decisions
  rejected?: { openid?: { claims?: string[] } } | undefined
}

/** Lets grants carry what was said of each claim. */
export function installDecisions(provider: Provider): void {
  const { IN_PAYLOAD: fields } = provider.Grant as unknown as { IN_PAYLOAD: string[] }
  Object.defineProperty(provider.Grant, 'IN_PAYLOAD', { get: () => [...fields, 'decisions'] })
}

/** The grant with all that is asked for in it, added to the known one where that fits. Not saved. */
export function grantFor(provider: Provider, options: GrantOptions): Grant {
  const { accountId, subjectId, clientId, scope, claims, known, agreement } = options
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
  if (agreement) agree(grant, [...claimsOpened(scope.split(' ')), ...names], agreement)
  return grant
}

/** A grant that is given again lives on from now, and never less long than it did. */
function renewed(grant: Grant): Grant {
  const left = grant.remainingTTL
  Object.assign(grant, { exp: undefined, expiresIn: undefined })
  return Object.assign(grant, { expiresIn: Math.max(left, grant.expiration) })
}

/**
 * Writes down what was said. Of these claims, what is not shared is rejected, which keeps it out of
 * everything that the library issues: also what had no value when it was asked, since nobody saw
 * it.
 */
function agree(grant: Grant, opened: readonly string[], agreement: Decisions | Agreed): void {
  const said = grant as unknown as DecidedGrant
  const isToEverything = isAgreed(agreement)
  const rejected = new Set(said.rejected?.openid?.claims)
  for (const name of leading(opened)) {
    const isShared = isToEverything || agreement[name]?.isShared === true
    for (const one of [name, ...companionsOf(name)])
      if (isShared) rejected.delete(one)
      else rejected.add(one)
  }
  said.rejected = rejected.size === 0 ? undefined : { openid: { claims: [...rejected] } }
  if (!isToEverything) said.decisions = withNewer(said.decisions ?? {}, agreement)
  else if (said.decisions)
    said.decisions = withNewer(said.decisions, toEverything(opened, agreement.toEverythingAt))
}

const isAgreed = (agreement: Decisions | Agreed): agreement is Agreed =>
  typeof agreement['toEverythingAt'] === 'number'

/** Says yes to all of these claims. */
export const toEverything = (opened: readonly string[], since: number): Decisions =>
  Object.fromEntries(
    leading(opened).map((name): [string, Decision] => [name, { isShared: true, since }]),
  )

/** The names of all claims that a kept grant is about. */
export function openedBy({
  openid = {},
}: {
  openid?: { scope?: string; claims?: string[] }
}): string[] {
  return [...claimsOpened(openid.scope?.split(' ') ?? []), ...(openid.claims ?? [])]
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
