import type { Clock, Reference, Store } from '../kernel/index.ts'

interface Record {
  [key: string]: number | undefined
  count: number
  lockedUntil?: number
}

const kind = 'Tries'

/** Where the wrong tries of the person with that number are. */
export const referenceToTries = (number: string): Reference => ({ kind, value: number })

/** Wrong tries of one person, over all their sign-ins, and the lock that follows too many. */
export class Tries {
  readonly #store: Store
  readonly #clock: Clock
  readonly #limit: number
  readonly #lockMs: number

  constructor(options: { store: Store; clock: Clock; limit: number; lockSeconds: number }) {
    this.#store = options.store
    this.#clock = options.clock
    this.#limit = options.limit
    this.#lockMs = options.lockSeconds * 1000
  }

  /** What is on record: nothing, some tries, or a lock and when it ends. */
  async of(number: string): Promise<{ count: number; lockedUntil?: number } | undefined> {
    return (await this.#store.find<Record>(kind, number))?.value
  }

  /** Counts one wrong try, exactly once even when several are made at the same moment. */
  async count(number: string): Promise<{ left: number; lockedUntil?: number }> {
    for (;;) {
      const known = await this.of(number)
      if (known?.lockedUntil !== undefined) return { left: 0, lockedUntil: known.lockedUntil }
      const count = (known?.count ?? 0) + 1
      const expiresAt = this.#clock.now() + this.#lockMs
      const next: Record = count < this.#limit ? { count } : { count, lockedUntil: expiresAt }
      const keep = { expiresAt, version: String(count) }
      const isKept = known
        ? await this.#store.swap(kind, number, String(known.count), next, keep)
        : await this.#store.putIfAbsent(kind, number, next, keep)
      if (isKept)
        return {
          left: this.#limit - count,
          ...('lockedUntil' in next ? { lockedUntil: expiresAt } : {}),
        }
    }
  }

  async forget(number: string): Promise<void> {
    await this.#store.destroy(kind, number)
  }

  /** Forgets everybody's. Says of how many people there were any. */
  async forgetAll(): Promise<number> {
    const known = await this.#store.list(kind)
    await Promise.all(known.map(({ id }) => this.forget(id)))
    return known.length
  }
}
