import { ageOn } from '../dates.ts'
import { levelTwoFrom } from '../law.ts'
import { ageOfOwnAccount } from '../person.ts'
import { agesOf, isThere, isWithin, slotsFor, stateFor, type Wanted } from './criteria.ts'
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

/** To make somebody takes as long as so many looks: who is made and turned away counts as these. */
const looksOfOne = 100

/** So many take some milliseconds. */
const looksBeforeRest = 5_000

/**
 * What is made of all who meet the criteria, each once; of whom nothing is made, they are not who
 * is looked for. `undefined` in between is a rest: a moment to let others on.
 *
 * Only places of the plan where somebody can are looked at, and in a province only the rounds in
 * which they live there. What is left to chance are level and state of the account, and birthdays:
 * one hit in so many looks as their shares say, or half of that. When nobody is left, the looks
 * were at most the people who have such places and live in such a province. Whom a million looks do
 * not find, nobody waits for: they are so few that the rest is taken to be nobody.
 */
export function* matching<T>(
  parts: Parts,
  wanted: Wanted,
  walk: Walk,
  make: (index: number) => T | undefined,
): Generator<T | undefined> {
  const { provinces, states } = parts
  const { province } = wanted
  const state = stateFor(wanted)
  if (state === 'none' || (state && states.count(state) === 0)) return
  if (province !== undefined && provinces.count(province) === 0) return
  const slots = slotsFor(parts.plan, wanted, walk.day).filter(({ at }) => at < walk.size)
  if (slots.length === 0) return

  const turns = turnsOf(parts, province, Math.ceil(walk.size / planSize))
  const all = slots.length * turns.count
  const start = walk.seed === undefined ? 0 : new Mixer(walk.seed).below(all, about.search)
  const first = walk.after === undefined ? 0 : placeAfter(parts, slots, turns, walk.after, start)
  const criteria = { ...wanted, ...(state && { state }) }
  let looks = 0
  let sinceRest = 0
  for (let step = first; step < all && looks < mostLooks; step++) {
    const place = (start + step) % all
    const slot = slots[place % slots.length] as Slot
    const round = turns.roundOf(slot, Math.floor(place / slots.length))
    const index = round * planSize + slot.at
    const isMet = index < walk.size && meets(parts, criteria, walk, slot, round)
    const made = isMet ? make(index) : undefined
    const taken = isMet ? looksOfOne : 1
    looks = made === undefined ? looks + taken : 0
    sinceRest += taken
    if (made !== undefined) yield made
    if (sinceRest >= looksBeforeRest) {
      sinceRest = 0
      yield undefined
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

function meets(parts: Parts, wanted: Wanted, { size, day }: Walk, slot: Slot, round: number) {
  const { province, state, level, hasChildren } = wanted
  const index = round * planSize + slot.at
  if (state !== undefined && parts.states.at(slot, round) !== state) return false
  if (province !== undefined && parts.provinces.at(slot, round) !== province) return false
  const age = ageOn(parts.birthDateAt(index), day)
  if (!isThere(slot, age) || !isWithin(age, agesOf(wanted))) return false
  const levelNow = age < levelTwoFrom ? 1 : parts.levelAt(slot, round)
  if (level !== undefined && levelNow !== level) return false
  return hasChildren === undefined || hasChildren === isParent(parts, index, size, day)
}

const childhood = { from: 0, to: ageOfOwnAccount - 1 }

function isParent(parts: Parts, index: number, size: number, day: string): boolean {
  return parts
    .dependantsAt(index)
    .some((child) => child < size && isWithin(ageOn(parts.birthDateAt(child), day), childhood))
}
