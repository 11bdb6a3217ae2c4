import { yearsFrom } from '../dates.ts'
import { about, type Mixer } from './mix.ts'
import type { Slot } from './plan.ts'
import type { Shares } from './shares.ts'

const dayMs = 24 * 60 * 60 * 1000
const million = 1_000_000

/** From here on a day may be unknown. By the law such a birthday is on the first of January. */
const oldAge = 65

/** When somebody was born: a day that makes them as old on the anchor day as the plan says. */
export function makeBirthDates(
  anchorDay: string,
  shares: Shares,
  mixer: Mixer,
): (slot: Slot, index: number) => string {
  const yearOnly = shares.yearOnly * million
  return ({ age, birthYear, isLate }, index) => {
    const isOld = age >= oldAge
    const hasNoDay = isOld && mixer.below(million, about.birthday, index, 1) < yearOnly
    if (hasNoDay) return String(birthYear)
    const newYear = Date.UTC(birthYear, 0, 1)
    const anchor = Date.parse(yearsFrom(anchorDay, birthYear - Number(anchorDay.slice(0, 4))))
    const early = 1 + (anchor - newYear) / dayMs
    const all = (Date.UTC(birthYear + 1, 0, 1) - newYear) / dayMs
    const day = isLate
      ? early + mixer.below(all - early, about.birthday, index)
      : mixer.below(early, about.birthday, index)
    return new Date(newYear + day * dayMs).toISOString().slice(0, 10)
  }
}
