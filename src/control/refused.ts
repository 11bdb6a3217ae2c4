import type { JournalEntry } from '../journal/index.ts'
import { MockVneidError, type ErrorCode, type Problem } from '../kernel/index.ts'

export interface Refused {
  code: ErrorCode
  /** What happened, and the next thing to do. */
  detail: string
  /**
   * The HTTP status.
   *
   * @default what goes with the code
   */
  status?: number
  problems?: readonly Problem[]
  /** What else a program may want to know. */
  fields?: Readonly<Record<string, unknown>>
  cause?: unknown
}

/** A world did not do what it was asked. The same at every door. */
export class ControlRefused extends MockVneidError {
  override readonly code: ErrorCode
  /** The HTTP status: what it is, or would be, on the wire. */
  readonly status: number
  /** What is wrong with what was asked, each at its place. */
  readonly problems: readonly Problem[]
  /** What else there is to know: each is a property of the error, too. */
  readonly fields: Readonly<Record<string, unknown>>
  /** Of a refused sign-in: the OAuth error that the relying party hears. */
  declare readonly error?: string
  declare readonly errorDescription?: string
  /** Of a refused sign-in: what happened, in order. */
  declare readonly journal?: JournalEntry[]
  /** The name that was most likely meant. */
  declare readonly nearest?: string

  constructor({ code, detail, status, problems = [], fields = {}, cause }: Refused) {
    super(detail, cause === undefined ? undefined : { cause })
    this.code = code
    this.status = status ?? statusOf(code)
    this.problems = problems
    this.fields = withoutReserved(fields)
    Object.assign(this, this.fields)
  }
}

/** Properties that every error has, and members that every problem document has. RFC 9457 §3.1. */
const reserved: ReadonlySet<string> = new Set([
  'name',
  'message',
  'stack',
  'cause',
  'fields',
  'code',
  'status',
  'statusCode',
  'problems',
  'type',
  'title',
  'detail',
  'instance',
])

const withoutReserved = (fields: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).filter(([key, value]) => !reserved.has(key) && value !== undefined),
  )

const statuses: Partial<Record<ErrorCode, number>> = {
  ERR_ACCOUNT_UNUSABLE: 422,
  ERR_ASKED_WRONGLY: 422,
  ERR_CLAIM_LOST: 409,
  ERR_KEY_NEEDED: 409,
  ERR_LIMIT_REACHED: 409,
  ERR_MEDIA_TYPE_WRONG: 415,
  ERR_METHOD_NOT_ALLOWED: 405,
  ERR_MISDIRECTED_REQUEST: 421,
  ERR_MOCK_CLOSING: 503,
  ERR_NOTHING_CAME: 404,
  ERR_ORIGIN_FOREIGN: 403,
  ERR_REQUEST_INVALID: 400,
  ERR_SIGN_IN_REFUSED: 422,
  ERR_STORE_FULL: 503,
  ERR_STORE_UNAVAILABLE: 503,
  ERR_TOKENS_GONE: 409,
  ERR_TOKEN_NEEDED: 401,
  ERR_TOO_LARGE: 413,
}

const endings: readonly (readonly [ending: string, status: number])[] = [
  ['_NOT_FOUND', 404],
  ['_TAKEN', 409],
  ['_INVALID', 422],
]

/**
 * The HTTP status of a code: 404 for what is not found, 409 for what is taken, 422 for what cannot
 * be.
 */
export function statusOf(code: ErrorCode): number {
  return statuses[code] ?? endings.find(([ending]) => code.endsWith(ending))?.[1] ?? 500
}

/** What whoever asked for an operation hears of an error. */
export function refusalOf(error: unknown, asked: string): ControlRefused {
  if (error instanceof ControlRefused) return error
  if (error instanceof MockVneidError) {
    const { problems } = error as { problems?: readonly Problem[] }
    return new ControlRefused({
      code: error.code,
      detail: error.message,
      ...(Array.isArray(problems) ? { problems } : {}),
      fields: Object.fromEntries(Object.entries(error)),
      cause: error,
    })
  }
  return new ControlRefused({
    code: 'ERR_SERVER_FAILED',
    detail: `the mock failed at ${asked}, which is a mistake of its own. Its log says more.`,
    cause: error,
  })
}
