import type {
  PeopleCriteria,
  NewPerson,
  PeopleSearch,
  Person,
  PersonWishes,
} from '../../accounts/index.ts'
import type { RelyingParty } from '../../clients/index.ts'
import type { JournalEntry } from '../../journal/index.ts'
import type { Step } from '../../signin/index.ts'
import type * as api from '../api.ts'

/** Keys whose values are references: an id, or in a program anything that has it. */
export const referenceKeys = ['as', 'client', 'person', 'phoneOf', 'role', 'signIn'] as const

export type ReferenceKey = (typeof referenceKeys)[number]

/** The same on the wire, where every reference is a string. */
export type OnWire<T> = {
  [K in keyof T]: K extends ReferenceKey ? Exclude<T[K], object> : T[K]
}

/** No input. */
export type Nothing = object

type Whose = OnWire<api.Whose>
type Patience = api.Patience

/** What each operation takes. References are strings: doors make them of whatever has an id. */
export interface OperationInputs {
  'worlds.create': api.NewWorld
  'worlds.list': Nothing
  'worlds.get': { world: string }
  'worlds.end': { world: string }
  describe: Nothing
  'people.create': { wishes: NewPerson }
  'people.get': { person: string }
  'people.list': { limit?: number; after?: string }
  'people.search': { criteria?: PeopleCriteria } & PeopleSearch
  'people.random': { criteria?: PeopleCriteria; seed?: string }
  'people.change': { person: string; wishes: PersonWishes }
  'people.remove': { person: string }
  'clients.register': { metadata: Partial<RelyingParty> }
  'clients.get': { client: string }
  'clients.list': Nothing
  'clients.change': { client: string; metadata: Readonly<Record<string, unknown>> }
  'clients.remove': { client: string }
  signIn: OnWire<api.SignInOptions>
  'signIns.next': OnWire<api.NextSignIn>
  'signIns.list': Whose & { step?: Step }
  'signIns.get': { signIn: string }
  'signIns.answer': { signIn: string; answer: WireAnswer }
  'signIns.wait': Whose & { step?: Step } & Patience
  'messages.list': Whose & { phoneOf?: string }
  'messages.take': Whose & { phoneOf?: string } & Patience
  'clock.read': Nothing
  'clock.freeze': { at?: string }
  'clock.set': { to: string }
  'clock.advance': { by: string | number }
  'clock.thaw': Nothing
  expire: { what: api.Expirable } & Whose
  'keys.list': Nothing
  'keys.add': { alg?: string; jwk?: Readonly<Record<string, unknown>> }
  'keys.switch': { kid: string }
  'keys.retire': { kid: string }
  'faults.list': Nothing
  'faults.arm': OnWire<api.FaultToArm>
  'faults.disarm': { id: string }
  'sessions.list': Whose
  'sessions.end': { person?: string; session?: string }
  'sessions.sendLogoutToken': { session: string; client?: string }
  'tokens.mint': OnWire<api.MintOptions>
  'tokens.mintMany': OnWire<api.MintOptions> & { count: number }
  'journal.list': OnWire<api.JournalFilter> & { limit?: number }
  'journal.take': OnWire<api.JournalFilter> & Patience
  'journal.clear': Nothing
  events: Nothing
  snapshot: Nothing
  restore: { snapshot: string }
  reset: Nothing
  end: Nothing
}

/** An answer at a step, or who walks all that is left. */
export type WireAnswer = Exclude<api.AnswerInput, { as: unknown }> | { as: string }

/** What each operation gives: the whole reply, or one item of a stream. */
export interface OperationOutputs {
  'worlds.create': api.WorldView
  'worlds.list': api.WorldView[]
  'worlds.get': api.WorldView
  'worlds.end': void
  describe: api.WorldView
  'people.create': Person
  'people.get': Person
  'people.list': Person[]
  'people.search': Person[]
  'people.random': Person
  'people.change': Person
  'people.remove': void
  'clients.register': RelyingParty
  'clients.get': RelyingParty
  'clients.list': RelyingParty[]
  'clients.change': RelyingParty
  'clients.remove': void
  signIn: api.SignInResult
  'signIns.next': { id: string }
  'signIns.list': api.SignInView[]
  'signIns.get': api.SignInView
  'signIns.answer': api.SignInView
  'signIns.wait': api.SignInView
  'messages.list': api.Message[]
  'messages.take': api.Message
  'clock.read': api.ClockView
  'clock.freeze': api.ClockView
  'clock.set': api.ClockView
  'clock.advance': api.ClockView
  'clock.thaw': api.ClockView
  expire: { expired: number }
  'keys.list': api.KeyView[]
  'keys.add': api.KeyView
  'keys.switch': api.KeyView[]
  'keys.retire': api.KeyView[]
  'faults.list': api.FaultView[]
  'faults.arm': api.FaultView
  'faults.disarm': void
  'sessions.list': api.SessionView[]
  'sessions.end': { ended: number }
  'sessions.sendLogoutToken': api.LogoutDelivery[]
  'tokens.mint': api.MintedTokens
  'tokens.mintMany': api.MintedTokens
  'journal.list': JournalEntry[]
  'journal.take': JournalEntry
  'journal.clear': void
  events: api.WorldEvent
  snapshot: { snapshot: string }
  restore: void
  reset: void
  end: void
}

export type OperationName = keyof OperationInputs
/** Operations whose reply comes bit by bit. */
export type StreamName = 'tokens.mintMany' | 'events'
/** Operations that only the mock's root has. */
export type RootName = Extract<OperationName, `worlds.${string}`>

/** What goes with a deed. */
export interface DeedContext {
  /** Aborted when whoever asked has gone. */
  signal: AbortSignal
}

/**
 * How an operation is done in one world. A stream is handed over once it has begun: of what happens
 * from then on, nothing is missed.
 */
type Deed<K extends OperationName> = (
  input: OperationInputs[K],
  context: DeedContext,
) => K extends StreamName
  ? AsyncIterable<OperationOutputs[K]> | Promise<AsyncIterable<OperationOutputs[K]>>
  : Promise<OperationOutputs[K]>

/** How everything is done that a world can be asked. */
export type WorldDeeds = { readonly [K in Exclude<OperationName, RootName>]: Deed<K> }
/** How everything is done that only the mock's root can be asked. */
export type RootDeeds = { readonly [K in RootName]: Deed<K> }
/** The deeds of a world, and at the mock's root those about worlds too. */
export type Deeds = WorldDeeds & Partial<RootDeeds>
