import { setTimeout as pause } from 'node:timers/promises'
import {
  monotonicMs,
  systemRandom,
  type Clock,
  type Json,
  type Noted,
  type Store,
} from '../kernel/index.ts'
import { NothingCame } from './nothing-came.ts'

/** Something that happened in a world: where it stands among the others, and when it was. */
export interface Happening {
  /** Its position: grows from one to the next. */
  id: string
  /** By the world's clock: ISO 8601, UTC. */
  at: string
}

/** What is known of something before it is written down. */
export type Unplaced<T extends Happening> = Omit<T, 'id' | 'at'>

export interface FeedOptions<T extends Happening> {
  store: Store
  clock: Clock
  /** Names its log in the store. */
  name: string
  /** What one of them is called: "journal entry". */
  what: string
  /** One of them in a few words, for whoever waited for another. */
  inShort: (value: T) => string
  /** How many are kept: the oldest go first. */
  keepLast: number
}

/** A place in a feed, between what came before and what comes after. */
export interface Place {
  after: string | undefined
}

/** How long to wait, in real time, whatever the world's clock does. */
export interface Patience {
  timeoutMs: number
  signal?: AbortSignal | undefined
}

const pageSize = 200

/** A timer of the machine holds no more than 24 days: whoever waits longer waits again. */
const longestWaitMs = 60_000

/** A store that has nothing to wait for any more, as when it was closed, is not asked all the time. */
const idlePauseMs = 50

/** How many of those that did not fit are named to whoever waited in vain. */
const namedAtMost = 5

/**
 * What happened in a world, bounded, and others wait for the next: on this replica or another.
 * Adding is part of the unit of work that is under way; taking and following are done outside of
 * any.
 */
export class Feed<T extends Happening> {
  readonly #options: FeedOptions<T>
  readonly #store: Store
  readonly #name: string
  /** Never of a seed: replicas of one world would mark alike. */
  readonly #mark = systemRandom.id()
  #added = 0
  /** The last place that was seen: whoever looks for the end begins there. */
  #seen: string | undefined

  constructor(options: FeedOptions<T>) {
    this.#options = options
    this.#store = options.store
    this.#name = options.name
  }

