import { MockVneidError } from './errors.ts'

/** The store cannot be reached. Whoever asked may try again soon. */
export class StoreUnavailable extends MockVneidError {
  override readonly code = 'ERR_STORE_UNAVAILABLE'
  /** For HTTP: come back later. */
  readonly status = 503
  readonly statusCode = 503
  readonly address: string
  /** Whether what was to be written may have been: it was sent, and nobody said what came of it. */
  readonly mayBeDone: boolean

  constructor(
    address: string,
    cause: unknown,
    reason: string,
    { isRefusal = false, mayBeDone = false }: { isRefusal?: boolean; mayBeDone?: boolean } = {},
  ) {
    super(
      isRefusal
        ? `redis at ${address} refuses: ${reason}. Correct --store, or use --store memory.`
        : `redis did not answer at ${address} (${reason})${mayBeDone ? ', and may have done what it was asked' : ''}. Start it, or use --store memory.`,
      { cause },
    )
    this.address = address
    this.mayBeDone = mayBeDone
  }
}

/** The store has as many records as it may. What is kept stays; what is new is refused. */
export class StoreFull extends MockVneidError {
  override readonly code = 'ERR_STORE_FULL'
  /** For HTTP: come back later, when something has ended. */
  readonly status = 503
  readonly statusCode = 503
  readonly maxRecords: number

  constructor(maxRecords: number) {
    super(
      `the store holds ${maxRecords} records, and no more are allowed. Raise --max-records, or wait until some have ended.`,
    )
    this.maxRecords = maxRecords
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
