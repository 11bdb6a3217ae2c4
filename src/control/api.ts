import type {
  PeopleCriteria,
  NewPerson,
  PeopleSearch,
  Person,
  PersonWishes,
} from '../accounts/index.ts'
import type { RelyingParty } from '../clients/index.ts'
import type { FaultName } from '../faults/index.ts'
import type { JournalEntry } from '../journal/index.ts'
import type { Answer, Message, Refusal, Step } from '../signin/index.ts'

export type { Message } from '../signin/index.ts'

/** A person: their id, their number, or anything that has their id. */
export type PersonRef = string | { readonly id: string }
/** A relying party: its `client_id`, or anything that has it. */
export type ClientRef = string | { readonly client_id: string }
/** A sign-in: its id, or anything that has it. */
export type SignInRef = string | { readonly id: string } | { readonly signInId: string }

/**
 * Narrows what is listed, waited for or ended to what belongs to all that is given. Tests that
 * share one world stay apart by it.
 */
export interface Whose {
  client?: ClientRef
  person?: PersonRef
  signIn?: SignInRef
}

/** How long to wait, at most. */
export interface Patience {
  /**
   * In seconds, from 0 to 120.
   *
   * @default 5
   */
  timeoutSeconds?: number
}

/** How a new world begins. */
export interface NewWorld {
  /**
   * Lower-case letters, digits and hyphens: it stands in the issuer, `/w/<name>`.
   *
   * @default made up
   */
  name?: string
  /** Makes ids, codes and made-up people the same in every run. */
  seed?: string
  /** The moment at which its clock begins: an ISO date or date-time. It goes on from there. */
  at?: string
  /**
   * Whether its clock stands still from the beginning.
   *
   * @default false
   */
  isFrozen?: boolean
  /**
   * Whether what it signs (`iat`, `exp`, `auth_time`) is in real time, by which relying parties
   * check it, or in the world's.
   *
   * @default real
   */
  stamps?: Stamps
  /**
   * Whether it has the people of the people file, or nobody at first.
   *
   * @default file
   */
  people?: 'file' | 'none'
  /**
   * Whether it has the relying parties of the clients file, or none at first.
   *
   * @default file
   */
  clients?: 'file' | 'none'
  /** Private keys (JWK) that sign here, in place of those that worlds inherit. */
  keys?: readonly Record<string, unknown>[]
  /** Journey of relying parties that name none. */
  journey?: 'full' | 'short'
  /** `fixed` makes every code 000000. */
  codes?: 'random' | 'fixed'
  /**
   * After how long without a request it ends, in seconds.
   *
   * @default 3600
   */
  idleSeconds?: number
}

/** Whose time stands in what is signed. */
export type Stamps = 'real' | 'world'

/** A world as others see it. */
export interface WorldView {
  name: string
  issuer: string
  clock: ClockView
  seed?: string
}

/** What time it is in a world. */
export interface ClockView {
  /** ISO 8601, UTC. */
  now: string
  isFrozen: boolean
  /** How far it is ahead of real time, in milliseconds; behind when negative. */
  aheadMs: number
  stamps: Stamps
}

/** What can be made to expire at once. */
export type Expirable =
  | 'authorization code'
  | 'access token'
  | 'refresh token'
  | 'session'
  | 'sign-in'
  | 'sign-in code'
  | 'lock'

/** How to sign somebody in without a browser. */
export interface SignInOptions {
  /** Who signs in. */
  as: PersonRef
  /** At which relying party. The only one, or `test-rp`, without. */
  client?: ClientRef
  /** On whose behalf: the id of a child, ward or organisation. */
  role?: string | { readonly id: string }
  /** @default openid profile vneid */
  scope?: string
  /** Asked for as `acr_values`. */
  acr?: string
  /** The steps of this sign-in. */
  journey?: 'full' | 'short'
  /** What the claims of this one sign-in say instead of what is known of the person. */
  claims?: Readonly<Record<string, unknown>>
  /** @default the first that is registered */
  redirectUri?: string
  state?: string
  nonce?: string
  /** Further parameters of the authorization request, such as `max_age` or `prompt`. */
  parameters?: Readonly<Record<string, string>>
  /** Of a browser that signed in before, to go on in it. */
  cookies?: readonly Cookie[]
  /**
   * How far it goes: to the code that comes back to the relying party, or on to the tokens.
   *
   * @default tokens
   */
  returns?: 'code' | 'tokens'
}

/** A cookie as browser drivers take it. */
export interface Cookie {
  name: string
  value: string
  domain: string
  path: string
  httpOnly: boolean
  secure: boolean
  sameSite: 'Lax' | 'Strict' | 'None'
}

