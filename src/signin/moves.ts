import type { People, Person, Role } from '../accounts/index.ts'
import type { Clock, Log, Random } from '../kernel/index.ts'
import type { Consents } from './consents.ts'
import {
  at,
  lockedOut,
  needsConsent,
  needsPasscode,
  proved,
  refused,
  strangers,
  without,
  wrong,
} from './facts.ts'
import { hasPossession } from './factors.ts'
import { gap, type LevelNames } from './levels.ts'
import type { SignInSettings } from './settings.ts'
import { levelNamesOf } from './settings.ts'
import type { Answer, AnswerProblem, Challenge, SignIn } from './sign-in.ts'
import { isOver } from './sign-in.ts'
import { isInNameOnly, roleKept, rolesAllowed } from './roles.ts'
import type { Tries } from './tries.ts'

export interface MovesOptions {
  people: People
  tries: Tries
  consents: Consents
  clock: Clock
  random: Random
  log: Log
  settings: SignInSettings
}

/**
 * The rules by which a sign-in moves. A sign-in is facts; each answer adds one, and the step that
 * follows is derived from all of them, so no step knows which comes next.
 */
export class Moves {
  readonly #people: People
  readonly #tries: Tries
  readonly #consents: Consents
  readonly #clock: Clock
  readonly #random: Random
  readonly #log: Log
  readonly #settings: SignInSettings
  readonly #levelNames: LevelNames

  constructor(options: MovesOptions) {
    this.#people = options.people
    this.#tries = options.tries
    this.#consents = options.consents
    this.#clock = options.clock
    this.#random = options.random
    this.#log = options.log
    this.#settings = options.settings
    this.#levelNames = levelNamesOf(options.settings)
  }

  /** The sign-in after an answer. An answer to another step than the present one changes nothing. */
  async move(before: SignIn, answer: Answer): Promise<SignIn> {
    if (isOver(before)) return before
    const { problem: _problem, notice: _notice, ...signIn } = before
    if (this.#clock.now() >= signIn.expiresAt) return refused(signIn, 'expired')
    if (answer.step !== signIn.step && answer.step !== 'cancel') return before
    const person = await this.#personOf(signIn)
    const after = await this.#take(signIn, answer, person)
    const isSame = after.personId === signIn.personId
    return this.#next(after, isSame ? person : await this.#personOf(after))
  }

  /** The sign-in at the step that its facts lead to. */
  async settle(signIn: SignIn): Promise<SignIn> {
    if (isOver(signIn)) return signIn
    if (this.#clock.now() < signIn.expiresAt)
      return this.#next(signIn, await this.#personOf(signIn))
    const { problem: _problem, notice: _notice, ...expired } = signIn
    return refused(expired, 'expired')
  }

  async #next(signIn: SignIn, person: Person | undefined): Promise<SignIn> {
    if (isOver(signIn) || signIn.problem) return signIn
    if (signIn.mustConfirm) return at(signIn, 'select-account')
    if (person === undefined) return at(signIn, 'identify')
    const unusable = await this.#people.whyUnusable(person)
    if (unusable) return refused(signIn, unusable)
    if (!hasPossession(signIn.factors)) return this.#awaitCode(signIn, person)
    return this.#afterAuthentication(signIn, person)
  }

  async #afterAuthentication(signIn: SignIn, person: Person): Promise<SignIn> {
    const { demand } = signIn
    const role = signIn.role
      ? await this.#roleStill(signIn.role, signIn, person)
      : await this.#onlyRole(signIn, person)
    if (role === 'none') return refused(signIn, 'role_not_allowed')
    if (role === 'several') return at(signIn, 'role')
    const decided = await this.#consents.recall({ ...signIn, role })
    const accountLevel = person.account.level
    if (accountLevel < (demand.minimumLevel ?? 1)) return refused(decided, 'level_too_low')
    const reached = { accountLevel, factors: decided.factors }
    const missing = gap(demand.acr, reached, this.#levelNames)
    if (missing === 'account-level') return refused(decided, 'level_too_low')
    if (missing === 'face') return at(decided, 'face')
    if (needsConsent(decided)) return at(decided, 'consent')
    if (needsPasscode(decided)) return at(decided, 'passcode')
    if (decided.hasTries) await this.#tries.forget(person.number)
    return at(decided, 'approved')
  }

  /** The roles this person may take here: what the relying party allows of what they have. */
  async rolesAt(signIn: SignIn, person: Person): Promise<readonly Role[]> {
    return rolesAllowed(this.#people, person, signIn.demand.allow)
  }

  /** Whether a person belongs to somebody for whom they may act nowhere. */
  isInNameOnly(person: Person, subjectId: string): Promise<boolean> {
    return isInNameOnly(this.#people, person, subjectId)
  }

  async #onlyRole(signIn: SignIn, person: Person): Promise<Role | 'none' | 'several'> {
    const roles = await this.rolesAt(signIn, person)
    const kept = roleKept(signIn, roles)
    if (kept) return kept
    if (roles.length > 1) return 'several'
    return roles[0] ?? 'none'
  }

  /** The role that was taken, as it is now: a child may have turned 14 meanwhile. */
  async #roleStill(taken: Role, signIn: SignIn, person: Person): Promise<Role | 'none'> {
    const roles = await this.rolesAt(signIn, person)
    return roles.find(({ subjectId }) => subjectId === taken.subjectId) ?? 'none'
  }

  async #take(signIn: SignIn, answer: Answer, person: Person | undefined): Promise<SignIn> {
    if (answer.step === 'cancel') return refused(signIn, 'cancelled')
    if (answer.step === 'identify') return this.#identify(signIn, answer)
    if (answer.step === 'select-account')
      return answer.isSame ? without(signIn, 'mustConfirm') : strangers(signIn)
    // Taken from the directory in the middle of it: the sign-in begins again.
    if (person === undefined) return strangers(signIn)
    switch (answer.step) {
      case 'second-factor':
        return 'resend' in answer
          ? this.#resend(signIn, answer.resend, person)
          : this.#checkCode(signIn, answer.code, person)
      case 'role':
        return this.#chooseRole(signIn, answer.subjectId, person)
      case 'face':
        return proved(signIn, 'face')
      case 'consent':
        if ('refuses' in answer) return refused(signIn, 'consent_refused')
        return this.#consent(signIn, answer)
      case 'passcode':
        return this.#checkPasscode(signIn, answer.passcode, person)
    }
  }

