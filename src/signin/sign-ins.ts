import type { People, Person, Role } from '../accounts/index.ts'
import type { Clock, Json, Log, Random, Reference, Store } from '../kernel/index.ts'
import { walk, type AutomaticUser } from './automatic.ts'
import { journeyOf, type JourneyStep } from './journey.ts'
import { acrFor, gap, type AskedAcr, type LevelNames, type Reached } from './levels.ts'
import { Moves } from './moves.ts'
import { levelNamesOf, type SignInSettings } from './settings.ts'
import type { Answer, Demand, KnownPerson, RememberedConsent, SignIn } from './sign-in.ts'
import { isOver } from './sign-in.ts'
import { referenceToTries, Tries } from './tries.ts'

const kind = 'SignIn'

/** Where the sign-in of that id is, for records whose readers will want it next. */
export const referenceToSignIn = (id: string): Reference => ({ kind, value: id })

/** How long a sign-in that has ended can still say so, in milliseconds. */
const afterlifeMs = 60 * 60 * 1000

export interface SignInsOptions {
  people: People
  store: Store
  clock: Clock
  random: Random
  log: Log
  settings: SignInSettings
}

export interface Beginning {
  demand: Demand
  /** The person that the browser's session knows. */
  known?: KnownPerson
  /** A consent given before in this session to this relying party. */
  remembered?: RememberedConsent
}

/** All sign-ins of one world: begun, answered, found again by their id. */
export class SignIns {
  readonly levelNames: LevelNames
  readonly #store: Store
  readonly #clock: Clock
  readonly #random: Random
  readonly #log: Log
  readonly #people: People
  readonly #settings: SignInSettings
  readonly #moves: Moves

  constructor(options: SignInsOptions) {
    const { store, clock, random, log, people, settings } = options
    const tries = new Tries({
      store,
      clock,
      limit: settings.tries,
      lockSeconds: settings.lock_seconds,
    })
    this.levelNames = levelNamesOf(settings)
    this.#store = store
    this.#clock = clock
    this.#random = random
    this.#log = log
    this.#people = people
    this.#settings = settings
    this.#moves = new Moves({ people, tries, clock, random, log, settings })
  }

  /** The sign-in of that id, begun now if this is its first page. */
  async beginOrResume(id: string, beginning: () => Beginning): Promise<SignIn> {
    const found = await this.find(id)
    if (found) return found
    const signIn = await this.#begin(id, beginning())
    const isFirst = await this.#store.putIfAbsent(kind, id, asJson(signIn), this.#keep(signIn))
    return isFirst ? signIn : ((await this.find(id)) ?? signIn)
  }

  /** As it stands now: one whose time has passed is found refused. */
  async find(id: string): Promise<SignIn | undefined> {
    const kept = await this.#store.find(kind, id)
    return kept && this.#moves.settle(kept.value as unknown as SignIn)
  }

  /**
   * Answers the present step. `form` must be the sign-in's version: a form that was used, or is
   * older than the present step, changes nothing and gets a notice.
   */
  async answer(id: string, form: string, answer: Answer): Promise<SignIn | undefined> {
    const before = await this.find(id)
    if (before === undefined || isOver(before)) return before
    const taken = await this.#take(before, form)
    if (taken === undefined) return this.#stale((await this.find(id)) ?? before)
    const moved = await this.#moves.move(taken, answer)
    return moved === taken ? this.#stale(taken) : this.#save(taken, moved)
  }

  /** Lets an automatic user walk a sign-in that a browser has begun. */
  async answerAs(id: string, form: string, user: AutomaticUser): Promise<SignIn | undefined> {
    const before = await this.find(id)
    if (before === undefined || isOver(before)) return before
    const taken = await this.#take(before, form)
    if (taken === undefined) return this.#stale((await this.find(id)) ?? before)
    const { problem: _problem, notice: _notice, ...clean } = taken
    return this.#save(taken, await walk(this.#moves, { ...clean, isAutomatic: true }, user))
  }

