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
  if (![undefined, original.updated_days_ago].includes(copy.updated_days_ago)) return false
  const today = dayInVietNam(now)
  return daysOfBeginning(copy, original, today).some(
    (began) =>
      isDeepStrictEqual(lasting(copy, began, today), lasting(original, began, today)) &&
      areGoneAlike(copy, original, daysBetween(began, today)),
  )
}

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
  const settled = settlePerson(entry, Date.parse(`${began}T00:00:00+07:00`))
  const { deceasedOn: _, updatedAt: __, ...person } = agedOn(settled, today)
  return person
}

/** From the beginning to the day of the copy, at most until today, the count grows. */
function areGoneAlike(copy: PersonEntry, original: PersonEntry, daysSince: number): boolean {
  const { deceased_days_ago: counted } = copy
  const { deceased_days_ago: count } = original
  if (counted === undefined || count === undefined) return counted === count
  return counted >= count && counted - count <= Math.max(0, daysSince)
}
