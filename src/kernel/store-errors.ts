import { MockVneidError } from './errors.ts'

/** The store cannot be reached. Whoever asked may try again soon. */
export class StoreUnavailable extends MockVneidError {
  override readonly code = 'ERR_STORE_UNAVAILABLE'
  /** For HTTP: come back later. */
  readonly status = 503
  readonly statusCode = 503
  readonly address: string

  constructor(address: string, cause: unknown) {
    super(`redis did not answer at ${address}. Start it, or use --store memory.`, { cause })
    this.address = address
  }
}

/** Somebody else claimed a record first, found out when everything was to be written. */
export class ClaimLost extends MockVneidError {
  override readonly code = 'ERR_CLAIM_LOST'
  readonly kind: string
  readonly id: string

  constructor(kind: string, id: string) {
    super(`${kind} was used by someone else at the same moment. Start again.`)
    this.kind = kind
    this.id = id
  }
}
