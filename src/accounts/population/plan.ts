import type { Chance } from '../invention/index.ts'
import type { Sex } from '../person.ts'
import { comingOfAge, householdsOf, type Household } from './households.ts'
import { about, type Mixer } from './mix.ts'
import { ages, Pool } from './pool.ts'
import { atAge, type Shares } from './shares.ts'

/**
 * How many people the plan is for. All people of a population are the plan over and over, each time
 * with other names, birthdays, provinces, levels and states.
 */
export const planSize = 20_000

/** What is true of everybody who has this place in the plan. */
export interface Slot {
  /** Its place: the index of a person, but for whole plans before. */
  at: number
  sex: Sex
  /** On the anchor day. */
  age: number
  birthYear: number
  /** Whether the birthday comes after the anchor day, in a year. */
  isLate: boolean
  kind: 'citizen' | 'foreigner'
  /** In which share of the rounds they have level 2. */
  levelTwo: number
  role: Household[number]['role']
  bearsName: boolean
  /** A grown-up dependant. */
  isWard: boolean
  /** The first place of their household, and the one after its last. */
  household: readonly [from: number, to: number]
}

export interface Plan {
  slots: readonly Slot[]
  /** The places of all of one sex who were born in a year, in their order. */
  places(sex: Sex, birthYear: number): readonly number[]
  /** The rank of each place among those of its sex and year. */
  ranks: Uint16Array
  /** How many there are of the most frequent sex and year. */
  mostOfAYear: number
}

/** What foreigners with a residence card there are. Assumed: they work here, some with a family. */
const agesOfForeigners: Shares['ages'] = [
  [0, 5],
  [5, 6],
  [10, 4],
  [15, 2],
  [20, 5],
  [25, 14],
  [30, 17],
  [35, 15],
  [40, 12],
  [45, 9],
  [50, 6],
  [55, 4],
  [60, 2],
  [70, 0],
]

export function makePlan(shares: Shares, anchorDay: string, mixer: Mixer): Plan {
  const chance = mixer.chance(about.plan)
  const foreigners = Math.round(planSize * shares.foreigners)
  const foreign = new Pool(foreigners, agesOfForeigners, [[0, 0.6]])
  const native = new Pool(planSize - foreigners, shares.ages, shares.male)
  const households = shuffled(chance, [
    ...householdsOf(chance, foreign, shares, 0).map((members) => ({ members, isForeign: true })),
    ...householdsOf(chance, native, shares, Math.round(planSize * shares.wards)).map((members) => ({
      members,
      isForeign: false,
    })),
  ])
  const year = Number(anchorDay.slice(0, 4))
  const late = shareOfYearAfter(anchorDay)
  // Nobody under 6 has biometrics.
  const levelTwo = ages.map((age) => (age < 6 ? 0 : atAge(shares.levelTwo, age)))
  const slots: Slot[] = []
  for (const { members, isForeign } of households) {
    const household = [slots.length, slots.length + members.length] as const
    const able = members.findIndex(({ role }) => role === 'guardian')
    members.forEach(({ sex, age, role, bearsName }, nth) => {
      const isLate = chance.happens(late)
      slots.push({
        at: slots.length,
        sex,
        age,
        birthYear: year - age - (isLate ? 1 : 0),
        isLate,
        kind: isForeign ? 'foreigner' : 'citizen',
        // A child's account is registered with the level-2 account of a parent or guardian.
        levelTwo: nth === able ? 1 : (levelTwo[age] ?? 0),
        role,
        bearsName,
        isWard: role === 'dependant' && age >= comingOfAge,
        household,
      })
    })
  }
  return indexed(slots)
}

/** How much of a year comes after this day of it. */
function shareOfYearAfter(day: string): number {
  const year = Number(day.slice(0, 4))
  const left = (Date.UTC(year + 1, 0, 1) - Date.parse(day)) / (24 * 60 * 60 * 1000)
  return (left - 1) / 365
}

function shuffled<T>(chance: Chance, list: readonly T[]): T[] {
  const mixed = [...list]
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = chance.below(last + 1)
    const [a, b] = [mixed[last] as T, mixed[other] as T]
    mixed[last] = b
    mixed[other] = a
  }
  return mixed
}

const classOf = (sex: Sex, birthYear: number) => 2 * birthYear + (sex === 'male' ? 0 : 1)

function indexed(slots: readonly Slot[]): Plan {
  const byClass = new Map<number, number[]>()
  const ranks = new Uint16Array(slots.length)
  for (const { at, sex, birthYear } of slots) {
    const key = classOf(sex, birthYear)
    const places = byClass.get(key) ?? []
    ranks[at] = places.length
    places.push(at)
    byClass.set(key, places)
  }
  return {
    slots,
    ranks,
    places: (sex, birthYear) => byClass.get(classOf(sex, birthYear)) ?? [],
    mostOfAYear: Math.max(...[...byClass.values()].map((places) => places.length)),
  }
}
