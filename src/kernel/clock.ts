/** What time it is, for whoever asks: handed in, so that a world can have its own. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() }

/** Milliseconds that only ever go forward, for measuring how long something of ours took. */
export const monotonicMs = (): number => performance.now()

/**
 * The calendar day at a moment, as `YYYY-MM-DD`, where the law counts days: in Viet Nam, UTC+7 all
 * year round since 1975.
 */
export function dayInVietNam(ms: number): string {
  return new Date(ms + 7 * 60 * 60 * 1000).toISOString().slice(0, 10)
}
