import type { Level } from '../accounts/index.ts'
import { authenticationLevel, type AuthenticationLevel, type Factor } from './factors.ts'

/**
 * What each level is called in `acr`. Real: the names that the real service uses are not public;
 * portals write them into their code, so they can be set.
 */
export interface LevelNames {
  /** The level of the account that authenticated. */
  account: Readonly<Record<Level, string>>
  /** The authentication level, Decree 69/2024/NĐ-CP Art. 20. */
  authentication: Readonly<Record<AuthenticationLevel, string>>
}

/** How a relying party asked for a level. */
export interface AskedAcr {
  /** The `acr` values, most wanted first. Names we do not know count for nothing. */
  values: readonly string[]
  /** Whether the sign-in must fail when none can be reached. OpenID Connect Core §5.5.1.1. */
  isEssential: boolean
}

/** What a person has reached: the level of their account and the factors they proved. */
export interface Reached {
  accountLevel: Level
  factors: readonly Factor[]
}

type Wanted =
  { scale: 'account'; level: Level } | { scale: 'authentication'; level: AuthenticationLevel }

function meaningOf(name: string, names: LevelNames): Wanted | undefined {
  for (const level of [1, 2] as const)
    if (names.account[level] === name) return { scale: 'account', level }
  for (const level of [1, 2, 3, 4] as const)
    if (names.authentication[level] === name) return { scale: 'authentication', level }
  return undefined
}

function isReached(wanted: Wanted, { accountLevel, factors }: Reached): boolean {
  return wanted.scale === 'account'
    ? accountLevel >= wanted.level
    : authenticationLevel(factors) >= wanted.level
}

/**
 * The `acr` to return: the first asked value that is reached, for a higher level satisfies a lower
 * request (OpenID Connect Core §5.5.1.1); otherwise the level of the account.
 */
export function acrFor(asked: AskedAcr, reached: Reached, names: LevelNames): string {
  const met = asked.values.find((value) => {
    const wanted = meaningOf(value, names)
    return wanted !== undefined && isReached(wanted, reached)
  })
  return met ?? names.account[reached.accountLevel]
}

/**
 * What stands between what was asked and what was reached: nothing, one more factor that would
 * help, or an account level that no factor can raise.
 */
export function gap(
  asked: AskedAcr,
  reached: Reached,
  names: LevelNames,
): 'none' | 'face' | 'account-level' {
  const wanted = asked.values.map((value) => meaningOf(value, names))
  const known = wanted.filter((one) => one !== undefined)
  const withFace: Reached = { ...reached, factors: [...reached.factors, 'face'] }
  const attainable = known.find((one) => isReached(one, withFace))
  if (attainable) return isReached(attainable, reached) ? 'none' : 'face'
  return asked.isEssential && asked.values.length > 0 ? 'account-level' : 'none'
}
