/**
 * The makers of the kernel's store port. `memory` keeps everything in this process until it ends;
 * `redis` keeps it where several replicas find it, and where it outlives all of them.
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
export { createMemoryStore } from './memory.ts'
export { openStore, type OpenStoreOptions } from './open-store.ts'
