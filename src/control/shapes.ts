import type { FaultName } from '../faults/index.ts'
import type { Endpoint, JournalEntry, ProviderEndpoint } from '../journal/index.ts'
import type { Answer, AnswerProblem, Message, Refusal, Step } from '../signin/index.ts'

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
  | 'consent'

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
  /** Names of claims that they keep back: among those that the relying party lets people choose. */
  withholds?: readonly string[]
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
  withholds?: readonly string[]
}

/** A sign-in as others see it. */
export interface SignInView {
  id: string
  clientId: string
  step: Step
  personId?: string
  /** On whose behalf, once it is known. */
  subjectId?: string
  /** What was wrong with the last answer, which the same step must be given again. */
  problem?: AnswerProblem
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
  /** Where at the provider: as in {@link JournalEntry.endpoint}. Everywhere, without. */
  endpoint?: ProviderEndpoint
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
  endpoint?: ProviderEndpoint
  clientId?: string
  personId?: string
  signInId?: string
  status?: number
  delayMs?: number
  times: number
}

/** Narrows the journal. */
export interface JournalFilter extends Whose {
  /** Such as `token`: see {@link JournalEntry.endpoint}. An unknown one is refused with the nearest. */
  endpoint?: Endpoint
  /** Whether it went well: `true` for replies below 400 and steps that were passed. */
  isOk?: boolean
}

/** What happens, as it happens. */
export type WorldEvent =
  { type: 'journal'; entry: JournalEntry } | { type: 'message'; message: Message }
