import { didYouMean, MockVneidError, nearest } from '../kernel/index.ts'

/** Keys are kept there and cannot be used. */
export class KeysUnreadable extends MockVneidError {
  override readonly code = 'ERR_KEYS_UNREADABLE'
  /** The file, or the record in the store. */
  readonly place: string

  constructor(place: string, cause: unknown) {
    super(`the keys in "${place}" cannot be read. Delete it and start again: new keys are made.`, {
      cause,
    })
    this.place = place
  }
}

/** The folder for keys cannot be made or written to. */
export class KeysUnwritable extends MockVneidError {
  override readonly code = 'ERR_KEYS_UNWRITABLE'
  readonly folder: string

  constructor(folder: string, cause: unknown) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException
    super(
      `keys cannot be kept in "${folder}" (${code}). Make it a folder that can be written to, or name another with --data-folder.`,
      { cause },
    )
    this.folder = folder
  }
}

/** A key was asked for by a name that none of the world's has. */
export class KeyNotFound extends MockVneidError {
  override readonly code = 'ERR_KEY_NOT_FOUND'
  readonly kid: string
  readonly nearest: string | undefined

  constructor(kid: string, known: readonly string[]) {
    super(`key "${kid}" does not exist. ${didYouMean(kid, known)}The keys are ${quoted(known)}.`)
    this.kid = kid
    this.nearest = nearest(kid, known)
  }
}

/** A key was given, or asked for, that cannot sign here. */
export class KeyInvalid extends MockVneidError {
  override readonly code = 'ERR_KEY_INVALID'
  /** The key's own name, where it has one. */
  readonly kid: string | undefined

  constructor(message: string, kid?: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause })
    this.kid = kid
  }
}

/** A key was given by a name that another has. */
export class KeyTaken extends MockVneidError {
  override readonly code = 'ERR_KEY_TAKEN'
  readonly kid: string

  constructor(kid: string) {
    super(`key "${kid}" is there already. Give the new one another "kid".`)
    this.kid = kid
  }
}

/** A key cannot be retired, since nothing else signs what it signs. */
export class KeyNeeded extends MockVneidError {
  override readonly code = 'ERR_KEY_NEEDED'
  readonly kid: string
  readonly alg: string

  constructor(kid: string, alg: string) {
    super(
      `key "${kid}" is the only one that signs ${alg}. Add another for ${alg}, switch to it, and retire this one then.`,
    )
    this.kid = kid
    this.alg = alg
  }
}

const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ')
