import { errors } from 'oidc-provider'
import type { Refusal } from '../signin/index.ts'

/** What a relying party hears of each refusal. The first word of the description is the reason. */
const descriptions: Record<Refusal, string> = {
  cancelled: 'the person cancelled the sign-in',
  consent_refused: 'the person refused to share their data',
  expired: 'the sign-in took too long',
  locked_out: 'too many wrong tries',
  account_not_activated: 'the account has never been activated',
  account_locked: 'the account is locked',
  account_cancelled: 'the account was closed',
  card_expired: 'the card has expired, which locks the account',
  deceased: 'the person has died',
  guardian_unable: 'no parent or guardian can confirm with an active account of level 2',
  role_not_allowed: 'the person may not act here in the role asked for, or in any',
  level_too_low: 'the account has not the level that was demanded',
}

/** Every way in which a sign-in can be refused. */
export const refusals = Object.keys(descriptions) as readonly Refusal[]

/** The error of RFC 6749 §4.1.2.1, or of OpenID Connect Unmet Authentication Requirements. */
export function protocolErrorOf(refusal: Refusal): { error: string; error_description: string } {
  const error = refusal === 'level_too_low' ? 'unmet_authentication_requirements' : 'access_denied'
  return { error, error_description: `${refusal} (${descriptions[refusal]})` }
}

/** The same as one of the library's errors, to be thrown inside a request. */
export function toLibraryError(refusal: Refusal): errors.OIDCProviderError {
  const { error, error_description: description } = protocolErrorOf(refusal)
  return error === 'access_denied'
    ? new errors.AccessDenied(description)
    : new errors.UnmetAuthenticationRequirements(description)
}

/** Said when a request insists on one person and another one signed in. */
export const otherPerson = 'another person signed in than the one the request insists on'
