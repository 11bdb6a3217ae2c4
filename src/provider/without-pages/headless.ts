import { errors, type Grant, type KoaContextWithOIDC } from 'oidc-provider'
import { roleKinds } from '../../clients/index.ts'
import type { Random } from '../../kernel/index.ts'
import {
  ClaimNotOptional,
  factorsOf,
  NoProgress,
  rolesAllowed,
  RoleNotFound,
  type AutomaticUser,
  type Beginning,
  type Journey,
  type SignIn,
  type SignIns,
} from '../../signin/index.ts'
import type { AccountFinder } from '../account.ts'
import { automaticUserOf, type AutomaticUserOptions, type PlannedUser } from './automatic-user.ts'
import type { Consented } from '../consented.ts'
import { askedClaims, demandOf, insistedSub, promptsOf, type RequestParams } from '../demand.ts'
import { inErrorDescription } from '../replies/error-description.ts'
import { grantFor, subjectOf } from '../grants.ts'
import { noteOf } from '../notes.ts'
import { loginOf } from '../outcome.ts'
import { otherPerson, toLibraryError } from '../refusals.ts'
import { switchPerson } from '../logout/session-end.ts'
import type { Subjects } from '../subjects.ts'

export interface HeadlessOptions extends AutomaticUserOptions {
  signIns: SignIns
  random: Random
  defaultJourney: Journey
  findAccount: AccountFinder
  subjects: Subjects
  consented: Consented
}

const isHeadless = Symbol('signed in without a page')

/** Whether this very request signed somebody in: what it leaves behind lives minutes. */
export const hasSignedInWithoutPages = (ctx: KoaContextWithOIDC | undefined): boolean =>
  ctx !== undefined && isHeadless in ctx

/**
 * Signs an automatic user in inside the authorization request itself: the same sign-in that a
 * browser walks, without pages and without bouncing through redirects. Runs before every other
 * prompt of the library, which then finds nothing left to ask.
 */
export async function signInWithoutPages(
  ctx: KoaContextWithOIDC,
  options: HeadlessOptions,
): Promise<void> {
  const { oidc } = ctx
  if (oidc.result !== undefined) return
  const planned = await automaticUserOf(ctx, options)
  if (planned === undefined) return
  const { user, plan } = planned
  const note = noteOf(ctx)
  note.personId = user.person.id
  if (oidc.prompts.has('none')) await checkUnchanged(ctx, user, options)

  const signIn = await walk(ctx, planned, options)
  if (signIn.refusal) throw toLibraryError(signIn.refusal)
  await checkInsistedSub(ctx, signIn, options)
  if (plan?.claims) note.claimsInstead = plan.claims
  Object.assign(ctx, { [isHeadless]: true })
  await signInto(ctx, user, signIn, options)
}

/**
 * A request that may show no page changes neither who is signed in nor on whose behalf they are at
 * this relying party. A role that they do not have is left to the sign-in, which says so.
 */
async function checkUnchanged(
  { oidc }: KoaContextWithOIDC,
  { person, subjectId }: AutomaticUser,
  { people, clients }: HeadlessOptions,
): Promise<void> {
  if (oidc.session!.accountId !== person.id)
    throw new errors.LoginRequired('the person named is not the one signed in')
  const grant = oidc.entities.Grant
  if (grant === undefined) return
  const { allow = roleKinds } = (await clients.find(oidc.client!.clientId))!
  const roles = (await rolesAllowed(people, person, allow)).map((role) => role.subjectId)
  const wanted = subjectId ?? roles[0]
  if (wanted !== undefined && roles.includes(wanted) && wanted !== subjectOf(grant))
    throw new errors.LoginRequired('the person named is signed in on behalf of another')
}

/** Somebody else than the request insists on is an error, not a page. OpenID Connect Core §3.1.2.1. */
async function checkInsistedSub(
  { oidc }: KoaContextWithOIDC,
  { personId, role }: SignIn,
  { subjects }: HeadlessOptions,
): Promise<void> {
  const insisted = insistedSub(oidc.params as RequestParams)
  if (insisted === undefined) return
  const sub = await subjects.wireSub(role?.subjectId ?? personId!, oidc.client!)
  if (sub !== insisted) throw new errors.LoginRequired(otherPerson)
}

