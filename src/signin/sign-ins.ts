import type { People, Person, Role } from '../accounts/index.ts'
import type { Feed, Journal, Patience } from '../journal/index.ts'
import type { Clock, Log, Random, Store } from '../kernel/index.ts'
import { walk, type AutomaticUser } from './automatic.ts'
import { Consents } from './consents.ts'
import { begin, type Beginning, type BeginParts } from './begin.ts'
import { expireCode, expireSignIn, type ExpireParts } from './expire.ts'
import { foreseenRole, journeyOf, type JourneyStep } from './journey.ts'
import { KeptSignIns } from './kept-sign-ins.ts'
import { acrFor, gap, type AskedAcr, type LevelNames, type Reached } from './levels.ts'
import type { Message } from './messages.ts'
import { Moves } from './moves.ts'
import { Records } from './records.ts'
import { reportEnd, reportStep } from './reports.ts'
import { levelNamesOf, type SignInSettings } from './settings.ts'
import type { Answer, SignIn } from './sign-in.ts'
import { isOver } from './sign-in.ts'
import { Tries } from './tries.ts'
import { fits, waitFor, type SignInFilter } from './wait-for.ts'

export interface SignInsOptions {
  people: People
  store: Store
  clock: Clock
  random: Random
  log: Log
  settings: SignInSettings
  journal: Journal
  messages: Feed<Message>
}

/** All sign-ins of one world: begun, answered, found again by their id. */
export class SignIns {
  readonly levelNames: LevelNames
  /** What may be kept back at relying parties that do not say it themselves. */
  readonly optionalClaims: readonly string[]
  readonly consents: Consents
  readonly #clock: Clock
  readonly #random: Random
  readonly #log: Log
  readonly #journal: Journal
  readonly #tries: Tries
  readonly #moves: Moves
  readonly #kept: KeptSignIns
  readonly #records: Records
  readonly #beginParts: BeginParts

  constructor(options: SignInsOptions) {
    const { store, clock, random, log, people, settings, journal, messages } = options
    const tries = new Tries({
      store,
      clock,
      limit: settings.tries,
      lockSeconds: settings.lock_seconds,
    })
    const consents = new Consents({ people, store, clock, days: settings.consent_days })
    this.levelNames = levelNamesOf(settings)
    this.optionalClaims = settings.optional_claims
    this.consents = consents
    this.#clock = clock
    this.#random = random
    this.#log = log
    this.#journal = journal
    this.#tries = tries
    this.#moves = new Moves({ people, tries, consents, clock, random, log, settings })
    this.#kept = new KeptSignIns({ store, random })
    this.#records = new Records({ people, journal, messages })
    this.#beginParts = { people, clock, random, settings, moves: this.#moves }
  }

