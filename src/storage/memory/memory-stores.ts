import type { Clock, Store, Stores } from '../../kernel/index.ts'
import { Budget } from './budget.ts'
import { MemoryStore } from './memory-store.ts'
import { Space } from './space.ts'

/** How often what has expired is swept out. It only frees memory: every read judges for itself. */
const sweepEveryMs = 15_000

export interface MemoryStoresOptions {
  /**
   * How many records all of them may keep at once: whoever can make us remember something could
   * otherwise take all memory.
   *
   * @default no bound
   */
  maxRecords?: number
}

export interface MemoryStoreOptions extends MemoryStoresOptions {
  clock: Clock
}

/**
 * Stores in this process's memory: exact expiry by each one's clock, nothing evicted, gone at exit
 * and when all of them are closed. When they are full, new records are refused with
 * {@link StoreFull}.
 */
export function createMemoryStores({ maxRecords = Infinity }: MemoryStoresOptions = {}): Stores {
  return new MemoryStores(maxRecords)
}

/** A store in memory that stands alone. */
export function createMemoryStore({ clock, ...options }: MemoryStoreOptions): Store {
  const stores = createMemoryStores(options)
  const store = stores.open('alone', clock)
  store.close = () => stores.close()
  return store
}

class MemoryStores implements Stores {
  readonly #spaces = new Map<string, Space>()
  readonly #budget: Budget
  readonly #sweeper: NodeJS.Timeout

  constructor(maxRecords: number) {
    const each = (make: (space: Space) => void) => () => this.#spaces.forEach(make)
    this.#budget = new Budget(maxRecords, {
      sweep: each((space) => space.sweepAgain()),
      forgetRemoved: each((space) => space.forgetRemoved()),
    })
    this.#sweeper = setInterval(() => {
      for (const space of this.#spaces.values()) space.sweep()
    }, sweepEveryMs).unref()
  }

  open(namespace: string, clock: Clock): Store {
    const space = this.#spaces.get(namespace) ?? new Space(this.#budget)
    this.#spaces.set(namespace, space)
    space.beginFor(clock)
    return new MemoryStore(space, clock, () => {
      if (space.isForgotten) this.#spaces.delete(namespace)
    })
  }

  async isReady(): Promise<boolean> {
    return true
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper)
    for (const space of this.#spaces.values()) space.end()
    this.#spaces.clear()
  }
}
