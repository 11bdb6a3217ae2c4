import { isDay } from '../dates.ts'
import type { PersonEntry } from '../people-file.ts'
import type { Criteria, SearchOptions, Wanted } from './criteria.ts'
import { idOf, mostExpiredCards } from './entries.ts'
import { mayBeComputed } from './numbers.ts'
import { makeParts, type Parts } from './parts.ts'
import { matching } from './search.ts'
import { defaultShares, type Shares } from './shares.ts'

export interface PopulationOptions {
  /** How many people there are, up to {@link mostPeople}. */
  size: number
  /** Another seed, other people. */
  seed: string
  /** The day on which ages, levels and shares are as they should be, `YYYY-MM-DD`. */
  anchorDay: string
  /** What differs from {@link defaultShares}. */
  shares?: Partial<Shares>
}

/** People who are computed when they are asked for. The same index is the same person for ever. */
export interface Population {
  readonly size: number
  readonly anchorDay: string
  /** From when the days of an entry are counted: noon of the anchor day, in milliseconds. */
  readonly beganAt: number
  /**
   * Somebody as they are on the anchor day, at every age: on another day they may not be there yet,
   * or too young for their level.
   *
   * @throws RangeError When nobody has this index.
   */
  personAt(index: number): PersonEntry
  /** `p-12` is the person of index 12. */
  indexOfId(id: string): number | undefined
  indexOfNumber(number: string): number | undefined
  /**
   * The ids of all who name somebody as their guardian, also those who are 14 or older by now: the
   * other direction of `guardians`.
   */
  dependantsAt(index: number): readonly string[]
  /** Those who meet the criteria, from the first or after one who is known. */
  search(criteria: Criteria, options?: SearchOptions & { limit?: number }): PersonEntry[]
  /**
   * What is made of all who meet the criteria, one by one, each once. Of whom nothing is made, they
   * are looked past. `undefined` in between is a rest: a moment to let others on.
   */
  matching<T>(
    wanted: Wanted,
    options: SearchOptions,
    make: (index: number) => T | undefined,
  ): Iterable<T | undefined>
  /** Somebody who follows from a seed; nobody, when nobody meets the criteria. */
  random(seed: string, criteria?: Criteria, day?: string): PersonEntry | undefined
}

/** As many as there are, and half as many again. */
export const mostPeople = 150_000_000

/** Numbers say only the years from 1900 to 2199, and the oldest person is 109. */
const anchorDays = { from: '2010-01-01', to: '2199-12-31' }

/** @throws RangeError When the options cannot be. */
export function createPopulation(options: PopulationOptions): Population {
  const { size, anchorDay } = options
  if (!Number.isInteger(size) || size < 0 || size > mostPeople)
    throw new RangeError(`size must be a whole number up to ${mostPeople}, got ${size}.`)
  if (!isDay(anchorDay) || anchorDay < anchorDays.from || anchorDay > anchorDays.to)
    throw new RangeError(
      `anchorDay must be a day from ${anchorDays.from} to ${anchorDays.to}, got "${anchorDay}".`,
    )
  return new ComputedPopulation(options)
}

class ComputedPopulation implements Population {
  readonly size: number
  readonly anchorDay: string
  readonly beganAt: number
  readonly #make: () => Parts
  #made: Parts | undefined

  constructor({ size, seed, anchorDay, shares }: PopulationOptions) {
    this.size = size
    this.anchorDay = anchorDay
    this.beganAt = Date.parse(`${anchorDay}T12:00:00+07:00`)
    this.#make = () => makeParts(seed, anchorDay, { ...defaultShares, ...shares })
    // The default shares are known to go with every size; others are tried at once.
    if (shares === undefined) return
    this.#checkCapacity()
    this.#checkExpiredCards(shares.expiredCards)
  }

  personAt(index: number): PersonEntry {
    if (!this.#has(index))
      throw new RangeError(`index must be a whole number below ${this.size}, got ${index}.`)
    return this.#parts.entryAt(index)
  }

  indexOfId(id: string): number | undefined {
    const [, digits] = /^p-(0|[1-9]\d{0,8})$/.exec(id) ?? []
    const index = Number(digits)
    return this.#has(index) ? index : undefined
  }

  indexOfNumber(number: string): number | undefined {
    if (this.size === 0 || !mayBeComputed(number)) return undefined
    const index = this.#parts.numbers.indexOf(number)
    return index !== undefined && this.#has(index) ? index : undefined
  }

  dependantsAt(index: number): readonly string[] {
    return this.#parts
      .dependantsAt(index)
      .filter((child) => this.#has(child))
      .map(idOf)
  }

  search(
    criteria: Criteria,
    { limit = 20, ...options }: SearchOptions & { limit?: number } = {},
  ): PersonEntry[] {
    const found: PersonEntry[] = []
    if (limit > 0)
      for (const entry of this.matching(criteria, options, (index) => this.#parts.entryAt(index)))
        if (entry !== undefined && found.push(entry) >= limit) break
    return found
  }

  matching<T>(
    wanted: Wanted,
    { seed, after, day = this.anchorDay }: SearchOptions,
    make: (index: number) => T | undefined,
  ): Iterable<T | undefined> {
    const known = after === undefined ? undefined : this.indexOfId(after)
    if (after !== undefined && known === undefined)
      throw new RangeError(`after must be the id of somebody in the population, got "${after}".`)
    return matching(this.#parts, wanted, { size: this.size, day, seed, after: known }, make)
  }

  random(seed: string, criteria: Criteria = {}, day?: string): PersonEntry | undefined {
    const [found] = this.search(criteria, { seed, limit: 1, ...(day !== undefined && { day }) })
    return found
  }

  /** Made when somebody is asked for the first time, and always as large. */
  get #parts(): Parts {
    return (this.#made ??= this.#make())
  }

  #has(index: number): boolean {
    return Number.isInteger(index) && index >= 0 && index < this.size
  }

  #checkCapacity(): void {
    const { capacity } = this.#parts.numbers
    if (this.size > capacity)
      throw new RangeError(
        `size must be at most ${capacity} with these shares of ages: one birth year has no more numbers. Spread the ages, or make it smaller. Got ${this.size}.`,
      )
  }

  /** The usual share, where fewer can have such a card, is as many as can. */
  #checkExpiredCards(share = 0): void {
    const most = mostExpiredCards(this.#parts.plan)
    if (share > most)
      throw new RangeError(
        `expired_cards must be at most ${Math.floor(most * 1000) / 1000} with these shares of ages: only foreigners, and those who needed a new card in the last eight years, can have one that expired. Got ${share}.`,
      )
  }
}
