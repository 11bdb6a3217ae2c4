import { AsyncLocalStorage } from 'node:async_hooks'
import type { Clock, Store, Stores } from '../../kernel/index.ts'
import { Connection } from './connection.ts'
import { NoteWatch } from './note-watch.ts'
import { RedisStore } from './redis-store.ts'
import type { Unit } from './unit.ts'

export interface RedisStoresOptions {
  /** `redis://…` and its relatives. */
  address: string
  /** Begins every key. Mocks that share one Redis and not their worlds differ by it. */
  prefix: string
}

/**
 * Connects to Redis and keeps worlds there, so that any replica can go on where another stopped.
 *
 * @throws {@link StoreAddressInvalid} When the address is none.
 * @throws {@link StoreUnavailable} When nobody answers.
 */
export async function openRedisStores({ address, prefix }: RedisStoresOptions): Promise<Stores> {
  return new RedisStores(await Connection.open(address), prefix)
}

class RedisStores implements Stores {
  readonly #connection: Connection
  readonly #prefix: string
  readonly #watch: NoteWatch
  /** One for all: each would cost every promise of the process a little. */
  readonly #units = new AsyncLocalStorage<Unit>()

  constructor(connection: Connection, prefix: string) {
    this.#connection = connection
    this.#prefix = prefix
    this.#watch = new NoteWatch(connection)
  }

  open(namespace: string, clock: Clock): Store {
    return new RedisStore({
      connection: this.#connection,
      watch: this.#watch,
      units: this.#units,
      // The braces keep all keys of one world in one slot of a Cluster.
      prefix: `{${this.#prefix}:${encodeURIComponent(namespace)}}`,
      clock,
    })
  }

  isReady(): Promise<boolean> {
    return this.#connection.isReady(`{${this.#prefix}}:ready`)
  }

  async close(): Promise<void> {
    this.#watch.end()
    await this.#connection.close()
  }
}
