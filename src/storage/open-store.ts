import type { Clock, Store } from '../kernel/index.ts'
import { createMemoryStore } from './memory.ts'

export interface OpenStoreOptions {
  /** `memory`, or `redis://…` and its relatives. */
  address: string
  /** Begins every key of this world, where others may share the store. */
  prefix: string
  clock: Clock
}

/**
 * Opens the store of a world. The client for Redis is loaded only where Redis is asked for.
 *
 * @throws {@link StoreUnavailable} When it does not answer.
 * @throws {@link StoreAddressInvalid} When the address is none.
 */
export async function openStore({ address, prefix, clock }: OpenStoreOptions): Promise<Store> {
  if (address === 'memory') return createMemoryStore({ clock })
  const { openRedisStore } = await import('./redis/redis-store.ts')
  return openRedisStore({ address, prefix, clock })
}