/** What a sign-in came to. */
export interface SignInResult {
  signInId: string
  /** Where the browser was sent back to, with `code` and `state`. */
  callbackUrl: string
  code: string
  /** What the code must be redeemed with. RFC 7636 §4.5. */
  codeVerifier: string
  redirectUri: string
  /** The rest is there unless only the code was asked for. */
  accessToken?: string
  idToken?: string
  refreshToken?: string
  scope?: string
  /** In seconds. */
  expiresIn?: number
  /** Of the ID token and of userinfo together. */
  claims?: Record<string, unknown>
  /** For a browser to go on with, signed in. */
  cookies: Cookie[]
  /** What happened, in order. */
  journal: JournalEntry[]
}

/** Who the next sign-in of a relying party will be, without the portal being touched. */
export interface NextSignIn {
  as: PersonRef
  client?: ClientRef
  role?: string | { readonly id: string }
  journey?: 'full' | 'short'
  claims?: Readonly<Record<string, unknown>>
}

/** A sign-in as others see it. */
export interface SignInView {
  id: string
  clientId: string
  step: Step
  personId?: string
  /** On whose behalf, once it is known. */
  subjectId?: string
  refusal?: Refusal
  /** ISO 8601, by the world's clock, like all times here. */
  beganAt: string
  expiresAt: string
  /** The sign-in code that was last sent. */
  code?: string
}

/** What somebody answers at a step. A persona's id walks all that is left. */
export type AnswerInput = Answer | { as: PersonRef }

/** A key that signs, or did, or will. */
export interface KeyView {
  kid: string
  alg: string
  /** Whether it signs what is signed with its algorithm now. */
  isSigning: boolean
  /** Whether it is the process's, and not this world's own. */
  isInherited: boolean
}

/** Somebody who is signed in in a browser. */
export interface SessionView {
  id: string
  personId?: string
  /** Where they are signed in: what each relying party knows the session by. */
  clients: { clientId: string; sid?: string; subjectId?: string }[]
  acr?: string
  amr?: string[]
  /** ISO 8601, by the world's clock. */
  signedInAt?: string
  expiresAt?: string
}

/** What became of a logout token. OpenID Connect Back-Channel Logout §2.5. */
export interface LogoutDelivery {
  clientId: string
  isDelivered: boolean
  /** Why not. */
  problem?: string
}

/** Tokens without a sign-in. */
export interface MintOptions {
  as: PersonRef
  client?: ClientRef
  role?: string | { readonly id: string }
  /** @default openid profile vneid */
  scope?: string
  nonce?: string
  claims?: Readonly<Record<string, unknown>>
}

export interface MintedTokens {
  accessToken: string
  idToken: string
  /** In seconds. */
  expiresIn: number
  scope: string
}

/** A fault to arm: it strikes where all that is said is so. */
export interface FaultToArm extends Whose {
  /** Which: see the catalogue in the documentation; an unknown one is refused with the nearest. */
  fault: FaultName
  /** Where: as in {@link JournalEntry.endpoint}. Everywhere, without. */
  endpoint?: string
  /** For `status`: from 400 to 599; 503 without. */
  status?: number
  /** For `slow`: in milliseconds, up to 60000; 3000 without. */
  delayMs?: number
  /**
   * How often it strikes.
   *
   * @default 1
   */
  times?: number
}

/** A fault that waits to strike. */
export interface FaultView {
  id: string
  fault: FaultName
  endpoint?: string
  clientId?: string
  personId?: string
  signInId?: string
  status?: number
  delayMs?: number
  times: number
}

/** Narrows the journal. */
export interface JournalFilter extends Whose {
  /** Such as `token`: see {@link JournalEntry.endpoint}. */
  endpoint?: string
  /** Whether it went well: `true` for replies below 400 and steps that were passed. */
  isOk?: boolean
}

/** What happens, as it happens. */
export type WorldEvent =
  { type: 'journal'; entry: JournalEntry } | { type: 'message'; message: Message }

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
    /** Bound to the person. They are not there any more; what they hold ends at its next use. */
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
    list(filter?: Omit<Whose, 'signIn'> & { step?: Step }): Promise<SignInView[]>
    get(signIn: SignInRef): Promise<SignInView>
    /** Answers the present step of a sign-in that a browser has begun. Bound to the sign-in. */
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
    /** Is at that moment: an ISO date (midnight in Viet Nam) or date-time. */
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
    list(filter?: Omit<Whose, 'signIn'>): Promise<SessionView[]>
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
  /** Everything as it was. Can be done again and again. Bound to the world. */
  restore(snapshot: { snapshot: string }): Promise<void>
  /** As at the beginning, with the keys it has. Bound to the world. */
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
