/**
 * What signs: the process's keys, kept where they outlive it, and the keys of each world, which are
 * the process's until the world changes them.
 *
 * ```
 * keeper (folder) ─▶ openKeyRing ────┐
 * keeper (store) ──▶ followKeyRing ──┴▶ the process's ring ─┐
 *                                                           ├─▶ WorldKeys.ring() ─▶ a provider
 * changes of a world ───── add · switchTo · retire · use ───┘
 * ```
 *
 * A ring is a value. A world whose keys change has another one, and with it another provider over
 * the same store; whoever else serves the world follows by its changes.
 *
 * Not here: how the library is handed a key (provider), keys of relying parties (clients), TLS
 * certificates (entrance).
 *
 * @module
 */

export type { SigningAlgorithm } from './algorithms.ts'
export {
  KeyInvalid,
  KeyNeeded,
  KeyNotFound,
  KeysUnreadable,
  KeysUnwritable,
  KeyTaken,
} from './errors.ts'
export { followKeyRing, type FollowedKeys } from './follow-key-ring.ts'
export { keepInFolder, keepInStore, type KeyKeeper } from './key-keeper.ts'
export { createKeyRing, type KeyRing } from './key-ring.ts'
export { openKeyRing, type KeyRingOptions } from './open-key-ring.ts'
export { SigningKey, type PrivateJwk, type PublicJwk } from './signing-key.ts'
export { WorldKeys, type KeyToAdd, type KeyView } from './world-keys.ts'
