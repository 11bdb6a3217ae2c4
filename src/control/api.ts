import type {
  NewPerson,
  Person,
  PersonWishes,
  PeopleCriteria,
  PeopleSearch,
} from '../accounts/index.ts'
import type { RelyingParty } from '../clients/index.ts'
import type { JournalEntry } from '../journal/index.ts'
import type { Message, Step } from '../signin/index.ts'
import type {
  AnswerInput,
  ClientRef,
  ClockView,
  Expirable,
  FaultToArm,
  FaultView,
  JournalFilter,
  KeyView,
  LogoutDelivery,
  MintOptions,
  MintedTokens,
  NewWorld,
  NextSignIn,
  Patience,
  PersonRef,
  SessionView,
  SignInOptions,
  SignInRef,
  SignInResult,
  SignInView,
  Whose,
  WorldEvent,
  WorldView,
} from './shapes.ts'

export type * from './shapes.ts'

/**
 * One world, through whichever door: the same operations in process, over HTTP below
 * `<issuer>/_mock`, and through {@link connectMockVneid}. What each says of its reach holds at every
 * door: an effect is bound to a sign-in, a person, a relying party, or the whole world.
 */
export interface MockWorld extends AsyncDisposable {
  readonly name: string
  readonly issuer: string
  /** Of this world: what it is called and what time it is there. */
  describe(): Promise<WorldView>
  people: {
    /** Bound to nobody: adds a person. */
    create(wishes?: NewPerson): Promise<Person>
    /** @throws {@link ControlRefused} `ERR_PERSON_NOT_FOUND`, with the nearest. */
    get(person: PersonRef): Promise<Person>
    /** Those of the file and those that were added, by id; at most `limit` (100) after `after`. */
    list(options?: { limit?: number; after?: string }): Promise<Person[]>
    /**
     * Those who are as one looks for, now: first whom {@link MockWorld.people.list} has, by id, then
     * the population. At most `limit` (20) after `after`; another `seed`, others of the
     * population.
     */
    search(criteria?: PeopleCriteria, options?: PeopleSearch): Promise<Person[]>
    /**
     * One of them by chance: somebody of the population whom nobody changed, where there is one.
     * The same seed finds the same person.
     *
     * @throws {@link ControlRefused} `ERR_PERSON_NOT_FOUND` when nobody is so.
     */
    random(criteria?: PeopleCriteria, seed?: string): Promise<Person>
    /** Bound to the person. What is left out stays. Sessions, refresh and userinfo follow at once. */
    change(person: PersonRef, wishes: PersonWishes): Promise<Person>
    /**
     * Bound to the person. They are not there any more, and what they hold ends at once: sessions
     * as by a sign-out, logout tokens included; every code and token, also those with
     * `offline_access` and those that others hold on their behalf; what they agreed to; sign-ins
     * that are under way; wrong tries. Whoever is called the same later has nothing of it.
     */
    remove(person: PersonRef): Promise<void>
  }
  clients: {
    /** Bound to the relying party. What is left out is made up or default (a secret, an id). */
    register(metadata?: Partial<RelyingParty>): Promise<RelyingParty>
    get(client: ClientRef): Promise<RelyingParty>
    list(): Promise<RelyingParty[]>
    /** Bound to the relying party. What is left out stays; `null` takes a key away. */
    change(client: ClientRef, metadata: Readonly<Record<string, unknown>>): Promise<RelyingParty>
    remove(client: ClientRef): Promise<void>
  }
  /**
   * Signs somebody in through the real endpoints, without a browser. Bound to the sign-in.
   *
   * @throws {@link ControlRefused} `ERR_SIGN_IN_REFUSED`, with `error`, `errorDescription` and the
   *   sign-in's `journal`, when the relying party would hear an error.
   */
  signIn(options: SignInOptions): Promise<SignInResult>
  signIns: {
    /**
     * Decides who the next sign-in is: of that relying party, or of any. Used once. Bound to the
     * relying party.
     */
    next(next: NextSignIn): Promise<{ id: string }>
    list(filter?: Whose & { step?: Step }): Promise<SignInView[]>
    get(signIn: SignInRef): Promise<SignInView>
    /**
     * Answers the present step of a sign-in that a browser has begun. Bound to the sign-in. An
     * answer that was wrong, such as another code, leaves it there with a `problem`.
     *
     * @throws {@link ControlRefused} `ERR_ASKED_WRONGLY` when it stands at another step, or is
     *   over.
     */
    answer(signIn: SignInRef, answer: AnswerInput): Promise<SignInView>
    /** Waits until there is one that stands at that step (any, without), and returns it. */
    wait(filter?: Whose & { step?: Step } & Patience): Promise<SignInView>
  }
  messages: {
    /** The codes that were sent, the oldest first. */
    list(filter?: Whose & { phoneOf?: PersonRef }): Promise<Message[]>
    /** Waits for one that nobody took yet, and takes it. */
    take(filter?: Whose & { phoneOf?: PersonRef } & Patience): Promise<Message>
  }
  /** Bound to the world: nothing outside of it is touched, the host process least of all. */
  clock: {
    read(): Promise<ClockView>
    /** Stands still, at a moment or at now. */
    freeze(options?: { at?: string }): Promise<ClockView>
    /**
     * Is at that moment: an ISO date (midnight in Viet Nam) or date-time. Set back, it brings
     * nothing back that has ended: sessions, codes, tokens. What is judged by it, such as ages,
     * cards and locks, follows it both ways.
     */
    set(options: { to: string }): Promise<ClockView>
    /** Goes forward by `90s`, `15m`, `2h`, `3d`, or by milliseconds. */
    advance(options: { by: string | number }): Promise<ClockView>
    /** Goes on from where it stands. */
    thaw(): Promise<ClockView>
  }
  /** Makes what is remembered expire now. Bound as narrowly as it is asked. Says how much did. */
  expire(what: Expirable, whose?: Whose): Promise<{ expired: number }>
  /** Bound to the world. */
  keys: {
    list(): Promise<KeyView[]>
    /** Publishes another key, which signs from its {@link MockWorld.keys.switch} on. */
    add(options?: { alg?: string; jwk?: Readonly<Record<string, unknown>> }): Promise<KeyView>
    /** From now on this one signs what is signed with its algorithm. */
    switch(kid: string): Promise<KeyView[]>
    /** Takes it from the JWKS: what it signed is not believed any more. */
    retire(kid: string): Promise<KeyView[]>
  }
  faults: {
    /** What is armed, the first first. */
    list(): Promise<FaultView[]>
    /** Makes something go wrong. Bound as narrowly as it is asked. */
    arm(fault: FaultToArm): Promise<FaultView>
    disarm(id: string): Promise<void>
  }
  sessions: {
    list(filter?: Whose): Promise<SessionView[]>
    /** Bound to the person or session: ends it as a sign-out does, logout tokens included. */
    end(whose: { person?: PersonRef; session?: string }): Promise<{ ended: number }>
    /** Bound to the session. Sends logout tokens and ends nothing. */
    sendLogoutToken(options: { session: string; client?: ClientRef }): Promise<LogoutDelivery[]>
  }
  tokens: {
    /** Bound to the person at the relying party. */
    mint(options: MintOptions): Promise<MintedTokens>
    /** Up to ten thousand at once, each of them different. */
    mintMany(options: MintOptions & { count: number }): AsyncIterable<MintedTokens>
  }
  journal: {
    /** What happened, the oldest first; with a limit the newest of it. */
    list(filter?: JournalFilter & { limit?: number }): Promise<JournalEntry[]>
    /** Waits for an entry that nobody took yet, and takes it: the oldest that fits. */
    take(filter?: JournalFilter & Patience): Promise<JournalEntry>
    clear(): Promise<void>
  }
  /** What happens from now on. Ends when the signal is aborted. */
  events(options?: { signal?: AbortSignal }): AsyncIterable<WorldEvent>
  /** Keeps everything as it is now, the clock too; of more than 20, the latest. Bound to the world. */
  snapshot(): Promise<{ snapshot: string }>
  /**
   * Everything as it was, a seed's chance too if this process made the world and took the snapshot.
   * Can be done again and again. Bound to the world.
   */
  restore(snapshot: { snapshot: string }): Promise<void>
  /** As at the beginning, with the keys it has; a seed begins anew. Bound to the world. */
  reset(): Promise<void>
  /** Ends the world and all that is in it. The default world cannot end. */
  end(): Promise<void>
}

/** A mock: its default world, and all others. */
export interface MockWorlds extends MockWorld {
  /** Makes another world, isolated from all others. Ends by itself when it is not used. */
  world(options?: NewWorld): Promise<MockWorld>
  worlds: {
    list(): Promise<WorldView[]>
    /** The door of a world that is there. */
    get(name: string): Promise<MockWorld>
    end(name: string): Promise<void>
  }
}
