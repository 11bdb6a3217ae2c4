import { createHash } from 'node:crypto'
import { chanceOf, type Chance } from '../invention/index.ts'

/** Chance by place instead of by order: the same words always give the same number, at once. */
export class Mixer {
  readonly #key: number

  constructor(seed: string) {
    this.#key = createHash('sha256').update(`population:${seed}`).digest().readUInt32LE(0)
  }

  /** A whole number below 2³² that follows from these. */
  word(...words: readonly number[]): number {
    let mixed = this.#key
    for (const word of words)
      mixed = finish(Math.imul(mixed ^ (word >>> 0), 0x9e3779b1) + 0x7f4a7c15)
    return mixed >>> 0
  }

  below(n: number, ...words: readonly number[]): number {
    return Math.floor((this.word(...words) / 2 ** 32) * n)
  }

  /** Chance of its own for whatever these say. */
  chance(...words: readonly number[]): Chance {
    return chanceOf([1, 2, 3, 4].map((which) => this.word(...words, which)))
  }
}

/** The last step of MurmurHash3 by Appleby: every bit moves every other. */
function finish(word: number): number {
  let mixed = word
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}

/** What chance is asked for, so that no two questions get one answer. */
export const about = {
  plan: 1,
  provinces: 2,
  states: 3,
  birthday: 4,
  family: 5,
  person: 6,
  digits: 7,
  search: 8,
  levels: 9,
} as const