  /** Nothing of the value may be changed afterwards. */
  add(value: Unplaced<T>): Promise<void> {
    const at = new Date(this.#options.clock.now()).toISOString()
    const marked = [`${this.#mark}${this.#added++}`, { at, ...value }] as unknown as Json
    return this.#store.note(this.#name, marked, this.#options.keepLast)
  }

  /** Those that fit, the oldest first; with a limit the newest of them. */
  async list(matches: (value: T) => boolean, { limit }: { limit?: number } = {}): Promise<T[]> {
    const notes = await this.#store.notes<Marked>(this.#name)
    const fitting = notes.map((noted) => this.#placed(noted)).filter(matches)
    return limit === undefined || limit >= fitting.length
      ? fitting
      : fitting.slice(fitting.length - limit)
  }

  /**
   * Waits for one that fits and that nobody took yet, the oldest first, and takes it. Of all who
   * ask, on whichever replica, exactly one gets each.
   *
   * @param options.wanted What is waited for, in words.
   * @throws {@link NothingCame} When the time is over.
   */
  async take(matches: (value: T) => boolean, options: Patience & { wanted?: string }): Promise<T> {
    let taken: ReadonlySet<string> | undefined
    const others = new Map<string, T>()
    const takenBefore = new Set<string>()
    for await (const { noted, isLate } of this.#arrivals({ after: undefined }, options)) {
      taken ??= await this.#taken()
      const value = this.#placed(noted)
      const [mark] = noted.value
      // What comes late may be there again, as it was before it was taken: the store knows.
      const isTaken = !isLate && taken.has(mark)
      if (!matches(value)) keepNewest(others, mark, value)
      else if (!isTaken && (await this.#claim(mark))) return value
      else takenBefore.add(mark)
    }
    options.signal?.throwIfAborted()
    const { what, inShort } = this.#options
    throw new NothingCame({
      what,
      wanted: options.wanted ?? '',
      timeoutMs: options.timeoutMs,
      takenBefore: takenBefore.size,
      others: [...others.values()].map(inShort),
    })
  }

  /** The place behind the last one. */
  async end(): Promise<Place> {
    let after = this.#seen
    for (let isMore = true; isMore;) {
      const page = await this.#page(after)
      after = page.at(-1)?.position ?? after
      isMore = page.length === pageSize
    }
    this.#seen = after
    return { after }
  }

  /** What comes after a place, as it comes, until the time is over or the signal is aborted. */
  async *arrivals(place: Place, patience: Patience): AsyncGenerator<T, void> {
    for await (const { noted } of this.#arrivals(place, patience)) yield this.#placed(noted)
  }

  /** What comes from now on, until the signal is aborted. */
  follow(signal: AbortSignal): AsyncIterable<T> {
    const now = this.end()
    // Told to whoever goes through it; nobody may.
    now.catch(() => undefined)
    return this.#onwards(now, signal)
  }

  /** Forgets all of them, and who took what. */
  async clear(): Promise<void> {
    await this.#store.forgetNotes(this.#name)
    await this.#store.destroyGroup(this.#takenKind)
  }

  async *#onwards(now: Promise<Place>, signal: AbortSignal): AsyncGenerator<T, void> {
    yield* this.arrivals(await now, { timeoutMs: Infinity, signal })
  }

  async *#arrivals(place: Place, { timeoutMs, signal }: Patience) {
    const until = monotonicMs() + timeoutMs
    let wasWoken = false
    for (let { after } = place; ;) {
      const page = await this.#page(after)
      for (const noted of page) {
        if (signal?.aborted) return
        after = noted.position
        yield { noted, isLate: wasWoken }
      }
      if (page.length === pageSize) continue
      const leftMs = Math.min(until - monotonicMs(), longestWaitMs)
      if (leftMs <= 0 || signal?.aborted) return
      if (wasWoken && page.length === 0) await idle(signal)
      const wait = { after, timeoutMs: leftMs, ...(signal ? { signal } : {}) }
      await this.#store.waitForNote(this.#name, wait)
      wasWoken = true
    }
  }

  #page(after: string | undefined): Promise<readonly Noted<Marked>[]> {
    const from = after === undefined ? {} : { after }
    return this.#store.notes<Marked>(this.#name, { ...from, limit: pageSize })
  }

  #placed({ position, value: [, value] }: Noted<Marked>): T {
    return { id: position, ...value } as unknown as T
  }

  get #takenKind(): string {
    return `Taken:${this.#name}`
  }

  #claim(mark: string): Promise<boolean> {
    return this.#store.putIfAbsent(this.#takenKind, mark, true, { group: this.#takenKind })
  }

  /** The marks of those that were taken: all of them at once, so that nobody asks for each. */
  async #taken(): Promise<ReadonlySet<string>> {
    const taken = new Set((await this.#store.list(this.#takenKind)).map(({ id }) => id))
    if (taken.size > 2 * this.#options.keepLast) await this.#forgetGone(taken)
    return taken
  }

  /**
   * What was taken is remembered for as long as it could be taken again: until it is gone from the
   * log. The world's clock is no measure of that, for a test may advance it by years.
   */
  async #forgetGone(taken: ReadonlySet<string>): Promise<void> {
    const notes = await this.#store.notes<Marked>(this.#name)
    const there = new Set(notes.map(({ value: [mark] }) => mark))
    const gone = [...taken].filter((mark) => !there.has(mark))
    await Promise.all(gone.map((mark) => this.#store.destroy(this.#takenKind, mark)))
  }
}

/**
 * What is kept, with a mark by which it is known to have been taken: when a world is as it was
 * again, positions are others, and marks are not.
 */
type Marked = [mark: string, value: Record<string, Json>]

/** Of those that came, each once: what is there again came last. */
function keepNewest<T>(others: Map<string, T>, mark: string, value: T): void {
  others.delete(mark)
  others.set(mark, value)
  if (others.size > namedAtMost) others.delete(others.keys().next().value!)
}

async function idle(signal: AbortSignal | undefined): Promise<void> {
  // Aborted meanwhile: whoever waits sees so.
  await pause(idlePauseMs, undefined, { ref: false, ...(signal ? { signal } : {}) }).catch(
    () => undefined,
  )
}
