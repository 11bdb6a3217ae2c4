const unitsMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

const earliestMs = Date.parse('1900-01-01T00:00:00Z')
export const latestMs: number = Date.parse('2200-01-01T00:00:00Z')

const day = /^\d{4}-\d{2}-\d{2}$/
const dayAndTime = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?$/

/**
 * The moment that somebody wrote, in milliseconds since the Unix epoch: a day is its midnight in
 * Viet Nam, and a time without an offset is one in Viet Nam. `undefined` when it is no moment of
 * the years 1900 to 2199.
 */
export function readMoment(text: string): number | undefined {
  const [, date = text, , , offset] = dayAndTime.exec(text) ?? []
  if (!day.test(date) || !isOfTheCalendar(date)) return undefined
  const time = date === text ? 'T00:00' : ''
  const ms = Date.parse(`${text}${time}${offset === undefined ? '+07:00' : ''}`)
  return ms >= earliestMs && ms < latestMs ? ms : undefined
}

/** Dates of V8 go on from February to March. */
const isOfTheCalendar = (date: string) => {
  const ms = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date)
}

/** A hundred years of days, each of which is as long as the others. */
const longestMs = 36_525 * unitsMs['d']!

/**
 * How long something takes that somebody wrote as `90s`, `15m`, `2h`, `3d`, or in milliseconds.
 * `undefined` when it is none of these, or longer than a hundred years.
 */
export function readDuration(duration: string | number): number | undefined {
  const ms = typeof duration === 'number' ? duration : durationOf(duration)
  return ms !== undefined && ms >= 0 && ms <= longestMs ? Math.round(ms) : undefined
}

function durationOf(text: string): number | undefined {
  const [, amount, unit = ''] = /^(\d{1,15}(?:\.\d{1,6})?)(ms|s|m|h|d)$/.exec(text) ?? []
  return amount === undefined ? undefined : Number(amount) * unitsMs[unit]!
}
