import { errors, type Account, type Client, type KoaContextWithOIDC } from 'oidc-provider'
import { claimsOf, type Claims, type People, type Person } from '../accounts/index.ts'
import type { Clients } from '../clients/index.ts'
import { authenticationLevel, factorsOf, type Factor, type SignIns } from '../signin/index.ts'
import { askedAcr } from './demand.ts'
import { noteOf } from './notes.ts'
import { subjectIdOf, type Subjects } from './subjects.ts'

/** The library's `findAccount`. */
export type AccountFinder = (
  ctx: KoaContextWithOIDC,
  id: string,
  /** The code or token by which somebody comes back. */
  token?: object,
) => Promise<Account | undefined>

interface TokenLike {
  clientId?: string
  amr?: string[]
  /** What was asked for by the claims parameter. */
  claims?: object
  extra?: { authentication_level?: number }
}

export interface AccountFinderOptions {
  people: People
  clients: Clients
  signIns: SignIns
  subjects: Subjects
}

/**
 * Finds the account of the person at the keyboard. One that cannot be used any more is not found,
 * so that refresh and userinfo refuse from the moment it was locked, closed, or its holder died; or
 * from when its level is below what the relying party demands of everybody, or demanded of this
 * sign-in; or they may not act any more for whom the grant was given.
 */
export function createAccountFinder(options: AccountFinderOptions): AccountFinder {
  const { people, subjects } = options
  return async (ctx, accountId, token) => {
    const person = await people.find(accountId)
    if (person === undefined || (await people.whyUnusable(person))) return undefined
    if (token && (await isTooLow(options, person, token))) return undefined
    if (!(await mayActFor(people, person, subjectIdOf(ctx, accountId)))) return undefined
    return {
      accountId,
      claims: async () => {
        const subjectId = subjectIdOf(ctx, accountId)
        // Of userinfo, the library finds the grant only after the account.
        if (!(await mayActFor(people, person, subjectId)))
          throw new errors.InvalidToken('the person may not act for the subject any more')
        const claims = await claimsOf({ people, subjectId, actorId: accountId })
        const { client } = ctx.oidc
        const act =
          subjectId === accountId || client === undefined
            ? undefined
            : await actFor(claims['act'], accountId, client, subjects)
        const level = authenticationLevelOf(ctx)
        return {
          ...withInstead(claims, noteOf(ctx).claimsInstead),
          sub: accountId,
          ...(act ? { act } : {}),
          ...(level === undefined ? {} : { authentication_level: level }),
        }
      },
    }
  }
}

/** Whether the account's level was lowered below what it took to be given this code or token. */
async function isTooLow(
  { clients, signIns }: AccountFinderOptions,
  { account: { level: accountLevel } }: Person,
  { clientId = '', claims }: TokenLike,
): Promise<boolean> {
  const client = await clients.find(clientId)
  if (accountLevel < (client?.minimum_level ?? 1)) return true
  const asked = askedAcr({ claims: claims && JSON.stringify(claims) })
  return signIns.gap(asked, { accountLevel, factors: everyFactor }) === 'account-level'
}

/** What was proved when they signed in stays proved. */
const everyFactor: readonly Factor[] = ['password', 'app-code', 'passcode', 'face']

/** Whether somebody may still act for a child, ward or organisation; for themselves they may. */
export async function mayActFor(
  people: People,
  person: Person,
  subjectId: string,
): Promise<boolean> {
  if (subjectId === person.id) return true
  const roles = await people.rolesOf(person)
  return roles.some((role) => role.subjectId === subjectId)
}

/** What the sign-in says of them wins over what is known; what it says to be nothing is left out. */
function withInstead(claims: Claims, instead: Claims | undefined): Claims {
  if (instead === undefined) return claims
  const said = Object.entries({ ...claims, ...instead })
  return Object.fromEntries(said.filter(([, value]) => value !== null))
}

/** The actor, with the `sub` that this relying party knows them by. RFC 8693 §4.1. */
async function actFor(
  act: unknown,
  actorId: string,
  client: Client,
  subjects: Subjects,
): Promise<Record<string, unknown>> {
  return { ...(act as Record<string, unknown>), sub: await subjects.wireSub(actorId, client) }
}

/** By the methods behind the code or refresh token, or as the access token carried it along. */
export function authenticationLevelOf({ oidc }: KoaContextWithOIDC): number | undefined {
  const { AuthorizationCode, RefreshToken, AccessToken } = oidc.entities
  const source = (AuthorizationCode ?? RefreshToken) as TokenLike | undefined
  if (source?.amr) return authenticationLevel(factorsOf(source.amr))
  return (AccessToken as TokenLike | undefined)?.extra?.authentication_level
}

/** What an access token carries along, for userinfo and introspection. */
export function createTokenClaims(
  people: People,
  subjects: Subjects,
): (ctx: KoaContextWithOIDC) => Promise<Record<string, unknown> | undefined> {
  return async (ctx) => {
    const { account, client } = ctx.oidc
    if (!account || !client) return undefined
    const level = authenticationLevelOf(ctx)
    const actorId = account.accountId
    const subjectId = subjectIdOf(ctx, actorId)
    const act =
      subjectId === actorId ? undefined : (await claimsOf({ people, subjectId, actorId }))['act']
    return {
      ...(level === undefined ? {} : { authentication_level: level }),
      ...(act ? { act: await actFor(act, actorId, client, subjects) } : {}),
    }
  }
}
