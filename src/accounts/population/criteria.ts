import { levelTwoFrom } from '../law.ts'
import { ageOfOwnAccount, type AccountState, type Level, type Sex } from '../person.ts'
import { mayExpireBefore } from './cards.ts'
import { comingOfAge } from './households.ts'
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

/** With what a population cannot judge, but knows where nobody needs to be asked. */
export interface Wanted extends Criteria {
  /** Whether their account can be used. */
  canSignIn?: boolean
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

export const isWithin = (age: number, { from, to }: { from: number; to: number }): boolean =>
  age >= from && age <= to

/** The state that they must have; `undefined` when any will do, and `'none'` when none will. */
export function stateFor({ state, canSignIn }: Wanted): AccountState | 'none' | undefined {
  if (canSignIn !== true) return state
  return state === undefined || state === 'active' ? 'active' : 'none'
}

/**
 * Whether somebody of this place and age is there: they are born, and as a child they have a parent
 * or guardian.
 */
export const isThere = ({ role }: Slot, age: number): boolean =>
  age >= 0 && (age >= ageOfOwnAccount || role === 'dependant')

/** The slots that can have what is asked for: in every round they have the same. */
export function slotsFor(plan: Plan, wanted: Wanted, day: string): readonly Slot[] {
  const { sex, kind, level, hasChildren } = wanted
  const ages = agesOf(wanted)
  const year = Number(day.slice(0, 4))
  const isUnusable = wanted.canSignIn === false && wanted.state === 'active'
  const mayBe = (age: number, slot: Slot) =>
    isWithin(age, ages) &&
    isThere(slot, age) &&
    (level === undefined || mayHaveLevel(level, age, slot)) &&
    (!isUnusable || mayBeUnusable(slot, age))
  return plan.slots.filter((slot) => {
    const oldest = year - slot.birthYear
    return (
      (sex ?? slot.sex) === slot.sex &&
      (kind ?? slot.kind) === slot.kind &&
      // After and before the birthday of this year.
      (mayBe(oldest, slot) || mayBe(oldest - 1, slot)) &&
      (hasChildren !== true || mayHaveChildren(plan, slot, year))
    )
  })
}

function mayHaveLevel(level: Level, age: number, { levelTwo }: Slot): boolean {
  const isYoung = age < levelTwoFrom
  return level === 2 ? !isYoung && levelTwo > 0 : isYoung || levelTwo < 1
}

function mayHaveChildren({ slots }: Plan, { role, household }: Slot, year: number): boolean {
  return (
    role === 'guardian' &&
    slots
      .slice(...household)
      .some((one) => one.role === 'dependant' && isWithin(year - one.birthYear, childhood))
  )
}

const childhood = { from: 0, to: ageOfOwnAccount }

/** Whether an active account can have something else that is against it. */
function mayBeUnusable(slot: Slot, age: number): boolean {
  const mayBeDead = slot.role !== 'guardian' && slot.age >= comingOfAge
  return age < ageOfOwnAccount || mayBeDead || mayExpireBefore(age, slot)
}
