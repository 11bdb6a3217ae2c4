import type { Chance } from '../invention/index.ts'
import type { Sex } from '../person.ts'
import { apportion } from './apportion.ts'
import { atAge, type ByAge } from './shares.ts'

export interface AgeAndSex {
  age: number
  sex: Sex
}

/** All that people can have. */
export const ages: readonly number[] = Array.from({ length: 110 }, (_, age) => age)

/** The people of a plan who have no household yet, counted by age and sex. */
export class Pool {
  readonly #left: Record<Sex, number[]>

  constructor(count: number, weights: ByAge, male: ByAge) {
    const perAge = apportion(count, weightsOfYears(weights))
    const men = perAge.map((people, age) => Math.round(people * atAge(male, age)))
    this.#left = { male: men, female: perAge.map((people, age) => people - (men[age] ?? 0)) }
  }

  /** Somebody of about this age, at most `spread` years off; the nearest there is. */
  take(chance: Chance, age: number, spread: number, sex?: Sex): AgeAndSex | undefined {
    for (let off = 0; off <= spread; off++) {
      const one = this.#takeAt(chance, age - off, sex) ?? this.#takeAt(chance, age + off, sex)
      if (one) return one
    }
    return undefined
  }

  /** The oldest from one age down to another. */
  takeOldest(chance: Chance, from: number, to: number): AgeAndSex | undefined {
    for (let age = from; age >= to; age--) {
      const one = this.#takeAt(chance, age)
      if (one) return one
    }
    return undefined
  }

  #takeAt(chance: Chance, age: number, wanted?: Sex): AgeAndSex | undefined {
    const men = this.#left.male[age] ?? 0
    const women = this.#left.female[age] ?? 0
    if (men + women === 0) return undefined
    const sex = wanted ?? (chance.below(men + women) < men ? 'male' : 'female')
    if ((sex === 'male' ? men : women) === 0) return undefined
    this.#left[sex][age] = (sex === 'male' ? men : women) - 1
    return { age, sex }
  }
}

/** The weight of each year, from that of the group it belongs to. */
function weightsOfYears(weights: ByAge): number[] {
  return ages.map((age) => {
    const group = weights.findLastIndex(([from]) => from <= age)
    const [from = 0, weight = 0] = weights[group] ?? []
    const next = weights[group + 1]?.[0] ?? ages.length
    return weight / (next - from)
  })
}
