import { claimsOf, PersonNotFound, type Claims, type People } from '../accounts/index.ts'
import type { Clock, Json, Store } from '../kernel/index.ts'
import { areCovered, standingAt, withNewer, type Decisions } from './decisions.ts'
import { needsConsent } from './facts.ts'
import type { SignIn } from './sign-in.ts'

/** Who agreed, with whom, on whose behalf. */
export interface ConsentOf {
  personId: string
  clientId: string
  /** The person's own id when they act for themselves. */
  subjectId: string
}

/** Narrows consents to those that belong to all that is given. */
export interface ConsentFilter {
  personId?: string | undefined
  clientId?: string | undefined
  subjectId?: string | undefined
}

/** A consent that outlives the browser's session: no browser is asked again while it stands. */
export interface Consent extends ConsentOf {
  decisions: Decisions
}

export interface ConsentsOptions {
  people: People
  store: Store
  clock: Clock
  /** How long a consent is remembered beyond the session. Not at all with 0. */
  days: number
}

const kind = 'Consent'
const dayMs = 24 * 60 * 60 * 1000

/** What people agreed to share, and for how long they need not be asked again. */
export class Consents {
  readonly #people: People
  readonly #store: Store
  readonly #clock: Clock
  readonly #days: number

  constructor({ people, store, clock, days }: ConsentsOptions) {
    this.#people = people
    this.#store = store
    this.#clock = clock
    this.#days = days
  }

  /** What is remembered, without what has expired. */
  async find(of: ConsentOf): Promise<Consent | undefined> {
    const kept = await this.#store.find<never>(kind, idOf(of))
    if (kept === undefined) return undefined
    const consent: Consent = kept.value
    return { ...consent, decisions: standingAt(consent.decisions, this.#clock.now()) }
  }

  /** All that somebody agreed to, the oldest first. */
  async list(personId: string): Promise<Consent[]> {
    const listed = await this.#store.list<never>(kind)
    return listed
      .map(({ value }): Consent => value)
      .filter((consent) => consent.personId === personId)
      .map(({ decisions, ...of }) => ({ ...of, decisions: standingAt(decisions, this.now()) }))
  }

  /** Remembers what was decided in a sign-in that came to its end. */
  async remember({ personId, role, demand, decisions }: SignIn): Promise<void> {
    if (personId === undefined || decisions === undefined || this.#days === 0) return
    const of = { personId, clientId: demand.clientId, subjectId: role?.subjectId ?? personId }
    const before = (await this.find(of))?.decisions ?? {}
    const consent: Consent = { ...of, decisions: withNewer(before, decisions) }
    const ends = Object.values(consent.decisions).map(({ until = 0 }) => until)
    const expiresAt = Math.max(...ends)
    await this.#store.put(kind, idOf(of), consent as unknown as Json, { expiresAt })
  }

  /** Ends those that belong to all that is given, and says whose they were. */
  async expire({ personId, clientId, subjectId }: ConsentFilter): Promise<ConsentOf[]> {
    const listed = await this.#store.list<never>(kind)
    const ending = listed
      .map(({ value }): Consent => value)
      .filter(
        (one) =>
          (personId === undefined || one.personId === personId) &&
          (clientId === undefined || one.clientId === clientId) &&
          (subjectId === undefined || one.subjectId === subjectId),
      )
    await Promise.all(ending.map((one) => this.forget(one)))
    return ending
  }

  /** From now on they are asked again. */
  async forget(of: ConsentOf): Promise<void> {
    await this.#store.destroy(kind, idOf(of))
  }

  /** The sign-in, with the consent that makes asking needless, where there is one. */
  async recall(signIn: SignIn): Promise<SignIn> {
    const { demand, personId, role, isAutomatic, step } = signIn
    const { asked, clientId, mustConsent } = demand
    if (asked === undefined || isAutomatic || mustConsent || !personId || !role) return signIn
    // Who has the page before them has been looked up already.
    if (step === 'consent' || !needsConsent(signIn)) return signIn
    const { subjectId } = role
    const decisions = (await this.find({ personId, clientId, subjectId }))?.decisions
    if (decisions === undefined) return signIn
    const values = await this.valuesOf(personId, subjectId)
    if (!areCovered(asked, decisions, values, this.now())) return signIn
    return { ...signIn, remembered: { personId, subjectId, isKept: false, decisions } }
  }

  /** What somebody says who agrees to all that is shown to them but what they keep back. */
  async decide({ demand, personId, role, withheld = [] }: SignIn): Promise<Decisions> {
    const { essential, optional } = demand.asked ?? { essential: [], optional: [] }
    const values = await this.valuesOf(personId!, role?.subjectId ?? personId!)
    const since = this.now()
    const until = this.#days === 0 ? {} : { until: since + this.#days * dayMs }
    const shown = [...essential, ...optional].filter((name) => name in values)
    return Object.fromEntries(
      shown.map((name) => [name, { isShared: !withheld.includes(name), since, ...until }]),
    )
  }

  /** What there is to tell about a subject now. Nothing, of one who is not there any more. */
  async valuesOf(actorId: string, subjectId: string): Promise<Claims> {
    try {
      return await claimsOf({ people: this.#people, subjectId, actorId })
    } catch (error) {
      if (error instanceof PersonNotFound) return {}
      throw error
    }
  }

  /** By the world's clock. */
  now(): number {
    return this.#clock.now()
  }
}

const idOf = ({ personId, clientId, subjectId }: ConsentOf): string =>
  [personId, clientId, subjectId].map(encodeURIComponent).join(' ')
