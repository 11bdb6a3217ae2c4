import { Buffer } from 'node:buffer'
import { createHash, randomBytes, randomInt } from 'node:crypto'

/** Where chance comes from: handed in, so that a test can fix it. */
export interface Random {
  /** An unguessable id of 128 bits, safe in URLs and cookies. */
  id(): string
  /** A string of decimal digits, each equally likely. */
  digits(count: number): string
  /** Unguessable bytes, for secrets. */
  bytes(count: number): Buffer
}

/** Asking for many bytes at once costs hardly more than asking for a few. */
const poolSize = 4096
let pool = Buffer.alloc(0)

/** Bytes that nobody gets twice. */
function nextBytes(count: number): Buffer {
  if (pool.length < count) pool = randomBytes(poolSize)
  const bytes = pool.subarray(0, count)
  pool = pool.subarray(count)
  return bytes
}

/** The operating system's randomness. */
export const systemRandom: Random = {
  id: () => nextBytes(16).toString('base64url'),
  digits: (count) => Array.from({ length: count }, () => randomInt(10)).join(''),
  bytes: (count) => randomBytes(count),
}

/** Chance that repeats itself, and can be put back. */
export interface SeededRandom extends Random {
  readonly seed: string
  /** How much was drawn since the beginning. */
  readonly drawn: number
  /** Goes on as if so much had been drawn: from the beginning with 0. */
  goTo(drawn: number): void
}

const blockSize = 32

/**
 * Repeatable chance: the same seed gives the same ids and digits in the same order, and nobody who
 * knows the seed need guess. For tests only.
 */
export function seededRandom(seed: string): SeededRandom {
  let counter = 0
  let pool = Buffer.alloc(0)
  const fill = (count: number) => {
    while (pool.length < count) {
      const block = createHash('sha256').update(`${seed}\n${counter++}`).digest()
      pool = Buffer.concat([pool, block])
    }
  }
  const next = (count: number): Buffer => {
    fill(count)
    const bytes = pool.subarray(0, count)
    pool = pool.subarray(count)
    return Buffer.from(bytes)
  }
  return {
    seed,
    get drawn() {
      return counter * blockSize - pool.length
    },
    goTo: (drawn) => {
      counter = Math.floor(drawn / blockSize)
      pool = Buffer.alloc(0)
      next(drawn % blockSize)
    },
    id: () => next(16).toString('base64url'),
    // Of 250 the tens are whole, so each digit is as likely as any other.
    digits: (count) => {
      let text = ''
      while (text.length < count) {
        const [byte = 255] = next(1)
        if (byte < 250) text += String(byte % 10)
      }
      return text
    },
    bytes: next,
  }
}
