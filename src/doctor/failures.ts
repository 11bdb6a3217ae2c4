import { certificateTroubleOf } from '../kernel/index.ts'

/** Why no answer came. */
export type FailureReason =
  | 'refused'
  | 'unknown-name'
  | 'silent'
  | 'unroutable'
  | 'untrusted'
  | 'other-name'
  | 'out-of-date'
  | 'not-tls'
  | 'cut'
  | 'proxy-password'
  | 'forbidden'
  | 'other'

const reasons: Readonly<Record<string, FailureReason>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'unknown-name',
  EAI_AGAIN: 'unknown-name',
  TimeoutError: 'silent',
  ETIMEDOUT: 'silent',
  UND_ERR_CONNECT_TIMEOUT: 'silent',
  UND_ERR_HEADERS_TIMEOUT: 'silent',
  UND_ERR_BODY_TIMEOUT: 'silent',
  EHOSTUNREACH: 'unroutable',
  ENETUNREACH: 'unroutable',
  EADDRNOTAVAIL: 'unroutable',
  ERR_SSL_WRONG_VERSION_NUMBER: 'not-tls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'not-tls',
  ERR_SSL_HTTP_REQUEST: 'not-tls',
  EPROTO: 'not-tls',
  ECONNRESET: 'cut',
  EPIPE: 'cut',
  UND_ERR_SOCKET: 'cut',
}

function reasonOf(code: string): FailureReason | undefined {
  const trouble = certificateTroubleOf(code)
  if (trouble !== undefined) return trouble === 'not-valid-yet' ? 'out-of-date' : trouble
  return Object.hasOwn(reasons, code) ? reasons[code] : undefined
}

export interface Explained {
  reason: FailureReason
  /** The code by which to look it up elsewhere. */
  code: string
}

/** What `fetch` means by "fetch failed": the reason is buried in causes, one for each address tried. */
export function explain(error: unknown): Explained {
  const codes = [...codesIn(error)]
  const known = codes.find((code) => reasonOf(code) !== undefined)
  const parsed = codes.find((code) => code.startsWith('HPE_'))
  if (isProxyPassword(error)) return { reason: 'proxy-password', code: '407' }
  if (known !== undefined) return { reason: reasonOf(known)!, code: known }
  if (parsed !== undefined) return { reason: 'cut', code: parsed }
  return { reason: 'other', code: codes[0] ?? 'unknown' }
}

/** `fetch` takes 407, alone of all answers, for an error, and gives it neither code nor words. */
const isProxyPassword = (error: unknown) =>
  error instanceof Error &&
  error.cause instanceof Error &&
  error.cause.message === '' &&
  !('code' in error.cause) &&
  !('errors' in error.cause)

function* codesIn(error: unknown, depth = 0): Generator<string> {
  if (!(error instanceof Error) || depth > 5) return
  const { code, errors } = error as { code?: unknown; errors?: unknown }
  if (typeof code === 'string') yield code
  if (Array.isArray(errors)) for (const inner of errors) yield* codesIn(inner, depth + 1)
  yield* codesIn(error.cause, depth + 1)
  if (typeof code !== 'string') yield error.name
}
