const codes: ReadonlySet<unknown> = new Set([
  'ECONNRESET',
  'EPIPE',
  'ECANCELED',
  'ERR_STREAM_PREMATURE_CLOSE',
])

/**
 * Whether something went wrong because the other side went away or spoke no HTTP, which is no fault
 * of ours.
 */
export function isBrokenConnection(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
  return codes.has(code) || String(code).startsWith('HPE_') || message === 'aborted'
}
