import { provincesByPeople, type Weighted } from '../invention/index.ts'
import type { AccountState } from '../person.ts'

/** A value that holds from an age on, until the next. */
export type ByAge = readonly (readonly [fromAge: number, value: number])[]

/**
 * How often what occurs. A share is 0 to 1 of those whom it is about; a weight counts beside the
 * other weights.
 */
export interface Shares {
  /**
   * How many people there are of each age: the weight of each group, of whole years from its age to
   * the next one's.
   *
   * Default: groups of five years after the census of 2019, carried on to 2025 (remembered).
   */
  ages: ByAge
  /**
   * How many are male, by age.
   *
   * Default: 111 boys to 100 girls, more women in old age, as the censuses say (remembered).
   */
  male: ByAge
  /** How many have level 2, by age; nobody under 6. Assumed. */
  levelTwo: ByAge
  /** Assumed; that many were never activated was found, how many was not. */
  states: readonly Weighted<AccountState>[]
  /** Provinces of today. Default: by the people in each after the mergers of 2025 (remembered). */
  provinces: readonly Weighted<string>[]
  /** With a residence card. Assumed. */
  foreigners: number
  /** Of those younger than 18, who grow up with one parent. Assumed. */
  singleParents: number
  /** Of those younger than 18, who grow up with grandparents. Assumed. */
  grandparents: number
  /** Of all people; grown up, with a parent as guardian. Assumed. */
  wards: number
  /** Who died in the last two years, by age. Assumed; nobody under 18, and no one whom a child has. */
  deceased: ByAge
  /** Of those from 14 on: the card has expired. Assumed. */
  expiredCards: number
  /** Who has no phone, by age; below 14 nobody has one. Assumed. */
  withoutPhone: ByAge
  /** Of those from 14 on. Assumed. */
  withoutEmail: number
  /** Of citizens from 14 on. Assumed. */
  passports: number
  /** Of those 65 or older: only the year of birth is known. Assumed; that there are some was found. */
  yearOnly: number
  /** Of citizens 21 or older: had an identity card of nine digits. Assumed. */
  oldNumbers: number
}

export const defaultShares: Shares = {
  ages: [
    [0, 7.2],
    [5, 8.3],
    [10, 8.2],
    [15, 7.2],
    [20, 6.5],
    [25, 7.3],
    [30, 8.2],
    [35, 8.2],
    [40, 7.4],
    [45, 6.8],
    [50, 6],
    [55, 5.6],
    [60, 4.9],
    [65, 3.7],
    [70, 2.3],
    [75, 1.3],
    [80, 0.9],
    [85, 0.6],
    [90, 0.3],
    [95, 0.1],
    [100, 0.02],
    [105, 0],
  ],
  male: [
    [0, 0.527],
    [20, 0.51],
    [40, 0.497],
    [60, 0.45],
    [75, 0.38],
  ],
  levelTwo: [
    [6, 0.35],
    [14, 0.8],
    [18, 0.9],
    [60, 0.75],
  ],
  states: [
    [86, 'active'],
    [11, 'not-activated'],
    [2, 'locked'],
    [1, 'cancelled'],
  ],
  provinces: provincesByPeople,
  foreigners: 0.003,
  singleParents: 0.11,
  grandparents: 0.05,
  wards: 0.001,
  deceased: [
    [18, 0.001],
    [60, 0.01],
    [80, 0.05],
  ],
  expiredCards: 0.015,
  withoutPhone: [
    [14, 0.02],
    [60, 0.08],
    [75, 0.3],
  ],
  withoutEmail: 0.55,
  passports: 0.15,
  yearOnly: 0.06,
  oldNumbers: 0.4,
}

/** The value that holds at an age; 0 below the first. */
export const atAge = (values: ByAge, age: number): number =>
  values.findLast(([from]) => from <= age)?.[1] ?? 0
