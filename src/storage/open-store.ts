import type { Clock, Store } from '../kernel/index.ts'
import { createMemoryStore } from './memory.ts'

export interface OpenStoreOptions {
  /** `memory`, or `redis://…` and its relatives. */
  address: string
  /** Begins every key of this world, where others may share the store. */
  prefix: string
  clock: Clock
  /** How many records `memory` may hold. Redis is bounded by its own `maxmemory`. */
  maxRecords: number
}

/**
 * Opens the store of a world. The client for Redis is loaded only where Redis is asked for.
 *
 * @throws {@link StoreUnavailable} When it does not answer.
 * @throws {@link StoreAddressInvalid} When the address is none.
 */
export async function openStore(options: OpenStoreOptions): Promise<Store> {
  const { address, prefix, clock, maxRecords } = options
  if (address === 'memory') return createMemoryStore({ clock, maxRecords })
  const { openRedisStore } = await import('./redis/redis-store.ts')
  return openRedisStore({ address, prefix, clock })
}
