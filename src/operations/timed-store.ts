import {
  monotonicMs,
  StoreFull,
  type Json,
  type Keep,
  type Kept,
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
