import type { ChangeablePeople, Claims } from '../accounts/index.ts'
import type { Clients, Registration } from '../clients/index.ts'
import type { Faults } from '../faults/index.ts'
import type { InsideReply, InsideRequest } from '../http/index.ts'
import type { Changes, Clock, Random, SeededRandom, Store, WorldClock } from '../kernel/index.ts'
import type { Feed, Journal } from '../journal/index.ts'
import type { WorldKeys } from '../keys/index.ts'
import type { Message, SignIns } from '../signin/index.ts'
import type { NextSignIns } from './next-sign-ins.ts'
import type { Expirable, LogoutDelivery, MintedTokens, SessionView, Stamps } from './api.ts'

/** A sign-in that is decided before anybody begins it. */
export interface PlannedSignIn {
  /** What the sign-in will be called. */
  signInId?: string
  personId: string
  /** On whose behalf. */
  subjectId?: string
  journey?: 'full' | 'short'
  claims?: Claims
  withholds?: readonly string[]
}

/** By ids: what belongs to all that is given. */
export interface WhoseIds {
  personId?: string
  clientId?: string
  signInId?: string
}

/** What this room asks of whoever speaks OpenID Connect. */
export interface TokenWorks {
  /** The claims whose values a sign-in may be told. */
  readonly plannableClaims: readonly string[]
  sessions: {
    list(filter: WhoseIds): Promise<SessionView[]>
    end(whose: { personId: string } | { sessionId: string }): Promise<number>
    /** `undefined` when there is no such session. */
    sendLogoutToken(whose: {
      sessionId: string
      clientId?: string
    }): Promise<LogoutDelivery[] | undefined>
  }
  /** Mints tokens, one set after the other, until the signal is aborted. */
  mint(asked: MintRequest, signal: AbortSignal): AsyncIterable<MintedTokens>
  /** Says how many there were. */
  expire(
    what: Exclude<Expirable, 'sign-in' | 'sign-in code' | 'lock'>,
    whose: WhoseIds,
  ): Promise<number>
  /** Ends everything that somebody holds who is not there any more. */
  forgetPerson(person: { id: string; number: string }): Promise<void>
  /** Calls the world's own endpoints, as a browser or a relying party does. */
  call(request: Omit<InsideRequest, 'prepare'>, plan?: PlannedSignIn): Promise<InsideReply>
}

export interface MintRequest {
  personId: string
  clientId: string
  subjectId?: string
  scope: string
  nonce?: string
  claims?: Claims
  count: number
}

/** A world, as far as it can be driven: its parts, which this room moves and does not own. */
export interface ControlledWorld {
  readonly name: string
  readonly issuer: string
  readonly seed: string | undefined
  readonly people: ChangeablePeople
  readonly clients: Clients
  readonly registration: Registration
  readonly signIns: SignIns
  readonly journal: Journal
  readonly messages: Feed<Message>
  readonly clock: WorldClock
  readonly realClock: Clock
  readonly changes: Changes
  readonly store: Store
  /** Where snapshots are kept: whatever is restored does not touch them. */
  readonly snapshots: Store
  readonly keys: WorldKeys
  readonly nextSignIns: NextSignIns
  readonly faults: Faults
  readonly random: Random
  /** The same, where a seed says how it goes. */
  readonly chance?: SeededRandom | undefined
  /** Made when it is first asked for. */
  works(): TokenWorks
  /** As at the beginning, with the keys it has; a seed begins anew. */
  reset(): Promise<void>
  end(): Promise<void>
}

/** Whose time stands in what a world signs. */
export const stampsOf = ({ changes }: Pick<ControlledWorld, 'changes'>): Stamps =>
  changes.get('stamps') === 'world' ? 'world' : 'real'
