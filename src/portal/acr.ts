import type { Identity } from './relying-party.ts'
import type { Service } from './services.ts'

/**
 * What the provider calls its levels. Every provider has its own names, so a portal configures
 * them.
 */
export interface AcrNames {
  /** Levels of the account. */
  level: Readonly<Record<1 | 2, string>>
  /** Levels of the authentication, which is another scale. */
  authentication: Readonly<Record<1 | 2 | 3 | 4, string>>
}

export const defaultAcrNames: AcrNames = {
  level: { 1: 'urn:mock-vneid:level:1', 2: 'urn:mock-vneid:level:2' },
  authentication: {
    1: 'urn:mock-vneid:authentication:1',
    2: 'urn:mock-vneid:authentication:2',
    3: 'urn:mock-vneid:authentication:3',
    4: 'urn:mock-vneid:authentication:4',
  },
}

/**
 * The next `acr` that a person must still show before they may file, or `undefined` when none is
 * missing. One at a time, because an ID token names one.
 */
export function missingAcr(
  service: Service,
  proven: ReadonlySet<string>,
  names: AcrNames,
): string | undefined {
  if (!isProven(names.level, service.level, proven)) return names.level[service.level]
  const wanted = service.authenticationLevel
  if (wanted === undefined || isProven(names.authentication, wanted, proven)) return undefined
  return names.authentication[wanted]
}

/**
 * The level of the account that is signed in, where it is known and too low for a service: no
 * step-up can raise it. The claim is of whom the person acts for, so it counts only for oneself.
 */
export function levelTooLow({ level }: Service, identity: Identity): 1 | 2 | undefined {
  const { claims, profile } = identity
  const has = profile['account_level']
  const isOwn = claims.act === undefined
  return isOwn && (has === 1 || has === 2) && has < level ? has : undefined
}

/** Which scale an `acr` is on, and where; `undefined` for a name we do not know. */
export function readAcr(
  acr: string | undefined,
  names: AcrNames,
): { scale: keyof AcrNames; value: number } | undefined {
  for (const scale of ['level', 'authentication'] as const) {
    const found = Object.entries(names[scale]).find(([, name]) => name === acr)
    if (found) return { scale, value: Number(found[0]) }
  }
  return undefined
}

/** A higher level satisfies a lower need. */
function isProven(
  scale: Readonly<Record<number, string>>,
  needed: number,
  proven: ReadonlySet<string>,
): boolean {
  return Object.entries(scale).some(([value, name]) => Number(value) >= needed && proven.has(name))
}
