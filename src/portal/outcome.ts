import { AuthorizationResponseError } from 'openid-client'
import { readAcr, type AcrNames } from './acr.ts'
import { ProviderUnreachable } from './errors.ts'
import type { Attempt } from './relying-party.ts'
import { loginPath, show, type Parts, type PortalContext } from './visit.ts'

/** How something ended that did not end well, as messages say it: `portal.outcome.<name>`. */
export interface Outcome {
  name: string
  status: number
  /** What else the message names. */
  values?: Readonly<Record<string, string | number>>
  /** What a developer looks for, in small type. */
  code?: string
  /** What the person can press, the likeliest first. */
  actions?: readonly { label: 'retry' | 'other_account' | 'home' | 'profile'; href: string }[]
}

/** What the provider may say after "access_denied", as the first word of the description. */
const refusals = new Set([
  'cancelled',
  'consent_refused',
  'expired',
  'locked_out',
  'account_not_activated',
  'account_locked',
  'account_cancelled',
  'card_expired',
  'deceased',
  'guardian_unable',
  'role_not_allowed',
])

const home = { label: 'home', href: '/' } as const

/** A page that says what happened and what the person can do about it. */
export function showOutcome(ctx: PortalContext, parts: Parts, outcome: Outcome): void {
  const { name, status, values, code, actions = [home] } = outcome
  const { language } = ctx.state.visit
  const text = (part: string) =>
    parts.pages.text(language, `portal.outcome.${name}.${part}`, values)
  const data = { heading: text('heading'), message: text('message'), advice: text('advice') }
  show(ctx, parts, 'outcome', { ...data, code, actions }, status)
}

/** The answer belongs to no sign-in that this browser has open: replayed, forged, or too old. */
export function unknownSignIn(isSignedIn: boolean): Outcome {
  return isSignedIn
    ? { name: 'answered', status: 400, actions: [{ label: 'profile', href: '/profile' }, home] }
    : { name: 'unknown', status: 400, actions: [{ label: 'retry', href: loginPath('/') }, home] }
}

/** What a failed answer to a sign-in means for the person. */
export function outcomeOf(error: unknown, attempt: Attempt, acrNames: AcrNames): Outcome {
  const actions = [
    { label: 'retry', href: retryPath(attempt) },
    { label: 'other_account', href: loginPath(attempt.returnTo, { otherAccount: true }) },
    home,
  ] as const
  if (isUnreachable(error)) return { name: 'unreachable', status: 503, actions: [actions[0], home] }
  if (!(error instanceof AuthorizationResponseError))
    return { name: 'unverified', status: 400, code: codeOf(error), actions }
  return { ...refusalOf(error, attempt, acrNames), actions }
}

/** The provider said "no" to the level a service needs, or the answer does not show that level. */
export function levelOutcome(acr: string | undefined, names: AcrNames): Outcome {
  const needed = readAcr(acr, names)
  if (!needed) return { name: 'level_refused', status: 403 }
  const name = needed.scale === 'level' ? 'level_too_low' : 'authentication_too_low'
  return { name, status: 403, values: { level: needed.value } }
}

export function isUnreachable(error: unknown): boolean {
  if (error instanceof ProviderUnreachable) return true
  if (!(error instanceof Error)) return false
  if ('code' in error && error.code === 'OAUTH_TIMEOUT') return true
  return error.cause !== undefined && isUnreachable(error.cause)
}

function refusalOf(
  { error, error_description }: AuthorizationResponseError,
  attempt: Attempt,
  acrNames: AcrNames,
): Outcome {
  const [reason = ''] = (error_description ?? '').split(/[^a-z_]/)
  switch (error) {
    case 'access_denied':
      return refusals.has(reason)
        ? { name: reason, status: 403, code: `${error}: ${reason}` }
        : { name: 'denied', status: 403, code: error }
    case 'unmet_authentication_requirements':
      return { ...levelOutcome(attempt.essentialAcr, acrNames), code: error }
    case 'temporarily_unavailable':
      return { name: 'maintenance', status: 503, code: error }
    case 'login_required':
      return { name: 'login_required', status: 401, code: error }
    default:
      return { name: 'failed', status: 400, code: error }
  }
}

/** A step-up is asked for by the page that needs it, which then asks for what is still missing. */
function retryPath({ essentialAcr, returnTo }: Attempt): string {
  return essentialAcr === undefined ? loginPath(returnTo) : returnTo
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unverified'
}
