import { ageOn } from '../dates.ts'
import { ageOfOwnAccount } from '../person.ts'
import { agesOf, slotsFor, type Criteria } from './criteria.ts'
import { about, Mixer } from './mix.ts'
import type { Parts } from './parts.ts'
import { planSize, type Slot } from './plan.ts'
import { roundOf } from './wheels.ts'

/** Where a search goes and where it has been. */
export interface Walk {
  size: number
  day: string
  seed?: string | undefined
  /** The index of the last one who is known already. */
  after?: number | undefined
}

/** From one who is found to the next. */
const mostLooks = 1_000_000

/**
 * Indexes of all who meet the criteria, each once. Only places of the plan where somebody can are
 * looked at, and in a province only the rounds in which they live there. What is left to chance are
 * level and state of the account, and birthdays: one hit in so many looks as their shares say, or
 * half of that. When nobody is left, the looks were at most the people who have such places and
 * live in such a province. Whom a million looks do not find, nobody waits for: they are so few that
 * the rest is taken to be nobody.
 */
export function* matching(parts: Parts, criteria: Criteria, walk: Walk): Generator<number> {
  const { provinces, states } = parts
  const { province, state } = criteria
  const rounds = Math.ceil(walk.size / planSize)
  const slots = slotsFor(parts.plan, criteria, walk.day).filter(({ at }) => at < walk.size)
  const isNowhere = province !== undefined && provinces.count(province) === 0
  if (slots.length === 0 || isNowhere || (state && states.count(state) === 0)) return

  const turns = turnsOf(parts, province, rounds)
  const all = slots.length * turns.count
  const start = walk.seed === undefined ? 0 : new Mixer(walk.seed).below(all, about.search)
  const first = walk.after === undefined ? 0 : placeAfter(parts, slots, turns, walk.after, start)
  let looks = 0
  for (let step = first; step < all && looks < mostLooks; step++, looks++) {
    const place = (start + step) % all
    const slot = slots[place % slots.length] as Slot
    const round = turns.roundOf(slot, Math.floor(place / slots.length))
    const index = round * planSize + slot.at
    if (index < walk.size && meets(parts, criteria, walk, slot, round)) {
      looks = 0
      yield index
    }
  }
}

/** In which order the rounds of the plan are gone through. */
interface Turns {
  count: number
  roundOf(slot: Slot, turn: number): number
  turnOf(slot: Slot, round: number): number
}

/** All rounds, or only those in which a slot's people live in a province, if these are fewer. */
function turnsOf({ provinces }: Parts, province: string | undefined, rounds: number): Turns {
  const inProvince =
    province === undefined
      ? Infinity
      : provinces.count(province) * (1 + Math.floor(rounds / provinces.length))
  if (province === undefined || inProvince >= rounds)
    return { count: rounds, roundOf: (_, turn) => turn, turnOf: (_, round) => round }
  return {
    count: inProvince,
    roundOf: (slot, turn) => provinces.nthRound(province, slot, turn),
    turnOf: (slot, round) => provinces.rankOf(province, slot, round),
  }
}

/** How many steps were made when somebody was found. */
function placeAfter(
  parts: Parts,
  slots: readonly Slot[],
  turns: Turns,
  after: number,
  start: number,
): number {
  const slot = parts.slotOf(after)
  const nth = slots.findIndex(({ at }) => at >= slot.at)
  const all = slots.length * turns.count
  const place = turns.turnOf(slot, roundOf(after)) * slots.length + (nth < 0 ? slots.length : nth)
  const isThere = slots[nth]?.at === slot.at
  return ((place - start + all) % all) + (isThere ? 1 : 0)
}

function meets(parts: Parts, criteria: Criteria, { size, day }: Walk, slot: Slot, round: number) {
  const { province, state, level, hasChildren, age } = criteria
  const index = round * planSize + slot.at
  if (state !== undefined && parts.states.at(slot, round) !== state) return false
  if (level !== undefined && parts.levelAt(slot, round) !== level) return false
  if (province !== undefined && parts.provinces.at(slot, round) !== province) return false
  if (age !== undefined && !isWithin(ageOn(parts.birthDateAt(index), day), agesOf(criteria)))
    return false
  return hasChildren === undefined || hasChildren === isParent(parts, index, size, day)
}

const isWithin = (age: number, { from, to }: { from: number; to: number }) =>
  age >= from && age <= to

function isParent(parts: Parts, index: number, size: number, day: string): boolean {
  return parts
    .dependantsAt(index)
    .some((child) => child < size && ageOn(parts.birthDateAt(child), day) < ageOfOwnAccount)
}
