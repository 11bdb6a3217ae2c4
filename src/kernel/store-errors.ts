import { MockVneidError } from './errors.ts'

/** What is known of why a store cannot be used, beside the words of whoever said so. */
export interface StoreTrouble {
  /** It did answer, with a no. */
  isRefusal?: boolean
  /** It was there, and its certificate was not good enough. */
  isUntrusted?: boolean
  /** Whether what was to be written may have been: it was sent, and nobody said what came of it. */
  mayBeDone?: boolean
  /** What to do. */
  fix?: string | undefined
}

/** The store cannot be reached. Whoever asked may try again soon. */
export class StoreUnavailable extends MockVneidError {
  override readonly code = 'ERR_STORE_UNAVAILABLE'
  /** For HTTP: come back later. */
  readonly status = 503
  readonly statusCode = 503
  readonly address: string
  /** As in {@link StoreTrouble}. */
  readonly mayBeDone: boolean

  constructor(
    address: string,
    cause: unknown,
    reason: string,
    { isRefusal = false, isUntrusted = false, mayBeDone = false, fix }: StoreTrouble = {},
  ) {
    const unclear = mayBeDone ? ', and may have done what it was asked' : ''
    const what = isRefusal
      ? `redis at ${address} refuses: ${reason}`
      : isUntrusted
        ? `redis at ${address} is not trusted (${reason})${unclear}`
        : `redis did not answer at ${address} (${reason})${unclear}`
    const advice = fix ?? (isRefusal ? 'Correct --store' : 'Start it')
    super(`${what}. ${advice}, or use --store memory.`, { cause })
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
