import { didYouMean, MockVneidError, type Problem } from '../kernel/index.ts'

/** Nobody is registered under that `client_id`. */
export class ClientNotFound extends MockVneidError {
  override readonly code = 'ERR_CLIENT_NOT_FOUND'
  readonly clientId: string

  constructor(clientId: string, known: readonly string[]) {
    super(
      `the relying party "${clientId}" is not registered here. ${didYouMean(clientId, known)}Register it first, or use one of: ${list(known)}.`,
    )
    this.clientId = clientId
  }
}

/** Somebody else is registered under that `client_id`. */
export class ClientTaken extends MockVneidError {
  override readonly code = 'ERR_CLIENT_TAKEN'
  readonly clientId: string

  constructor(clientId: string) {
    super(`client_id "${clientId}" is taken. Change that one, or register under another.`)
    this.clientId = clientId
  }
}

/** What was said of a relying party cannot be. */
export class MetadataRefused extends MockVneidError {
  override readonly code = 'ERR_CLIENT_INVALID'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    const lines = problems.map(({ path, message }) => `${path.join('.') || 'metadata'} ${message}`)
    super(`the relying party was not registered: ${lines.join('; ')}.`)
    this.problems = problems
  }
}

const list = (known: readonly string[]) =>
  known.length === 0
    ? 'none'
    : [...known.slice(0, 10), ...(known.length > 10 ? ['…'] : [])].join(', ')
