import { createHash } from 'node:crypto'
import { yearsFrom } from './dates.ts'

/**
 * The birth date that gives an age today. Without a birthday it is a day that follows from the id,
 * so that a restart tomorrow does not move it.
 *
 * @param birthday `today`, `unknown` for a year alone, or `MM-DD`.
 */
export function birthDateOf(id: string, age: number, today: string, birthday?: string): string {
  const year = Number(today.slice(0, 4)) - age
  if (birthday === 'unknown') return String(year)
  if (birthday === 'today') return yearsFrom(today, -age)
  const monthDay = birthday ?? birthdayFrom(id)
  return monthDay > today.slice(5) ? `${year - 1}-${monthDay}` : `${year}-${monthDay}`
}

function birthdayFrom(id: string): string {
  const chance = createHash('sha256').update(`birthday:${id}`).digest()
  const twoDigits = (value: number) => String(value).padStart(2, '0')
  return `${twoDigits(1 + (chance.readUInt8(0) % 12))}-${twoDigits(1 + (chance.readUInt8(1) % 28))}`
}
