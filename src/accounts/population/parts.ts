import type { AccountState, Level } from '../person.ts'
import type { PersonEntry } from '../people-file.ts'
import { makeBirthDates } from './birth-dates.ts'
import { idOf, makeEntries } from './entries.ts'
import { familyOf } from './families.ts'
import { Mixer } from './mix.ts'
import { makeNumbers, type Numbers } from './numbers.ts'
import { makePlan, planSize, type Plan, type Slot } from './plan.ts'
import type { Shares } from './shares.ts'
import { levelWheel, provinceWheel, roundOf, stateWheel, type Wheel } from './wheels.ts'

/** Everything from which one person of a population is computed; the same for any size. */
export interface Parts {
  plan: Plan
  numbers: Numbers
  provinces: Wheel<string>
  states: Wheel<AccountState>
  levelAt(slot: Slot, round: number): Level
  slotOf(index: number): Slot
  birthDateAt(index: number): string
  /** The indexes of the parents or guardians, of which there may be none. */
  guardiansAt(index: number): readonly number[]
  /** The indexes of those who name them as guardian, however old they are. */
  dependantsAt(index: number): readonly number[]
  entryAt(index: number): PersonEntry
}

export function makeParts(seed: string, anchorDay: string, shares: Shares): Parts {
  const mixer = new Mixer(seed)
  const plan = makePlan(shares, anchorDay, mixer)
  const numbers = makeNumbers(plan, mixer)
  const provinces = provinceWheel(shares, mixer)
  const states = stateWheel(shares, mixer)
  const levels = levelWheel(mixer)
  const birthDates = makeBirthDates(anchorDay, shares, mixer)
  const describe = makeEntries({ plan, shares, anchorDay, mixer })
  const levelAt = (slot: Slot, round: number) => (levels.at(slot, round) < slot.levelTwo ? 2 : 1)
  const slotOf = (index: number) => plan.slots[index % planSize] as Slot
  const birthDateAt = (index: number) => birthDates(slotOf(index), index)

  const relatives = (index: number, from: Slot['role'], to: Slot['role']): number[] => {
    const { at, role, household } = slotOf(index)
    if (role !== from) return []
    return plan.slots
      .slice(...household)
      .filter((slot) => slot.role === to)
      .map((slot) => index - at + slot.at)
  }
  const guardiansAt = (index: number) => relatives(index, 'dependant', 'guardian')

  return {
    plan,
    numbers,
    provinces,
    states,
    levelAt,
    slotOf,
    birthDateAt,
    guardiansAt,
    dependantsAt: (index) => relatives(index, 'guardian', 'dependant'),
    entryAt: (index) => {
      const slot = slotOf(index)
      const round = roundOf(index)
      return describe({
        index,
        slot,
        level: levelAt(slot, round),
        state: states.at(slot, round),
        family: familyOf(mixer, slot, round, provinces.at(slot, round)),
        number: numbers.numberOf(slot, round),
        birthDate: birthDateAt(index),
        guardians: guardiansAt(index).map(idOf),
      })
    },
  }
}
