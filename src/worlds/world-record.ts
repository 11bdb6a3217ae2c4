import { readMoment, type NewWorld } from '../control/index.ts'
import { systemRandom, type Clock, type ClockState, type Json } from '../kernel/index.ts'

/** What a world was made with, for all who serve it. */
export interface WorldRecord extends Omit<NewWorld, 'name' | 'keys' | 'idleSeconds'> {
  /** Tells worlds apart that had one name, one after the other. */
  id: string
  /** From when ages in the people file count, in milliseconds of the world's clock. */
  beganAt: number
}

/**
 * What stands in a world's changes when it begins: its record, and how its clock goes. A world that
 * begins again keeps its id.
 */
export function beginningOf(
  wanted: NewWorld | WorldRecord,
  { clock, record }: { clock: Clock; record?: WorldRecord },
): Record<string, Json> {
  const { seed, at, isFrozen = false, stamps, people, clients, journey, codes } = wanted
  const now = clock.now()
  const beganAt = (at === undefined ? undefined : readMoment(at)) ?? now
  const isMoved = beganAt !== now || isFrozen
  const state: ClockState = {
    aheadMs: beganAt - now,
    ...(isFrozen ? { frozenAt: beganAt } : {}),
  }
  const said = { seed, at, isFrozen, stamps, people, clients, journey, codes }
  const kept = Object.entries(said).filter(([, value]) => value !== undefined)
  const begun = { id: record?.id ?? systemRandom.id(), beganAt, ...Object.fromEntries(kept) }
  return {
    world: begun,
    ...(isMoved ? { clock: state as unknown as Json } : {}),
    ...(stamps === undefined ? {} : { stamps }),
  }
}
