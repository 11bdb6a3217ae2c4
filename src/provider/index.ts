/**
 * The OpenID Connect provider: the certified library, configured once per world.
 *
 * ```
 * authorize ─▶ policy: automatic user? ──▶ sign-in without a page ─┐
 *                 │ no                                             ├─▶ code ─▶ token ─▶ userinfo
 *                 └─▶ a request that waits ─▶ (pages) ─▶ finish ───┘
 * ```
 *
 * The library knows the person at the keyboard; on whose behalf they act stands in the grant, and
 * one function makes the `sub` on the wire. It lives in real time; the adapter translates to the
 * world's clock at the store's door.
 *
 * Not here: how a person proves who they are (signin), the pages on which they do (interactions),
 * what is known about them (accounts).
 *
 * @module
 */

export { clientProblems } from './client-problems.ts'
export { createProvider, type ProviderOptions, type WorldProvider } from './create-provider.ts'
export {
  keepInFolder,
  keepInStore,
  KeysUnreadable,
  KeysUnwritable,
  type KeyKeeper,
} from './key-keeper.ts'
export { openKeyRing, type KeyRing } from './keys.ts'
export { protocolErrorOf, refusals } from './refusals.ts'
export type { PendingRequest, Requests } from './requests.ts'
export { providerSettings, type ProviderSettings } from './settings.ts'
