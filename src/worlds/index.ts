/**
 * The worlds of a mock: the default one, and those that tests make beside it.
 *
 * ```
 * a request ─▶ /w/<name>? ─▶ registry ─▶ a world ─┬▶ pages of a sign-in    (interactions)
 *                  │ no                           ├▶ /_mock                (control)
 *                  └▶ the default world           └▶ everything else       (provider)
 * ```
 *
 * A world is built of the rooms below: its own issuer, clock, people, relying parties, keys,
 * journal and place in the store. What is changed in it stands in the store, so any replica serves
 * it; what this process has built of it is made when first used.
 *
 * Not here: listening, certificates and the demo portal (mock), what each room does.
 *
 * @module
 */

export { openWorlds, type AllWorlds, type WorldsOptions } from './open-worlds.ts'
