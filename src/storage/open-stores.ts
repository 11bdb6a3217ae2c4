import type { Stores } from '../kernel/index.ts'
import { createMemoryStores } from './memory/memory-stores.ts'

export interface OpenStoresOptions {
  /** `memory`, or `redis://…` and its relatives. */
  address: string
  /** Begins every key, where others may share the Redis. */
  prefix: string
  /** How many records `memory` may hold, all stores together. Redis is bounded by its `maxmemory`. */
  maxRecords: number
}

/**
 * Opens a family of stores. The client for Redis is loaded only where Redis is asked for.
 *
 * @throws {@link StoreUnavailable} When it does not answer.
 * @throws {@link StoreAddressInvalid} When the address is none.
 */
export async function openStores(options: OpenStoresOptions): Promise<Stores> {
  const { address, prefix, maxRecords } = options
  if (address === 'memory') return createMemoryStores({ maxRecords })
  const { openRedisStores } = await import('./redis/redis-stores.ts')
  return openRedisStores({ address, prefix })
}
