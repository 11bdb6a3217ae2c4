const usualSeconds = 5

/** How long somebody waits, in milliseconds, and what ends it. */
export const patienceOf = (
  timeoutSeconds: number = usualSeconds,
  signal: AbortSignal,
): { timeoutMs: number; signal: AbortSignal } => ({ timeoutMs: timeoutSeconds * 1000, signal })
