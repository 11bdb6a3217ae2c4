import { didYouMean, MockVneidError } from '../../kernel/index.ts'
import type { JournalEntry } from '../../journal/index.ts'

/** A sign-in came to what a relying party would hear as an error. */
export class SignInRefused extends MockVneidError {
  override readonly code = 'ERR_SIGN_IN_REFUSED'
  /**
   * As the relying party would hear it (RFC 6749 §4.1.2.1); of a reply that says no error, the
   * fault that struck it, or its status.
   */
  readonly error: string
  readonly errorDescription: string
  /** What happened, in order. */
  readonly journal: readonly JournalEntry[]

  constructor(said: { error: string; errorDescription: string; journal: readonly JournalEntry[] }) {
    super(`the sign-in was refused: ${said.error}. ${said.errorDescription}`)
    this.error = said.error
    this.errorDescription = said.errorDescription
    this.journal = said.journal
  }
}

/** Nobody began a sign-in of that id, or it is long over. */
export class SignInNotFound extends MockVneidError {
  override readonly code = 'ERR_SIGN_IN_NOT_FOUND'
  readonly signInId: string

  constructor(signInId: string) {
    super(
      `the sign-in "${signInId}" is not known here. It begins with its first page; list them to see those that are.`,
    )
    this.signInId = signInId
  }
}

/** Something was asked for that cannot be, in this world as it is. */
export class AskedWrongly extends MockVneidError {
  override readonly code = 'ERR_ASKED_WRONGLY'
}

/** Nothing is kept under that name. */
export class SnapshotNotFound extends MockVneidError {
  override readonly code = 'ERR_SNAPSHOT_NOT_FOUND'

  constructor(snapshot: string, known: readonly string[]) {
    super(
      `the snapshot "${snapshot}" was not taken in this world. ${didYouMean(snapshot, known)}There are: ${known.join(', ') || 'none'}.`,
    )
  }
}

/** The mock is closed, and does nothing any more. */
export class MockClosed extends MockVneidError {
  override readonly code = 'ERR_MOCK_CLOSING'

  constructor() {
    super('the mock is closed. Start another.')
  }
}

/** Nobody made a world of that name, or it has ended. */
export class WorldNotFound extends MockVneidError {
  override readonly code = 'ERR_WORLD_NOT_FOUND'
  readonly world: string

  constructor(world: string, known: readonly string[]) {
    super(
      `the world "${world}" does not exist: it was never made, was ended, or was not used for too long. ${didYouMean(world, known)}Make one with POST /_mock/worlds.`,
    )
    this.world = world
  }
}
