import type { Claims } from '../accounts/index.ts'
import type { Asked } from './asked.ts'

/** What somebody said of one claim. */
export interface Decision {
  isShared: boolean
  /** Since when, in milliseconds of the world's clock. */
  since: number
  /** Until when they are not asked again: as long as the session knows of it, without. */
  until?: number
}

/** What somebody said of claims, by their names. */
export type Decisions = Readonly<Record<string, Decision>>

/**
 * Whether nobody needs to be asked: all that would be told now was decided on, and nothing that the
 * relying party cannot do without was kept back. What has no value was not shown to anybody, so it
 * is asked about once it has one.
 */
export function areCovered(
  { essential, optional }: Asked,
  decisions: Decisions,
  values: Claims,
  now: number,
): boolean {
  const standing = (name: string) => {
    const decision = decisions[name]
    return decision && now < (decision.until ?? Infinity) ? decision : undefined
  }
  return (
    essential.every((name) => !(name in values) || standing(name)?.isShared === true) &&
    optional.every((name) => !(name in values) || standing(name) !== undefined)
  )
}

/** Those that still count. */
export function standingAt(decisions: Decisions, now: number): Decisions {
  const standing = Object.entries(decisions).filter(([, { until = Infinity }]) => now < until)
  return Object.fromEntries(standing)
}

/** Newer ones in the place of older ones. What is shared again has been shared all along. */
export function withNewer(older: Decisions, newer: Decisions): Decisions {
  const merged: Record<string, Decision> = { ...older }
  for (const [name, decision] of Object.entries(newer)) {
    const before = older[name]
    const goesOn = before?.isShared === true && decision.isShared
    merged[name] = goesOn ? { ...decision, since: before.since } : decision
  }
  return merged
}
