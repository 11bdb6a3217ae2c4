/**
 * The makers of the kernel's store port. `memory` keeps everything in this process until it ends;
 * `redis` keeps it where several replicas find it, and where it outlives all of them. Each makes a
 * family: stores side by side, one for each world, over one budget or one connection.
 *
 * ```
 * openStores ─▶ Stores ─ open(namespace, clock) ─▶ Store ─▶ records · table · logs
 * ```
 *
 * Every maker passes the one contract in `test/storage/contract.ts`, so no room can tell which of
 * them it was given.
 *
 * Not here: what is kept and for how long (each room decides), and the shapes of the library's
 * records (provider).
 *
 * @module
 */

export { StoreAddressInvalid } from './errors.ts'
export {
  createMemoryStore,
  createMemoryStores,
  type MemoryStoreOptions,
  type MemoryStoresOptions,
} from './memory/memory-stores.ts'
export { openStores, type OpenStoresOptions } from './open-stores.ts'
