import type { Weighted } from '../invention/index.ts'

/**
 * Deals out a number of seats by weight, so that none is off by more than one: whole numbers first,
 * then the largest remainders.
 */
export function apportion(seats: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const exact = weights.map((weight) => (sum === 0 ? 0 : (weight / sum) * seats))
  const dealt = exact.map(Math.floor)
  const left = seats - dealt.reduce((total, count) => total + count, 0)
  exact
    .map((share, at) => ({ at, remainder: share - Math.floor(share) }))
    .toSorted((a, b) => b.remainder - a.remainder)
    .slice(0, left)
    .forEach(({ at }) => (dealt[at] = (dealt[at] ?? 0) + 1))
  return dealt
}

/** A list with each value as often as its weight says. */
export function dealt<T>(seats: number, list: readonly Weighted<T>[]): T[] {
  const counts = apportion(
    seats,
    list.map(([weight]) => weight),
  )
  return list.flatMap(([, value], at) => Array.from({ length: counts[at] ?? 0 }, () => value))
}
