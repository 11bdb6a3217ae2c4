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

/** The operating system's randomness. */
export const systemRandom: Random = {
  id: () => randomBytes(16).toString('base64url'),
  digits: (count) => Array.from({ length: count }, () => randomInt(10)).join(''),
  bytes: (count) => randomBytes(count),
}
