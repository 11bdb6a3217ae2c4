/**
 * A sign-in: one person proving who they are to one relying party.
 *
 * One state machine, and this room is the only place where a sign-in changes. Pages, an automatic
 * user and the control API each hold a sign-in's id and ask this room to move it; none of them
 * knows that the others exist.
 *
 * ```
 * select-account? ─▶ identify ─▶ second-factor ─▶ role? ─▶ (level gate, face?)
 *                                                    │
 *                      approved ◀─ passcode? ◀─ consent?
 *
 * at any step: refused, with the reason that the relying party will hear
 * ```
 *
 * A sign-in is a set of facts; each answer adds one and the next step is derived from all of them.
 * Signing in by QR code will be another answer at `identify`.
 *
 * What is answered at each step, and what it came to, is recorded in the journal; codes that were
 * sent are messages, so that a test reads them where a person would.
 *
 * What a person agreed to share is remembered beyond the session, claim by claim, for a while; what
 * they keep back is a decision too.
 *
 * Not here: pages (interactions), tokens and sessions (provider), who people are (accounts).
 *
 * @module
 */

export {
  claimsOpened,
  companionsOf,
  leading,
  optionalNames,
  whatIsAsked,
  type Asked,
} from './asked.ts'
export { ClaimNotOptional, NoProgress, RoleNotFound, type AutomaticUser } from './automatic.ts'
export type { Beginning } from './begin.ts'
export type { Consent, ConsentOf, Consents } from './consents.ts'
export { areCovered, withNewer, type Decision, type Decisions } from './decisions.ts'
export { amrOf, authenticationLevel, factorsOf, type Factor } from './factors.ts'
export type { JourneyStep } from './journey.ts'
export type { AskedAcr, LevelNames, Reached } from './levels.ts'
export { referenceToSignIn } from './kept-sign-ins.ts'
export { createMessages, type Message, type MessagesOptions } from './messages.ts'
export { rolesAllowed } from './roles.ts'
export { signInSettings, type SignInSettings } from './settings.ts'
export type {
  AnswerProblem,
  Answer,
  Challenge,
  Demand,
  Journey,
  KnownPerson,
  Refusal,
  RememberedConsent,
  SignIn,
  Step,
} from './sign-in.ts'
export { SignIns, type SignInsOptions } from './sign-ins.ts'
export type { SignInFilter } from './wait-for.ts'
