import { createHash } from 'node:crypto'

/** A value and how often it is drawn beside the others. */
export type Weighted<T> = readonly [weight: number, value: T]

/** Repeatable chance for making things up. Never for secrets: see the kernel's Random. */
export interface Chance {
  /** A whole number from 0 to below `n`, which is at most 2³². */
  below(n: number): number
  pick<T>(list: readonly T[]): T
  /** One value, as often as its weight says. */
  weighted<T>(list: readonly Weighted<T>[]): T
  /** True in this share of all cases, 0 to 1. */
  happens(share: number): boolean
}

/** The same seed gives the same choices in the same order. */
export function chanceFrom(seed: string): Chance {
  const hash = createHash('sha256').update(seed).digest()
  return chanceOf([0, 4, 8, 12].map((at) => hash.readUInt32LE(at)))
}

/** Xoshiro128** by Blackman and Vigna, from four words that are not all zero. */
export function chanceOf([a = 1, b = 0, c = 0, d = 0]: readonly number[]): Chance {
  const rotated = (x: number, by: number) => (x << by) | (x >>> (32 - by))
  const next = (): number => {
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotated(d, 11)
    return result
  }
  const share = () => next() / 2 ** 32
  const below = (n: number) => Math.floor(share() * n)
  return {
    below,
    happens: (often) => share() < often,
    pick: (list) => itemAt(list, below(list.length)),
    weighted: (list) => itemAt(list, placeOf(list, share()))[1],
  }
}

function placeOf(list: readonly Weighted<unknown>[], share: number): number {
  let left = share * list.reduce((sum, [weight]) => sum + weight, 0)
  const place = list.findIndex(([weight]) => (left -= weight) < 0)
  return place < 0 ? list.length - 1 : place
}

function itemAt<T>(list: readonly T[], place: number): T {
  if (list.length === 0) throw new RangeError('nothing to choose from')
  return list[place] as T
}
