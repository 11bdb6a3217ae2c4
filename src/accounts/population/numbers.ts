import {
  formatPersonalNumber,
  isPersonalNumber,
  namedDigits,
  parsePersonalNumber,
} from '../number.ts'
import type { Sex } from '../person.ts'
import { unrealPrefixes } from '../provinces.ts'
import { about, type Mixer } from './mix.ts'
import { planSize, type Plan, type Slot } from './plan.ts'

/**
 * The last six digits of everyone in a population begin with 1 to 9: those that begin with 0 are
 * left to people who are named in a file or added.
 */
const firstDigits = namedDigits
const digitsCount = 1_000_000 - firstDigits

/** Has no divisor with {@link digitsCount} in common, so that every product is another. */
const stretch = 556_231
const shrink = inverseOf(stretch, digitsCount)

/** Whether somebody in a population could have it: known without making one. */
export const mayBeComputed = (number: string): boolean =>
  isPersonalNumber(number) &&
  unrealPrefixes.includes(number.slice(0, 3)) &&
  Number(number.slice(6)) >= firstDigits

/** Index ⇄ number, without a table of either. */
export interface Numbers {
  numberOf(slot: Slot, round: number): string
  /** The index of somebody who has this number, in a population without end. */
  indexOf(number: string): number | undefined
  /** How many people there are numbers for. */
  capacity: number
}

/**
 * Those of one sex and birth year are counted through all rounds: rank in the plan, and round. The
 * prefix takes turns with the rounds, so six rounds share a count. That count, put out of order, is
 * the last six digits.
 */
export function makeNumbers(plan: Plan, mixer: Mixer): Numbers {
  const turns = unrealPrefixes.length
  // Brothers and sisters are registered in one province.
  const beginning = ({ role, household: [first], at }: Slot) =>
    mixer.below(turns, about.digits, role === 'dependant' ? first : planSize + at)
  const shift = (sex: Sex, year: number, turn: number) =>
    mixer.below(digitsCount, about.digits, turn, sex === 'male' ? 0 : 1, year)
  return {
    capacity: Math.floor(digitsCount / plan.mostOfAYear) * turns * planSize,
    numberOf: (slot, round) => {
      const { at, sex, birthYear } = slot
      const turn = (beginning(slot) + round) % turns
      const inYear = plan.places(sex, birthYear).length
      const count = Math.floor(round / turns) * inYear + (plan.ranks[at] ?? 0)
      const digits = (count * stretch + shift(sex, birthYear, turn)) % digitsCount
      return formatPersonalNumber({
        prefix: unrealPrefixes[turn] ?? '',
        sex,
        year: birthYear,
        random: String(firstDigits + digits),
      })
    },
    indexOf: (number) => {
      if (!isPersonalNumber(number)) return undefined
      const { prefix, sex, year, random } = parsePersonalNumber(number)
      const turn = unrealPrefixes.indexOf(prefix)
      const digits = Number(random) - firstDigits
      const places = plan.places(sex, year)
      if (turn < 0 || digits < 0 || places.length === 0) return undefined
      const shifted = digits - shift(sex, year, turn) + digitsCount
      const count = ((shifted % digitsCount) * shrink) % digitsCount
      const slot = plan.slots[places[count % places.length] ?? 0] as Slot
      const rest = (turn - beginning(slot) + turns) % turns
      return (Math.floor(count / places.length) * turns + rest) * planSize + slot.at
    },
  }
}

/** What undoes a multiplication. Euclid's way. */
function inverseOf(factor: number, modulus: number): number {
  let [a, b, x, y] = [factor, modulus, 1, 0]
  while (b > 0) {
    const times = Math.floor(a / b)
    ;[a, b] = [b, a - times * b]
    ;[x, y] = [y, x - times * y]
  }
  return (x + modulus) % modulus
}
