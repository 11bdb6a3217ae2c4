import type { Clock, Random } from '../kernel/index.ts'
import type { Attempt, Identity } from './relying-party.ts'

/** One case that a person filed in this session. */
export interface Filing {
  number: string
  serviceId: string
  filedAt: number
}

/** What the portal remembers about one browser. The browser holds only the id. */
export interface Session {
  id: string
  /** What a form of ours must carry, so that no other site can post it. */
  csrfToken: string
  expiresAt: number
  /** By `state`. Several, because a person may sign in from several tabs. */
  attempts: Map<string, Attempt>
  identity?: Identity
  /** Every `acr` that this person has shown in this session. */
  provenAcrs: Set<string>
  filings: Filing[]
  /** The `state` sent along with the last sign-out. */
  signOutState?: string
}

/** How long a browser may stay silent before the portal forgets it. */
const idleMs = 30 * 60 * 1000
/** How many browsers are remembered at once; beyond that, the one silent longest is forgotten. */
const mostSessions = 20_000
/** How many sign-ins one browser may have open; beyond that, the oldest is forgotten. */
const mostAttempts = 20

/**
 * The portal's sessions, kept on the server: the browser gets a random id, never a token. (A cookie
 * of signed contents would be less code, but could not be ended from outside, as back-channel
 * logout must.)
 */
export class Sessions {
  readonly #clock: Clock
  readonly #random: Random
  /** The longest silent first, because every use moves a session to the end. */
  readonly #sessions = new Map<string, Session>()

  constructor(clock: Clock, random: Random) {
    this.#clock = clock
    this.#random = random
  }

  open(): Session {
    const session: Session = {
      id: this.#random.id(),
      csrfToken: this.#random.id(),
      expiresAt: 0,
      attempts: new Map(),
      provenAcrs: new Set(),
      filings: [],
    }
    this.#keep(session)
    return session
  }

  /** The session of that id, unless it was silent for too long. Finding it counts as a use. */
  find(id: string | undefined): Session | undefined {
    this.#forgetTheSilent()
    const session = id === undefined ? undefined : this.#sessions.get(id)
    if (session) this.#keep(session)
    return session
  }

  /**
   * Gives the session of a person who just signed in a new id, so that an id planted in the browser
   * beforehand is worth nothing. Sign-ins open in other tabs go on; another person starts afresh.
   */
  signIn(before: Session, identity: Identity): Session {
    this.end(before)
    const after = this.open()
    after.attempts = before.attempts
    after.identity = identity
    if (before.identity?.claims.sub === identity.claims.sub) {
      after.provenAcrs = before.provenAcrs
      after.filings = before.filings
    }
    if (identity.claims.acr !== undefined) after.provenAcrs.add(identity.claims.acr)
    return after
  }

  expect(session: Session, state: string, attempt: Attempt): void {
    session.attempts.set(state, attempt)
    const [oldest] = session.attempts.keys()
    if (session.attempts.size > mostAttempts && oldest !== undefined)
      session.attempts.delete(oldest)
  }

  end(session: Session): void {
    this.#sessions.delete(session.id)
  }

  /** Signs out every session of a sign-in at the provider (`sid`), or of a person (`sub`). */
  signOutAllOf({ sid, sub }: { sid?: string; sub?: string }): void {
    for (const session of this.#sessions.values()) {
      const claims = session.identity?.claims
      if (
        claims &&
        (sid !== undefined && claims.sid !== undefined ? claims.sid === sid : claims.sub === sub)
      )
        this.#signOut(session)
    }
  }

  /**
   * Forgets who was signed in and what was theirs. Sign-ins under way go on: when another person
   * signs in, the provider ends the one before in the very moment that the answer is on its way.
   * The id stays, since no browser is there to be given another; the next sign-in brings one.
   */
  #signOut(session: Session): void {
    delete session.identity
    session.csrfToken = this.#random.id()
    session.provenAcrs = new Set()
    session.filings = []
  }

  #keep(session: Session): void {
    this.#sessions.delete(session.id)
    session.expiresAt = this.#clock.now() + idleMs
    this.#sessions.set(session.id, session)
    if (this.#sessions.size > mostSessions) this.#forgetTheFirst()
  }

  #forgetTheSilent(): void {
    for (const session of this.#sessions.values()) {
      if (session.expiresAt > this.#clock.now()) return
      this.end(session)
    }
  }

  #forgetTheFirst(): void {
    const [longestSilent] = this.#sessions.values()
    if (longestSilent) this.end(longestSilent)
  }
}
