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
 * world's clock at the store's door. What belongs to one sign-in, its id and what its claims say,
 * goes from the code into the tokens.
 *
 * Within: `without-pages` signs automatic users in; `records` is how the library keeps things, in
 * whose time and under which ids; `replies` and `logout` are what they are called; `journal` writes
 * down every request; `control` is for whoever drives the world.
 *
 * Not here: how a person proves who they are (signin), the pages on which they do (interactions),
 * what is known about them (accounts), the keys and their rotation (keys).
 *
 * @module
 */

export { clientProblems } from './client-problems.ts'
export type { Expire, ExpirableHere, WhoseRecords } from './control/expire.ts'
export { type MintedTokens, type MintOptions } from './control/minted.ts'
export type { EndedSessions, SessionFilter, Sessions, SessionView } from './control/sessions.ts'
export type { Tokens } from './control/tokens.ts'
export { createProvider, type WorldProvider } from './create-provider.ts'
export type { LogoutDelivery } from './logout/logout-tokens.ts'
export type { ProviderOptions } from './provider-options.ts'
export type { Stamps } from './records/world-time.ts'
export { protocolErrorOf, refusals } from './refusals.ts'
export type { PendingRequest, Requests } from './requests.ts'
export type { SharedData } from './shared-data.ts'
export { providerSettings, type ProviderSettings } from './settings.ts'
export { plannableClaims, planSignIn, type NextSignIns, type Plan } from './without-pages/plan.ts'
