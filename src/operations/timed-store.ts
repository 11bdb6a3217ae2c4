import {
  monotonicMs,
  StoreFull,
  type Changed,
  type Dump,
  type Json,
  type Keep,
  type Kept,
  type Listed,
  type Noted,
  type Store,
} from '../kernel/index.ts'
import type { Spread } from './tallies.ts'

/** The same store, with every operation timed, and told of when it refuses for want of room. */
export class TimedStore implements Store {
  readonly #store: Store
  readonly #seconds: Spread
  readonly #onFull: (error: StoreFull) => void

  constructor(store: Store, seconds: Spread, onFull: (error: StoreFull) => void) {
    this.#store = store
    this.#seconds = seconds
    this.#onFull = onFull
  }

  find<T extends Json = Json>(kind: string, id: string): Promise<Kept<T> | undefined> {
    return this.#time('find', () => this.#store.find<T>(kind, id))
  }

  findBy<T extends Json = Json>(
    kind: string,
    pointer: string,
    value: string,
  ): Promise<Kept<T> | undefined> {
    return this.#time('find-by', () => this.#store.findBy<T>(kind, pointer, value))
  }

  put(kind: string, id: string, value: Json, keep?: Keep): Promise<void> {
    return this.#time('put', () => this.#store.put(kind, id, value, keep))
  }

  putIfAbsent(kind: string, id: string, value: Json, keep?: Keep): Promise<boolean> {
    return this.#time('put-if-absent', () => this.#store.putIfAbsent(kind, id, value, keep))
  }

  swap(kind: string, id: string, version: string, value: Json, keep?: Keep): Promise<boolean> {
    return this.#time('swap', () => this.#store.swap(kind, id, version, value, keep))
  }

  claim(kind: string, id: string): Promise<boolean> {
    return this.#time('claim', () => this.#store.claim(kind, id))
  }

  destroy(kind: string, id: string): Promise<void> {
    return this.#time('destroy', () => this.#store.destroy(kind, id))
  }

  destroyGroup(group: string): Promise<void> {
    return this.#time('destroy-group', () => this.#store.destroyGroup(group))
  }

  list<T extends Json = Json>(kind: string): Promise<readonly Listed<T>[]> {
    return this.#time('list', () => this.#store.list<T>(kind))
  }

  change(entries: Readonly<Record<string, Json>>, onlyAt?: string): Promise<boolean> {
    return this.#time('change', () => this.#store.change(entries, onlyAt))
  }

  changesSince(at?: string): Promise<Changed> {
    return this.#time('changes-since', () => this.#store.changesSince(at))
  }

  /** Not timed: it is done at every turn, and where it takes time, a commit's is known. */
  note(log: string, value: Json, keepLast: number): Promise<void> {
    return this.#store.note(log, value, keepLast)
  }

  notes<T extends Json = Json>(
    log: string,
    options?: { after?: string; limit?: number },
  ): Promise<readonly Noted<T>[]> {
    return this.#time('notes', () => this.#store.notes<T>(log, options))
  }

  /** Not timed: how long it takes is not the store's doing. */
  waitForNote(
    log: string,
    options: { after: string | undefined; timeoutMs: number; signal?: AbortSignal },
  ): Promise<void> {
    return this.#store.waitForNote(log, options)
  }

  forgetNotes(log: string): Promise<void> {
    return this.#time('forget-notes', () => this.#store.forgetNotes(log))
  }

  forgetEnded(): Promise<void> {
    return this.#time('forget-ended', () => this.#store.forgetEnded())
  }

  clear(): Promise<void> {
    return this.#time('clear', () => this.#store.clear())
  }

  dump(): Promise<Dump> {
    return this.#time('dump', () => this.#store.dump())
  }

  load(dump: Dump): Promise<void> {
    return this.#time('load', () => this.#store.load(dump))
  }

  /** Of a unit, only what comes after the work is the store's own time. */
  async unit<T>(work: () => Promise<T>): Promise<T> {
    let workedUntil = monotonicMs()
    try {
      return await this.#store.unit(async () => {
        try {
          return await work()
        } finally {
          workedUntil = monotonicMs()
        }
      })
    } finally {
      this.#seconds.observe((monotonicMs() - workedUntil) / 1000, 'commit')
    }
  }

  isReady(): Promise<boolean> {
    return this.#time('ping', () => this.#store.isReady())
  }

  close(): Promise<void> {
    return this.#store.close()
  }

  async #time<T>(operation: string, work: () => Promise<T>): Promise<T> {
    const begunMs = monotonicMs()
    try {
      return await work()
    } catch (error) {
      if (error instanceof StoreFull) this.#onFull(error)
      throw error
    } finally {
      this.#seconds.observe((monotonicMs() - begunMs) / 1000, operation)
    }
  }
}
