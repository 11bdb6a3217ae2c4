/**
 * What happened in a world: a log in which others wait, and the journal, which says of each request
 * and each decision what was asked, what was decided, and by which rule.
 *
 * ```
 *   provider, signin … ── record ──▶ journal ──▶ list
 *                                       │
 *   another test waits ◀── take ────────┤   each entry to exactly one of all who ask
 *   the event stream   ◀── follow ──────┘
 * ```
 *
 * Bounded per world: the oldest go first. Secrets and tokens never get in: `asked` is made by one
 * function, which keeps what is harmless by an allow-list of names.
 *
 * Not here: what is logged to the terminal (the kernel's log), who may read the journal (control).
 *
 * @module
 */

export { askedOf, secretParameters } from './asked.ts'
export { endpoints, providerEndpoints, type Endpoint, type ProviderEndpoint } from './endpoints.ts'
export type { JournalEntry } from './entry.ts'
export {
  Feed,
  type FeedOptions,
  type Happening,
  type Patience,
  type Place,
  type Unplaced,
} from './feed.ts'
export { inWords, Journal, type EntryFilter, type JournalOptions } from './journal.ts'
export { NothingCame, type WaitedInVain } from './nothing-came.ts'
export { whyOf, type Said } from './rules.ts'
export type { Why } from './why.ts'