  /** Walks a whole sign-in with an automatic user, without a page and without keeping anything. */
  async signInAs(beginning: Beginning, user: AutomaticUser): Promise<SignIn> {
    const signIn = await this.#begin(this.#random.id(), beginning, true)
    const ended = await walk(this.#moves, signIn, user)
    this.#report(ended)
    return ended
  }

  /** Says to exactly one of all who ask that the outcome is theirs to hand over. */
  async claimOutcome(id: string): Promise<boolean> {
    return this.#store.claim(kind, id)
  }

  rolesAt(signIn: SignIn, person: Person): Promise<readonly Role[]> {
    return this.#moves.rolesAt(signIn, person)
  }

  /** The steps of this sign-in from the first to the last, by what is known now. */
  async journeyOf(signIn: SignIn, person: Person | undefined): Promise<JourneyStep[]> {
    const roles = person ? await this.rolesAt(signIn, person) : []
    return journeyOf(signIn, { person, roles, levelNames: this.levelNames })
  }

  /** The `acr` to return for what was asked and what was reached. */
  acrFor(asked: AskedAcr, reached: Reached): string {
    return acrFor(asked, reached, this.levelNames)
  }

  /** What stands between what was asked and what was reached. */
  gap(asked: AskedAcr, reached: Reached): 'none' | 'face' | 'account-level' {
    return gap(asked, reached, this.levelNames)
  }

  async #begin(id: string, beginning: Beginning, isAutomatic = false): Promise<SignIn> {
    const { demand, known, remembered } = beginning
    const hinted =
      demand.prefill && !isAutomatic ? await this.#people.find(demand.prefill) : undefined
    const now = this.#clock.now()
    return this.#moves.settle({
      id,
      version: this.#random.id(),
      demand: hinted ? { ...demand, prefill: hinted.number } : demand,
      expiresAt: now + this.#settings.sign_in_seconds * 1000,
      beganAt: now,
      atStepSince: now,
      step: 'identify',
      factors: [...(known?.factors ?? [])],
      ...(isAutomatic ? { isAutomatic } : {}),
      ...(known ? { personId: known.personId } : {}),
      ...(known?.mustConfirm ? { mustConfirm: true } : {}),
      ...(remembered ? { remembered } : {}),
    })
  }

  /**
   * Takes the form, for exactly one of all who send it at once, before anything comes of it: a
   * second click neither counts as a second wrong try nor sends a second code.
   */
  async #take(before: SignIn, form: string): Promise<SignIn | undefined> {
    if (before.version !== form) return undefined
    const taken = { ...before, version: this.#random.id() }
    const { id, version } = before
    const isOurs = await this.#store.swap(kind, id, version, asJson(taken), this.#keep(taken))
    return isOurs ? taken : undefined
  }

  async #save(before: SignIn, moved: SignIn): Promise<SignIn | undefined> {
    const hasMoved = moved.step !== before.step
    const atStepSince = hasMoved ? this.#clock.now() : before.atStepSince
    const after = { ...moved, version: this.#random.id(), atStepSince }
    const isOurs = await this.#store.swap(
      kind,
      before.id,
      before.version,
      asJson(after),
      this.#keep(after),
    )
    if (!isOurs) return this.#stale((await this.find(before.id)) ?? before)
    if (hasMoved && !after.isAutomatic) this.#reportStep(before, atStepSince)
    this.#report(after)
    return after
  }

  async #stale(signIn: SignIn): Promise<SignIn> {
    if (isOver(signIn)) return signIn
    const noticed: SignIn = { ...signIn, notice: 'form_used' }
    await this.#store.swap(kind, signIn.id, signIn.version, asJson(noticed), this.#keep(noticed))
    return noticed
  }

  #keep({ expiresAt, version, demand }: SignIn) {
    const related = demand.prefill === undefined ? [] : [referenceToTries(demand.prefill)]
    return { expiresAt: expiresAt + afterlifeMs, version, related }
  }

  #reportStep({ id, step, atStepSince }: SignIn, until: number): void {
    const durationMs = until - atStepSince
    this.#log({ event: 'step-ended', signInId: id, step, durationMs })
  }

  #report({ id, step, demand, personId, refusal, isAutomatic, beganAt }: SignIn): void {
    if (step !== 'approved' && step !== 'refused') return
    this.#log({
      event: 'sign-in-ended',
      signInId: id,
      clientId: demand.clientId,
      ...(personId === undefined ? {} : { personId }),
      outcome: refusal ?? step,
      isAutomatic: isAutomatic === true,
      durationMs: this.#clock.now() - beganAt,
    })
  }
}

const asJson = (signIn: SignIn) => signIn as unknown as Json
