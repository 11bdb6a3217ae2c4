import type { AccountState } from '../person.ts'
import { dealt } from './apportion.ts'
import { about, type Mixer } from './mix.ts'
import { planSize, type Slot } from './plan.ts'
import type { Shares } from './shares.ts'

/**
 * Values in the order of chance, by which one round of the plan differs from the next: somebody's
 * value is some steps further in every round. Wheels of different prime lengths meet in all ways.
 */
export interface Wheel<T> {
  length: number
  at(slot: Slot, round: number): T
  /** How many of the wheel's places have a value. */
  count(value: T): number
  /** The nth round, of all from the first on, in which somebody of this slot has a value. */
  nthRound(value: T, slot: Slot, nth: number): number
  /** Which that round is, or the next after it. */
  rankOf(value: T, slot: Slot, round: number): number
}

const provincePlaces = 997
const statePlaces = 4093
const levelPlaces = 2039

/** Where a household lives. */
export const provinceWheel = (shares: Shares, mixer: Mixer): Wheel<string> =>
  makeWheel(
    shuffle(dealt(provincePlaces, shares.provinces), mixer, about.provinces),
    ({ household: [first] }) => first * 389,
  )

/** The state of an account. */
export const stateWheel = (shares: Shares, mixer: Mixer): Wheel<AccountState> =>
  makeWheel(shuffle(dealt(statePlaces, shares.states), mixer, about.states), ({ at }) => at * 1747)

/** Who has level 2: those of a slot whose share is above the value, which is 0 to below 1. */
export const levelWheel = (mixer: Mixer): Wheel<number> =>
  makeWheel(
    shuffle(
      Array.from({ length: levelPlaces }, (_, at) => at / levelPlaces),
      mixer,
      about.levels,
    ),
    ({ at }) => at * 911,
  )

function makeWheel<T>(places: readonly T[], start: (slot: Slot) => number): Wheel<T> {
  const { length } = places
  const having = new Map<T, number[]>()
  places.forEach((value, at) => {
    const places = having.get(value)
    if (places) places.push(at)
    else having.set(value, [at])
  })
  const beginning = (slot: Slot) => start(slot) % length
  const placesOf = (value: T) => having.get(value) ?? []
  return {
    length,
    at: (slot, round) => places[(beginning(slot) + round) % length] as T,
    count: (value) => placesOf(value).length,
    nthRound: (value, slot, nth) => {
      const having = placesOf(value)
      const begin = beginning(slot)
      const skipped = firstFrom(having, begin)
      const turn = Math.floor((skipped + nth) / having.length)
      return (having[(skipped + nth) % having.length] ?? 0) + turn * length - begin
    },
    rankOf: (value, slot, round) => {
      const having = placesOf(value)
      const begin = beginning(slot)
      const turn = Math.floor((begin + round) / length)
      return (
        turn * having.length +
        firstFrom(having, (begin + round) % length) -
        firstFrom(having, begin)
      )
    },
  }
}

/** How many of sorted numbers are below one. */
function firstFrom(sorted: readonly number[], from: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) < from) low = middle + 1
    else high = middle
  }
  return low
}

function shuffle<T>(values: readonly T[], mixer: Mixer, question: number): T[] {
  return values
    .map((value, at) => ({ value, order: mixer.word(question, at) }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ value }) => value)
}

/** In which round of the plan an index is. */
export const roundOf = (index: number): number => Math.floor(index / planSize)