  /** The sign-in of that id, begun now if this is its first page. */
  async beginOrResume(id: string, beginning: () => Beginning): Promise<SignIn> {
    const found = await this.#standing(id)
    if (found) return found
    const signIn = await begin(this.#beginParts, id, beginning())
    if (!(await this.#kept.begin(signIn))) return this.#again(signIn)
    await this.#records.began(signIn)
    return signIn
  }

  /** As it stands now: one whose time has passed is found refused. */
  async find(id: string): Promise<SignIn | undefined> {
    const kept = await this.#kept.find(id)
    return kept && this.#moves.settle(kept)
  }

  /**
   * Those that fit, as they stand now, the oldest first: what browsers have begun, until an hour
   * after they ended, and those of automatic users without a page, for ten minutes.
   */
  async list(filter: Omit<SignInFilter, 'id'> = {}): Promise<SignIn[]> {
    const kept = await this.#kept.list()
    const standing = await Promise.all(kept.map((signIn) => this.#moves.settle(signIn)))
    return standing.filter((signIn) => fits(signIn, filter))
  }

  /**
   * The newest that fits, as soon as there is one: at the step that is waited for. Outside of any
   * unit of work.
   *
   * @throws {@link NothingCame} When the time is over.
   */
  waitFor(filter: SignInFilter, patience: Patience): Promise<SignIn> {
    const parts = {
      journal: this.#journal,
      find: (id: string) => this.find(id),
      list: () => this.list(),
    }
    return waitFor(parts, filter, patience)
  }

  /**
   * Answers the present step. `form` must be the sign-in's version: a form that was used, or is
   * older than the present step, changes nothing and gets a notice.
   */
  async answer(id: string, form: string, answer: Answer): Promise<SignIn | undefined> {
    const before = await this.#standing(id)
    if (before === undefined || isOver(before)) return before
    const taken = await this.#take(before, form)
    if (taken === undefined) return this.#stale(await this.#again(before), answer)
    const moved = await this.#moves.move(taken, answer)
    const after = moved === taken ? undefined : await this.#save(taken, moved)
    if (after === undefined) return this.#stale(await this.#again(taken), answer)
    await this.#records.answered(taken, answer, after)
    return after
  }

  /** Lets an automatic user walk a sign-in that a browser has begun. */
  async answerAs(id: string, form: string, user: AutomaticUser): Promise<SignIn | undefined> {
    const before = await this.#standing(id)
    if (before === undefined || isOver(before)) return before
    const taken = await this.#take(before, form)
    if (taken === undefined) return this.#stale(await this.#again(before), user)
    const { problem: _problem, notice: _notice, ...clean } = taken
    const walked = await walk(this.#moves, { ...clean, isAutomatic: true }, user)
    const after = await this.#save(taken, walked.signIn)
    if (after === undefined) return this.#stale(await this.#again(taken), user)
    await this.#records.walked(after, user, walked.steps)
    return after
  }

  /**
   * Walks a whole sign-in with an automatic user, without a page: it is over when anybody hears of
   * it.
   *
   * @param options.id What it is called, for whoever wants to know it before; made up, without.
   */
  async signInAs(
    beginning: Beginning,
    user: AutomaticUser,
    { id = this.#random.id() }: { id?: string | undefined } = {},
  ): Promise<SignIn> {
    const begun = await begin(this.#beginParts, id, beginning, true)
    const { signIn, steps } = await walk(this.#moves, begun, user)
    const now = this.#clock.now()
    reportEnd(this.#log, signIn, now)
    await this.#kept.keepEnded(signIn, now)
    await this.#records.walked(signIn, user, steps)
    return signIn
  }

  /** Says to exactly one of all who ask that the outcome is theirs to hand over. */
  async claimOutcome(id: string): Promise<boolean> {
    return this.#kept.claim(id)
  }

  /** Ends a sign-in as if its time were over. Says how many did: one, or none. */
  expireSignIn(id: string): Promise<number> {
    return expireSignIn(this.#expireParts, id)
  }

  /** Ends the code of a sign-in as if its time were over. Says how many did: one, or none. */
  expireCode(id: string): Promise<number> {
    return expireCode(this.#expireParts, id)
  }

  /**
   * Forgets the wrong tries of the person with that number, and the lock that they led to;
   * everybody's, without. Says of how many people there were any.
   */
  async forgetTries(number?: string): Promise<number> {
    if (number === undefined) return this.#tries.forgetAll()
    if ((await this.#tries.of(number)) === undefined) return 0
    await this.#tries.forget(number)
    return 1
  }

  rolesAt(signIn: SignIn, person: Person): Promise<readonly Role[]> {
    return this.#moves.rolesAt(signIn, person)
  }

  /** The steps of this sign-in from the first to the last, by what is known now. */
  async journeyOf(signIn: SignIn, person: Person | undefined): Promise<JourneyStep[]> {
    const roles = person ? await this.rolesAt(signIn, person) : []
    const role = foreseenRole(signIn, roles)
    const foreseen = role ? await this.consents.recall({ ...signIn, role }) : signIn
    return journeyOf(foreseen, { person, roles, levelNames: this.levelNames })
  }

  /** The `acr` to return for what was asked and what was reached. */
  acrFor(asked: AskedAcr, reached: Reached): string {
    return acrFor(asked, reached, this.levelNames)
  }

  /** What stands between what was asked and what was reached. */
  gap(asked: AskedAcr, reached: Reached): 'none' | 'face' | 'account-level' {
    return gap(asked, reached, this.levelNames)
  }

  /**
   * As {@link SignIns.find}; but what is found to have ended meanwhile is kept as such, and recorded
   * once.
   */
  async #standing(id: string): Promise<SignIn | undefined> {
    const kept = await this.#kept.find(id)
    if (kept === undefined) return undefined
    const signIn = await this.#moves.settle(kept)
    if (!isOver(signIn) || isOver(kept)) return signIn
    const ended = await this.#kept.replace(kept, signIn)
    if (ended === undefined) return this.#again(signIn)
    await this.#records.ended(ended)
    return ended
  }

  /** As it stands after somebody else was quicker. */
  async #again(signIn: SignIn): Promise<SignIn> {
    return (await this.find(signIn.id)) ?? signIn
  }

  /**
   * Takes the form, for exactly one of all who send it at once, before anything comes of it: a
   * second click neither counts as a second wrong try nor sends a second code.
   */
  async #take(before: SignIn, form: string): Promise<SignIn | undefined> {
    return before.version === form ? this.#kept.replace(before, before) : undefined
  }

  async #save(before: SignIn, moved: SignIn): Promise<SignIn | undefined> {
    const hasMoved = moved.step !== before.step
    const atStepSince = hasMoved ? this.#clock.now() : before.atStepSince
    const after = await this.#kept.replace(before, { ...moved, atStepSince })
    if (after === undefined) return undefined
    if (hasMoved && !after.isAutomatic) reportStep(this.#log, before, atStepSince)
    reportEnd(this.#log, after, this.#clock.now())
    return after
  }

  async #stale(signIn: SignIn, answer: Answer | AutomaticUser): Promise<SignIn> {
    if (isOver(signIn)) return signIn
    const noticed: SignIn = { ...signIn, notice: 'form_used' }
    await this.#kept.overwrite(signIn, noticed)
    await this.#records.unheard(noticed, answer)
    return noticed
  }

  get #expireParts(): ExpireParts {
    return { kept: this.#kept, moves: this.#moves, records: this.#records, clock: this.#clock }
  }
}
