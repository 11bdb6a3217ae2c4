import type { AnswerInput, MockWorld } from '../api.ts'
import type { Caller } from '../callers/caller.ts'
import { ControlRefused } from '../refused.ts'
import type {
  Nothing,
  OperationInputs,
  OperationName,
  ReferenceKey,
  StreamName,
  WireAnswer,
} from '../operations/types.ts'
import { withIds } from './references.ts'

export interface WorldDoorOptions {
  name: string
  issuer: string
  /**
   * Whether the world ends when this door is disposed of: whoever made it wants that.
   *
   * @default false
   */
  endsOnDispose?: boolean
}

type MintMany = OperationInputs['tokens.mintMany']
type CallName = Exclude<OperationName, StreamName>

/** An input whose references are not ids yet. It may be left out where nothing in it is needed. */
type Referring<K extends CallName> = Nothing extends OperationInputs[K]
  ? [input?: Loosely<OperationInputs[K]>]
  : [input: Loosely<OperationInputs[K]>]

type Loosely<T> = { [P in keyof T]: P extends ReferenceKey ? unknown : T[P] }

/** A world as programs use it: written once, for this process and for elsewhere. */
export function createWorldDoor(caller: Caller, options: WorldDoorOptions): MockWorld {
  const { name, issuer, endsOnDispose = false } = options
  const call = <K extends CallName>(operation: K, ...[input]: Referring<K>) =>
    caller.call(operation, withIds(input) as unknown as OperationInputs[K])
  return {
    name,
    issuer,
    describe: () => call('describe'),
    people: {
      create: (wishes = {}) => call('people.create', { wishes }),
      get: (person) => call('people.get', { person }),
      list: (which) => call('people.list', which),
      search: (criteria = {}, which = {}) => call('people.search', { ...which, criteria }),
      random: (criteria = {}, seed) =>
        call('people.random', seed === undefined ? { criteria } : { criteria, seed }),
      change: (person, wishes) => call('people.change', { person, wishes }),
      remove: (person) => call('people.remove', { person }),
    },
    clients: {
      register: (metadata = {}) => call('clients.register', { metadata }),
      get: (client) => call('clients.get', { client }),
      list: () => call('clients.list'),
      change: (client, metadata) => call('clients.change', { client, metadata }),
      remove: (client) => call('clients.remove', { client }),
    },
    signIn: (options) => call('signIn', options),
    signIns: {
      next: (next) => call('signIns.next', next),
      list: (filter) => call('signIns.list', filter),
      get: (signIn) => call('signIns.get', { signIn }),
      answer: (signIn, answer) => call('signIns.answer', { signIn, answer: onWire(answer) }),
      wait: (filter) => call('signIns.wait', filter),
    },
    messages: {
      list: (filter) => call('messages.list', filter),
      take: (filter) => call('messages.take', filter),
    },
    clock: {
      read: () => call('clock.read'),
      freeze: (options) => call('clock.freeze', options),
      set: (options) => call('clock.set', options),
      advance: (options) => call('clock.advance', options),
      thaw: () => call('clock.thaw'),
    },
    expire: (what, whose) => call('expire', { ...whose, what }),
    keys: {
      list: () => call('keys.list'),
      add: (options) => call('keys.add', options),
      switch: (kid) => call('keys.switch', { kid }),
      retire: (kid) => call('keys.retire', { kid }),
    },
    faults: {
      list: () => call('faults.list'),
      arm: (fault) => call('faults.arm', fault),
      disarm: (id) => call('faults.disarm', { id }),
    },
    sessions: {
      list: (filter) => call('sessions.list', filter),
      end: (whose) => call('sessions.end', whose),
      sendLogoutToken: (options) => call('sessions.sendLogoutToken', options),
    },
    tokens: {
      mint: (options) => call('tokens.mint', options),
      mintMany: (options) =>
        caller.stream('tokens.mintMany', withIds(options) as unknown as MintMany),
    },
    journal: {
      list: (filter) => call('journal.list', filter),
      take: (filter) => call('journal.take', filter),
      clear: () => call('journal.clear'),
    },
    events: (options) => caller.stream('events', {}, options),
    snapshot: () => call('snapshot'),
    restore: ({ snapshot }) => call('restore', { snapshot }),
    reset: () => call('reset'),
    end: () => call('end'),
    [Symbol.asyncDispose]: async () => {
      if (endsOnDispose) await call('end').catch(unlessGone)
    },
  } satisfies MockWorld
}

/** Whoever walks all that is left is a reference, too. */
const onWire = (answer: AnswerInput): WireAnswer =>
  ('as' in answer ? withIds(answer) : answer) as WireAnswer

/** A world that has ended already is as it should be. */
function unlessGone(error: unknown): void {
  if (error instanceof ControlRefused && error.code === 'ERR_WORLD_NOT_FOUND') return
  throw error
}
