import { isDeepStrictEqual } from 'node:util'
import { dayInVietNam } from '../../kernel/index.ts'
import { daysBetween, isDay, yearsFrom } from '../dates.ts'
import { agedOn } from '../everyone.ts'
import type { PersonEntry } from '../people-file.ts'
import { settlePerson } from '../settle.ts'

/**
 * Whether two entries tell the same of one person: in the same words, or one of them as whoever
 * reads the other has them on some day, with days where the other counts years.
 */
export function isSamePerson(one: PersonEntry, other: PersonEntry, now: number): boolean {
  return isDeepStrictEqual(one, other) || isCopyOf(one, other, now) || isCopyOf(other, one, now)
}

/** A copy has a birth date and a number, whatever its original has. */
function isCopyOf(copy: PersonEntry, original: PersonEntry, now: number): boolean {
  if (copy.birth_date === undefined || copy.number === undefined) return false
  if (![undefined, original.unlawful].includes(copy.unlawful)) return false
  const today = dayInVietNam(now)
  const numbered = { ...original, number: copy.number }
  return daysOfBeginning(copy, original, today).some((began) => {
    const days = countsYears(original) ? Math.max(0, daysBetween(began, today)) : Infinity
    return (
      isDeepStrictEqual(lasting(copy, began, today), lasting(numbered, began, today)) &&
      mayHave(copy.number, original, began) &&
      hasGrown(copy.deceased_days_ago, original.deceased_days_ago, days) &&
      (copy.updated_days_ago === undefined ||
        hasGrown(copy.updated_days_ago, original.updated_days_ago, days))
    )
  })
}

/** Whether it is their number, also where one before it was somebody else's. */
const mayHave = (number: string | undefined, entry: PersonEntry, began: string): boolean =>
  settlePerson(entry, momentOf(began), (other) => other !== number).number === number

const momentOf = (day: string) => Date.parse(`${day}T00:00:00+07:00`)

/** Whether the days say from when on they count; those who count none can be from any day. */
const countsYears = ({ age, card }: PersonEntry): boolean =>
  [age, card?.issued_years_ago, card?.expires_in_years].some((years) => years !== undefined)

/** On which days the years of an original can have begun to count, for the copy to have its days. */
function daysOfBeginning(copy: PersonEntry, original: PersonEntry, today: string): string[] {
  const { age, card } = original
  const { birth_date: born, card: copied } = copy
  const shifts: [day: string | undefined, years: number | undefined][] = [
    [today, 0],
    [copied?.issued_on, card?.issued_years_ago],
    [copied?.expires_on, card?.expires_in_years && -card.expires_in_years],
    [born, age],
  ]
  return shifts.flatMap(([day, years]) =>
    day === undefined || years === undefined || !isDay(day) ? [] : [yearsFrom(day, years)],
  )
}

/** All there is to say of somebody but for what a copy counts from the day it was made. */
function lasting(entry: PersonEntry, began: string, today: string): object {
  const settled = settlePerson(entry, momentOf(began))
  const { deceasedOn: _, updatedAt: __, ...person } = agedOn(settled, today)
  return person
}

/** From the beginning to the day of the copy, at most until today, a count of days grows. */
function hasGrown(counted: number | undefined, count: number | undefined, most: number): boolean {
  if (counted === undefined || count === undefined) return counted === count
  return counted >= count && counted - count <= most
}