  async #identify(signIn: SignIn, answer: { number: string; password: string }): Promise<SignIn> {
    const number = answer.number.replaceAll(/\s/g, '')
    const typed: SignIn = { ...signIn, demand: { ...signIn.demand, prefill: number } }
    if (number === '') return wrong(typed, { field: 'number', code: 'number_missing' })
    if (!/^\d{12}$/.test(number)) return wrong(typed, { field: 'number', code: 'number_malformed' })
    if (answer.password === '') return wrong(typed, { field: 'password', code: 'password_missing' })

    const tries = await this.#tries.of(number)
    if (tries?.lockedUntil !== undefined) return lockedOut(typed, tries.lockedUntil)
    const person = await this.#people.find(number)
    if (person === undefined || person.account.password !== answer.password)
      return this.#wrongTry(typed, number, { field: 'password', code: 'number_or_password_wrong' })
    return proved(
      {
        ...typed,
        personId: person.id,
        hasIdentified: true,
        factors: [],
        ...(tries ? { hasTries: true } : {}),
      },
      'password',
    )
  }

  async #checkCode(signIn: SignIn, typed: string, person: Person): Promise<SignIn> {
    const code = typed.replaceAll(/\s/g, '')
    const { challenge } = signIn
    if (code === '') return wrong(signIn, { field: 'code', code: 'code_missing' })
    const lockedUntil = await this.#lockOf(signIn, person)
    if (lockedUntil !== undefined) return lockedOut(signIn, lockedUntil)
    if (challenge === undefined || this.#clock.now() >= challenge.expiresAt)
      return wrong(signIn, { field: 'code', code: 'code_expired' })
    if (code !== challenge.code)
      return this.#wrongTry(signIn, person.number, { field: 'code', code: 'code_wrong' })
    const factor = challenge.channel === 'app' ? 'app-code' : 'sms-code'
    return proved(without(signIn, 'challenge'), factor)
  }

  async #checkPasscode(signIn: SignIn, typed: string, person: Person): Promise<SignIn> {
    const passcode = typed.replaceAll(/\s/g, '')
    if (passcode === '') return wrong(signIn, { field: 'passcode', code: 'passcode_missing' })
    const lockedUntil = await this.#lockOf(signIn, person)
    if (lockedUntil !== undefined) return lockedOut(signIn, lockedUntil)
    if (person.account.passcode === passcode)
      return proved({ ...signIn, hasGivenPasscode: true }, 'passcode')
    return this.#wrongTry(signIn, person.number, { field: 'passcode', code: 'passcode_wrong' })
  }

  async #consent(
    signIn: SignIn,
    { agrees, withholds = [] }: { agrees: boolean; withholds?: readonly string[] },
  ): Promise<SignIn> {
    const optional = signIn.demand.asked?.optional ?? []
    if (!withholds.every((name) => optional.includes(name)))
      return wrong(signIn, { field: 'agree', code: 'claim_not_optional' })
    const said: SignIn =
      withholds.length > 0
        ? { ...signIn, withheld: [...new Set(withholds)] }
        : without(signIn, 'withheld')
    if (!agrees) return wrong(said, { field: 'agree', code: 'agree_missing' })
    if (signIn.isAutomatic && withholds.length === 0) return { ...said, hasConsented: true }
    return { ...said, hasConsented: true, decisions: await this.#consents.decide(said) }
  }

  async #chooseRole(signIn: SignIn, subjectId: string, person: Person): Promise<SignIn> {
    const roles = await this.rolesAt(signIn, person)
    const role = roles.find((one) => one.subjectId === subjectId)
    return role ? { ...signIn, role } : wrong(signIn, { field: 'role', code: 'role_missing' })
  }

  async #awaitCode(signIn: SignIn, person: Person): Promise<SignIn> {
    if (signIn.challenge) return at(signIn, 'second-factor')
    const holder = await this.#people.phoneHolder(person)
    const channel =
      holder.account.device === undefined && holder.phone !== undefined ? 'sms' : 'app'
    return at(
      { ...signIn, challenge: this.#send(signIn, person, holder, channel) },
      'second-factor',
    )
  }

  async #resend(signIn: SignIn, asked: 'app' | 'sms', person: Person): Promise<SignIn> {
    const holder = await this.#people.phoneHolder(person)
    // No page offers what the phone's holder does not have; a forged form gets the other way.
    const channel = asked === 'sms' && holder.phone === undefined ? 'app' : asked
    const challenge = this.#send(signIn, person, holder, channel)
    return { ...signIn, challenge, notice: channel === 'app' ? 'code_sent_app' : 'code_sent_sms' }
  }

  #send(signIn: SignIn, person: Person, holder: Person, channel: 'app' | 'sms'): Challenge {
    const code = this.#settings.codes === 'fixed' ? '000000' : this.#random.digits(6)
    if (!signIn.isAutomatic) {
      const { id: signInId } = signIn
      const phoneOf = holder.name
      this.#log({ event: 'code-sent', signInId, personId: person.id, channel, phoneOf, code })
    }
    const expiresAt = this.#clock.now() + this.#settings.code_seconds * 1000
    return { code, channel, phoneHolderId: holder.id, expiresAt }
  }

  async #wrongTry(signIn: SignIn, number: string, problem: AnswerProblem): Promise<SignIn> {
    const { left, lockedUntil } = await this.#tries.count(number)
    const counted: SignIn = { ...signIn, hasTries: true }
    if (lockedUntil !== undefined) return lockedOut(counted, lockedUntil)
    return wrong(counted, { ...problem, triesLeft: left })
  }

  /**
   * A lock holds in every sign-in of the person, also in one that was further on when it fell. An
   * automatic user walks in one go, and was asked when they identified.
   */
  async #lockOf({ isAutomatic }: SignIn, { number }: Person): Promise<number | undefined> {
    return isAutomatic ? undefined : (await this.#tries.of(number))?.lockedUntil
  }

  async #personOf({ personId }: SignIn): Promise<Person | undefined> {
    return personId === undefined ? undefined : this.#people.find(personId)
  }
}
