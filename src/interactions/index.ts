/**
 * The pages that a browser shows during a sign-in: one address, whose page is always the step that
 * the sign-in is at. Beside it, the page of what somebody shares, where they withdraw it.
 *
 * ```
 * GET  /sign-in/<id>  ─▶ the step's page
 * POST /sign-in/<id>  ─▶ one answer ─▶ signin ─▶ 303 to the same address, or on to the relying party
 * GET  /shared-data   ─▶ what whoever is signed in here shares, and with whom
 * POST /shared-data   ─▶ withdrawn ─▶ 303 to the same address
 * ```
 *
 * Every form carries a word that is good once. A second click, the back button, another tab or a
 * restart therefore end in the present step or in a page that says what to do.
 *
 * Not here: which step comes next (signin), and what becomes of the outcome (provider, known here
 * only as the {@link WaitingRequests} and the {@link SharedData} it implements).
 *
 * @module
 */

export type { InteractionsOptions } from './create-interactions.ts'
export { openInteractions } from './open-interactions.ts'
export { interactionsSettings, type InteractionsSettings } from './settings.ts'
export type { SharedData } from './shared-data.ts'
export type { WaitingRequest, WaitingRequests } from './waiting-requests.ts'
