import { randomBytes, randomInt } from 'node:crypto'

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
