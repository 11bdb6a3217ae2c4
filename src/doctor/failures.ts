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
  DEPTH_ZERO_SELF_SIGNED_CERT: 'untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'untrusted',
  CERT_UNTRUSTED: 'untrusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'other-name',
  CERT_HAS_EXPIRED: 'out-of-date',
  CERT_NOT_YET_VALID: 'out-of-date',
  ERR_SSL_WRONG_VERSION_NUMBER: 'not-tls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'not-tls',
  ERR_SSL_HTTP_REQUEST: 'not-tls',
  EPROTO: 'not-tls',
  ECONNRESET: 'cut',
  EPIPE: 'cut',
  UND_ERR_SOCKET: 'cut',
}

export interface Explained {
  reason: FailureReason
  /** The code by which to look it up elsewhere. */
  code: string
}

/** What `fetch` means by "fetch failed": the reason is buried in causes, one for each address tried. */
export function explain(error: unknown): Explained {
  const codes = [...codesIn(error)]
  const known = codes.find((code) => Object.hasOwn(reasons, code))
  const parsed = codes.find((code) => code.startsWith('HPE_'))
  if (isProxyPassword(error)) return { reason: 'proxy-password', code: '407' }
  if (known !== undefined) return { reason: reasons[known]!, code: known }
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
