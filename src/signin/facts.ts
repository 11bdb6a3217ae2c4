import type { Factor } from './factors.ts'
import type { AnswerProblem, Refusal, SignIn, Step } from './sign-in.ts'

/** Whether the person must still agree to what is shared. */
export function needsConsent({
  demand,
  hasConsented,
  remembered,
  personId,
  role,
}: SignIn): boolean {
  if (hasConsented) return false
  if (demand.mustConsent) return true
  if (demand.journey === 'short') return false
  const { personId: by, subjectId: onBehalfOf } = remembered ?? {}
  return !(remembered && by === personId && onBehalfOf === role?.subjectId)
}

/** Whether the passcode must still seal what was done in this sign-in. */
export function needsPasscode({
  demand,
  hasGivenPasscode,
  hasIdentified,
  hasConsented,
}: SignIn): boolean {
  return demand.journey === 'full' && !hasGivenPasscode && Boolean(hasIdentified || hasConsented)
}

/** At this step. */
export const at = (signIn: SignIn, step: Step): SignIn => ({ ...signIn, step })

/** Still here, because something was wrong with the answer. */
export const wrong = (signIn: SignIn, problem: AnswerProblem): SignIn => ({ ...signIn, problem })

/** Over, and this is why. */
export const refused = (signIn: SignIn, refusal: Refusal): SignIn => ({
  ...signIn,
  step: 'refused',
  refusal,
})

/** Over, until the lock ends. */
export const lockedOut = (signIn: SignIn, lockedUntil: number): SignIn => ({
  ...refused(signIn, 'locked_out'),
  lockedUntil,
})

/** One factor more. */
export const proved = (signIn: SignIn, factor: Factor): SignIn => ({
  ...signIn,
  factors: [...new Set([...signIn.factors, factor])],
})

/** Somebody else than the browser knows: nothing of what was known holds. */
export function strangers(signIn: SignIn): SignIn {
  const { mustConfirm: _confirm, personId: _person, remembered: _consent, ...rest } = signIn
  return { ...rest, factors: [] }
}

/** One fact less. */
export function without(signIn: SignIn, fact: 'challenge' | 'mustConfirm' | 'withheld'): SignIn {
  const { [fact]: _gone, ...rest } = signIn
  return rest
}
