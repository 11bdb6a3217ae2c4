import type { Level, Role, Unusable } from '../accounts/index.ts'
import type { Factor } from './factors.ts'
import type { Asked } from './asked.ts'
import type { Decisions } from './decisions.ts'
import type { AskedAcr } from './levels.ts'

/** Which steps a sign-in must take. `short` is the variant of 2024: no consent, no passcode. */
export type Journey = 'full' | 'short'

/** What a relying party demands of one sign-in. */
export interface Demand {
  clientId: string
  journey: Journey
  /** On whose behalf the relying party lets people act. */
  allow: readonly Role['kind'][]
  /** The account level below which the relying party refuses everybody. */
  minimumLevel?: Level
  acr: AskedAcr
  /** What it wants to be told. */
  asked?: Asked
  /** Whether the relying party wants consent to be asked again. */
  mustConsent?: boolean
  /** What the number field says before anyone types: a persona's id or a number. */
  prefill?: string
}

/** What is already known about the person at the browser when a sign-in begins. */
export interface KnownPerson {
  personId: string
  /** What the session says that they proved earlier. */
  factors: readonly Factor[]
  /** The person must say first that it is still they. */
  mustConfirm?: boolean
}

/** A one-time code on its way. */
export interface Challenge {
  code: string
  channel: 'app' | 'sms'
  /** The id of the person whose phone it went to. */
  phoneHolderId: string
  expiresAt: number
}

/** Why a sign-in failed: the first word of the `error_description` that the relying party hears. */
export type Refusal =
  | Unusable
  | 'cancelled'
  | 'consent_refused'
  | 'expired'
  | 'locked_out'
  | 'role_not_allowed'
  | 'level_too_low'

/** Where a sign-in stands. */
export type Step =
  | 'select-account'
  | 'identify'
  | 'second-factor'
  | 'role'
  | 'face'
  | 'consent'
  | 'passcode'
  | 'approved'
  | 'refused'

/** What was wrong with the last answer, at the field it belongs to. */
export interface AnswerProblem {
  field: 'number' | 'password' | 'code' | 'role' | 'agree' | 'passcode'
  code:
    | 'number_missing'
    | 'number_malformed'
    | 'password_missing'
    | 'number_or_password_wrong'
    | 'code_missing'
    | 'code_wrong'
    | 'code_expired'
    | 'role_missing'
    | 'agree_missing'
    | 'claim_not_optional'
    | 'passcode_missing'
    | 'passcode_wrong'
  triesLeft?: number
}

/** A consent given earlier that covers all that is asked now. */
export interface RememberedConsent {
  personId: string
  /** On whose behalf it was given. */
  subjectId: string
  /** Whether the person keeps that role without being asked. */
  isKept: boolean
  /** What was said then, where it was not said in this session. */
  decisions?: Decisions
}

/** One attempt of one person at one relying party: facts only; the step follows from them. */
export interface SignIn {
  id: string
  /** Changes with each answer, so that every form can be used once. */
  version: string
  demand: Demand
  /** In milliseconds of the world's clock. After it, the sign-in is refused as expired. */
  expiresAt: number
  /** In milliseconds of the world's clock. */
  beganAt: number
  /** Since when it stands at its step, in milliseconds of the world's clock. */
  atStepSince: number
  /** Whether a program walks it, so that nobody needs to read its codes. */
  isAutomatic?: boolean
  step: Step
  personId?: string
  /** Set while a person that the browser knows has not yet confirmed to be still there. */
  mustConfirm?: boolean
  /** Whether the person identified in this very sign-in, not in an earlier one of the session. */
  hasIdentified?: boolean
  factors: Factor[]
  challenge?: Challenge
  role?: Role
  hasConsented?: boolean
  /** Names of claims that the person keeps back: so far, until they have agreed. */
  withheld?: readonly string[]
  /** What they said of each claim that was shown. Whoever agrees unseen agrees to everything. */
  decisions?: Decisions
  remembered?: RememberedConsent
  hasGivenPasscode?: boolean
  /** Whether wrong tries of this person are on record. */
  hasTries?: boolean
  problem?: AnswerProblem
  notice?: 'code_sent_app' | 'code_sent_sms' | 'form_used'
  refusal?: Refusal
  /** For `locked_out`: when the lock ends. */
  lockedUntil?: number
}

/** What somebody, or something, answers at a step. */
export type Answer =
  | { step: 'select-account'; isSame: boolean }
  | { step: 'identify'; number: string; password: string }
  | { step: 'second-factor'; code: string }
  | { step: 'second-factor'; resend: 'app' | 'sms' }
  | { step: 'role'; subjectId: string }
  | { step: 'face' }
  | { step: 'consent'; agrees: boolean; withholds?: readonly string[] }
  | { step: 'consent'; refuses: true }
  | { step: 'passcode'; passcode: string }
  | { step: 'cancel' }

/** Whether nothing can change any more. */
export function isOver(signIn: SignIn): boolean {
  return signIn.step === 'approved' || signIn.step === 'refused'
}
