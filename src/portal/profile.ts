import type { AcrNames } from './acr.ts'
import { readAcr } from './acr.ts'
import type { Identity } from './relying-party.ts'

/** One claim, or one part of a claim that has parts, for people to read. */
export interface ClaimRow {
  claim: string
  /** Where in the claim: `address.formatted`, or the claim's own name. */
  path: string
  value: string
}

/** What the profile page shows: who signed in, for whom, and how sure the provider was of it. */
export interface Profile {
  name: string
  /** Who sat at the keyboard, when not the person or organisation signed in for. */
  actor?: string
  accountType?: string
  accountLevel?: number
  acr?: { name: string; scale?: keyof AcrNames; value?: number }
  amr: readonly string[]
  authenticationLevel?: number
  signedInAt?: string
  rows: readonly ClaimRow[]
  /** The ID token's claims as they were signed. */
  idToken: string
}

/** What to call whoever signed in: a person's or an organisation's name. */
export function displayName({ claims, profile }: Identity): string {
  return profile.name ?? organizationName(profile) ?? claims.sub
}

export function profileOf(identity: Identity, acrNames: AcrNames, language: string): Profile {
  const { claims, profile } = identity
  const { acr, act, auth_time, authentication_level } = claims
  const accountType = profile['account_type']
  const accountLevel = profile['account_level']
  return {
    name: displayName(identity),
    ...(act && { actor: act.name ?? act.sub }),
    ...(typeof accountType === 'string' && { accountType }),
    ...(typeof accountLevel === 'number' && { accountLevel }),
    ...(acr !== undefined && { acr: { name: acr, ...readAcr(acr, acrNames) } }),
    amr: claims.amr ?? [],
    ...(authentication_level !== undefined && { authenticationLevel: authentication_level }),
    ...(auth_time !== undefined && { signedInAt: momentInVietNam(auth_time * 1000, language) }),
    rows: Object.entries(profile).flatMap(([claim, value]) =>
      typeof value === 'number' && claim === 'updated_at'
        ? { claim, path: claim, value: momentInVietNam(value * 1000, language) }
        : rowsOf(claim, value),
    ),
    idToken: JSON.stringify(claims, undefined, 2),
  }
}

/** A moment as clocks in Viet Nam show it: `09:00:00 ngày 15/01/2026`. */
export function momentInVietNam(ms: number, language: string): string {
  const timeZone = 'Asia/Ho_Chi_Minh'
  if (language !== 'vi')
    return new Intl.DateTimeFormat('en-GB', {
      dateStyle: 'long',
      timeStyle: 'medium',
      timeZone,
    }).format(ms)
  const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone }).format(ms)
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'short', timeZone }).format(ms)
  return `${time} ngày ${day}`
}

function rowsOf(claim: string, value: unknown, path: string = claim): ClaimRow[] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, part]) => rowsOf(claim, part, `${path}.${key}`))
  return [{ claim, path, value: typeof value === 'string' ? value : JSON.stringify(value) }]
}

function organizationName(profile: Identity['profile']): string | undefined {
  const organization = profile['organization']
  if (typeof organization !== 'object' || organization === null) return undefined
  const { name } = organization as { name?: unknown }
  return typeof name === 'string' ? name : undefined
}
