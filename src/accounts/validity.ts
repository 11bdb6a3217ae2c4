import { yearsFrom } from './dates.ts'

/** From when to when a card or document is valid, as a file says it: in years or as days. */
export interface ValidityEntry {
  issued_years_ago?: number | undefined
  issued_on?: string | undefined
  expires_in_years?: number | undefined
  expires_on?: string | undefined
}

/** With the days that years come to. What is issued on no day was issued today. */
export function validityOn(
  entry: ValidityEntry,
  today: string,
): { issued_on: string; expires_on?: string } {
  const { issued_years_ago: age, issued_on: issued, ...unissued } = entry
  const { expires_in_years: left, expires_on: expires, ...rest } = unissued
  const ends = left === undefined ? expires : yearsFrom(today, left)
  return {
    ...rest,
    issued_on: issued ?? yearsFrom(today, -(age ?? 0)),
    ...(ends !== undefined && { expires_on: ends }),
  }
}
