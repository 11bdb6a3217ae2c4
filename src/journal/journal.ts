import type { Clock, Store } from '../kernel/index.ts'
import type { JournalEntry } from './entry.ts'
import { Feed, type Patience, type Place, type Unplaced } from './feed.ts'

/** Narrows the journal to the entries that belong to all that is given, by ids. */
export interface EntryFilter {
  client?: string | undefined
  person?: string | undefined
  signIn?: string | undefined
  endpoint?: string | undefined
  isOk?: boolean | undefined
}

export interface JournalOptions {
  store: Store
  clock: Clock
  /**
   * How many entries are kept: the oldest go first.
   *
   * @default 1000
   */
  keepLast?: number
}

/**
 * What happened in a world and why, in order. It keeps what it is handed: whoever records makes
 * `asked` by {@link askedOf}, so that no secret is in it.
 */
export class Journal {
  readonly #entries: Feed<JournalEntry>

  constructor({ store, clock, keepLast = 1000 }: JournalOptions) {
    const what = 'journal entry'
    this.#entries = new Feed({ store, clock, name: 'journal', what, inShort, keepLast })
  }

  /** Writes down what happened, now by the world's clock. The entry must not be changed afterwards. */
  record(entry: Unplaced<JournalEntry>): Promise<void> {
    return this.#entries.add(entry)
  }

  /** The oldest first; with a limit the newest of them. */
  list({ limit, ...filter }: EntryFilter & { limit?: number } = {}): Promise<JournalEntry[]> {
    return this.#entries.list(matcherOf(filter), limit === undefined ? {} : { limit })
  }

  /**
   * Waits for the oldest entry that fits and that nobody took yet, and takes it.
   *
   * @throws {@link NothingCame} When the time is over.
   */
  take(filter: EntryFilter, patience: Patience): Promise<JournalEntry> {
    return this.#entries.take(matcherOf(filter), { ...patience, wanted: inWords(filter) })
  }

  /** What is recorded from now on, until the signal is aborted. */
  follow(signal: AbortSignal): AsyncIterable<JournalEntry> {
    return this.#entries.follow(signal)
  }

  /** The place behind the last entry, to look from there by {@link Journal.arrivals}. */
  end(): Promise<Place> {
    return this.#entries.end()
  }

  /** What is recorded after a place, until the time is over or the signal is aborted. */
  arrivals(place: Place, patience: Patience): AsyncIterable<JournalEntry> {
    return this.#entries.arrivals(place, patience)
  }

  clear(): Promise<void> {
    return this.#entries.clear()
  }
}

function matcherOf({ client, person, signIn, endpoint, isOk }: EntryFilter) {
  return (entry: JournalEntry): boolean =>
    (client === undefined || entry.clientId === client) &&
    (person === undefined || entry.personId === person) &&
    (signIn === undefined || entry.signInId === signIn) &&
    (endpoint === undefined || entry.endpoint === endpoint) &&
    (isOk === undefined || entry.isOk === isOk)
}

/** A filter in words, with what it is narrowed to. */
export function inWords(filter: object): string {
  return Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    .join(', ')
}

const inShort = ({ endpoint, clientId, personId, decided }: JournalEntry): string => {
  const whose = [clientId, personId].filter((id) => id !== undefined).join(', ')
  return `${endpoint} ${JSON.stringify(decided)}${whose === '' ? '' : ` (${whose})`}`
}
