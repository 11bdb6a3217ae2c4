import type { AccountState, Level, Sex } from '../person.ts'
import type { Plan, Slot } from './plan.ts'

/** Whom one looks for; what is left out does not matter. */
export interface Criteria {
  /** Whole years on the day of the search, or the first and the last of them. */
  age?: number | { from?: number; to?: number }
  sex?: Sex
  kind?: 'citizen' | 'foreigner'
  level?: Level
  state?: AccountState
  /** Where they live, a province of today. */
  province?: string
  /** Whether they are parent or guardian of somebody younger than 14. */
  hasChildren?: boolean
}

export interface SearchOptions {
  /** Where to begin: another seed, other people first. Without one, at the beginning. */
  seed?: string
  /** The id of the last one who is known already. */
  after?: string
  /** On which day ages are counted. Default: the anchor day. */
  day?: string
}

export function agesOf({ age }: Criteria): { from: number; to: number } {
  if (typeof age === 'number') return { from: age, to: age }
  return { from: age?.from ?? 0, to: age?.to ?? Infinity }
}

/** The slots that can have what is asked for: in every round they have the same. */
export function slotsFor(plan: Plan, criteria: Criteria, day: string): readonly Slot[] {
  const { sex, kind, level, hasChildren } = criteria
  const { from, to } = agesOf(criteria)
  const year = Number(day.slice(0, 4))
  return plan.slots.filter(
    (slot) =>
      (sex ?? slot.sex) === slot.sex &&
      (kind ?? slot.kind) === slot.kind &&
      !(level === 2 && slot.levelTwo === 0) &&
      !(level === 1 && slot.levelTwo === 1) &&
      !(hasChildren === true && slot.role !== 'guardian') &&
      year - slot.birthYear >= from &&
      year - slot.birthYear - 1 <= to,
  )
}
