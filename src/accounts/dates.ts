/** How old someone is, in whole years, on a calendar day. A year alone counts from 1 January. */
export function ageOn(birthDate: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4))
  // Born on 29 February: a year older on 1 March of common years. Real: not confirmed.
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years
}

/** The same day of another year; 29 February becomes the 28th where there is none. */
export function yearsFrom(day: string, years: number): string {
  const year = String(Number(day.slice(0, 4)) + years).padStart(4, '0')
  const moved = `${year}${day.slice(4)}`
  return !moved.endsWith('-02-29') || isDay(moved) ? moved : `${year}-02-28`
}

/** The day some days later, or earlier for a negative count. */
export function daysFrom(day: string, days: number): string {
  const moved = new Date(`${day}T00:00:00Z`)
  moved.setUTCDate(moved.getUTCDate() + days)
  return moved.toISOString().slice(0, 10)
}

/** How many days one day is after another; negative when it is before. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / (24 * 60 * 60 * 1000)
}

/** Whether a text is a day of the calendar, as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const moment = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text)
}