async function walk(
  ctx: KoaContextWithOIDC,
  planned: PlannedUser,
  options: HeadlessOptions,
): Promise<SignIn> {
  const id = planned.plan?.signInId ?? options.random.id()
  noteOf(ctx).signInId = id
  try {
    const beginning = await beginningOf(ctx, planned, options)
    return await options.signIns.signInAs(beginning, planned.user, { id })
  } catch (error) {
    if (
      error instanceof RoleNotFound ||
      error instanceof ClaimNotOptional ||
      error instanceof NoProgress
    )
      throw new errors.InvalidRequest(inErrorDescription(error.message))
    throw error
  }
}

async function beginningOf(
  { oidc }: KoaContextWithOIDC,
  { user: { person, subjectId, withholds = [] }, plan }: PlannedUser,
  { clients, defaultJourney, consented, signIns }: HeadlessOptions,
): Promise<Beginning> {
  const session = oidc.session!
  const params = oidc.params as RequestParams & { max_age?: number }
  const client = (await clients.find(oidc.client!.clientId))!
  const { journey } = plan ?? {}
  const demand = {
    ...demandOf(client, params, defaultJourney),
    ...(journey === undefined ? {} : { journey }),
    ...(withholds.length === 0
      ? {}
      : { mustConsent: true, asked: askedClaims(client, params, signIns.optionalClaims) }),
  }
  const isKnown =
    session.accountId === person.id &&
    !promptsOf(params).includes('login') &&
    !(params.max_age !== undefined && session.past(params.max_age))
  if (!isKnown) return { demand }
  const grant = oidc.entities.Grant
  const isCovered =
    grant?.jti !== undefined &&
    subjectOf(grant) === (subjectId ?? person.id) &&
    (await consented.covers(grant, params, oidc.requestParamClaims))
  return {
    demand,
    known: { personId: person.id, factors: factorsOf(session.amr ?? []) },
    ...(isCovered
      ? { remembered: { personId: person.id, subjectId: subjectId ?? person.id, isKept: true } }
      : {}),
  }
}

async function signInto(
  ctx: KoaContextWithOIDC,
  { person }: AutomaticUser,
  signIn: SignIn,
  { signIns, random, findAccount }: HeadlessOptions,
): Promise<void> {
  const { oidc } = ctx
  const { provider, client } = oidc
  const session = oidc.session!
  const accountId = person.id
  const isSwitch = session.accountId !== undefined && session.accountId !== accountId
  if (isSwitch) await switchPerson(provider, session, random.id())

  const isThere = session.accountId === accountId
  const login = loginOf(signIns, signIn, person, isThere ? session : undefined)
  const isNew = !isThere || signIn.hasIdentified === true
  const isRaised = session.acr !== login.acr || session.amr?.join() !== login.amr.join()
  if (isNew || isRaised) session.loginAccount(login)

  if (isNew || !oidc.account) oidc.entity('Account', await findAccount(ctx, accountId))
  const grant = await grantInto(ctx, signIn, { accountId, isSwitch, now: signIns.consents.now() })
  session.ensureClientContainer(client!.clientId)
  session.grantIdFor(client!.clientId, grant.jti)
  oidc.entity('Grant', grant)
  Object.assign(oidc, { result: { login: { accountId }, consent: { grantId: grant.jti } } })
  if (!oidc.prompts.has('none')) oidc.params!['prompt'] = undefined
}

async function grantInto(
  { oidc }: KoaContextWithOIDC,
  signIn: SignIn,
  { accountId, isSwitch, now }: { accountId: string; isSwitch: boolean; now: number },
): Promise<Grant> {
  const { provider, client } = oidc
  const known = isSwitch ? undefined : oidc.entities.Grant
  const grant = grantFor(provider, {
    accountId,
    subjectId: signIn.role?.subjectId ?? accountId,
    clientId: client!.clientId,
    scope: String(oidc.params!['scope']),
    claims: oidc.requestParamClaims,
    known: known?.jti === undefined ? undefined : known,
    agreement: signIn.decisions ?? (signIn.hasConsented ? { toEverythingAt: now } : undefined),
  })
  for (const [resource, server] of Object.entries(oidc.resourceServers ?? {}))
    grant.addResourceScope(
      resource,
      [...oidc.requestParamScopes].filter((scope) => server.scopes.has(scope)).join(' '),
    )
  await grant.save()
  return grant
}
