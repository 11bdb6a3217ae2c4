/** What becomes of a reply that a fault strikes. */
export interface Struck {
  /** How long the reply is held back, in milliseconds. */
  delayMs?: number
  /** The HTTP status instead of the right one. */
  status?: number
  headers?: Readonly<Record<string, string>>
  /** Instead of the right body. */
  body?: string
}

export type FaultName = 'status' | 'slow' | 'empty-body' | 'invalid-json'

/** One way of going wrong. */
export interface FaultKind {
  /** What it does. */
  does: string
  /** What a correct relying party does then, and where that stands. */
  rightReaction: string
  source: string
  struck: (options: { status?: number; delayMs?: number }) => Struck
}

const json = { 'Content-Type': 'application/json' }

/** Everything that can be armed. */
export const catalogue: Readonly<Record<FaultName, FaultKind>> = {
  status: {
    does: 'answers with an HTTP status (503, or the one given) and nothing that was asked for',
    rightReaction:
      'says that signing in does not work at the moment, keeps no half session, and offers to try again',
    source: 'RFC 9110 §15.6.4',
    struck: ({ status = 503 }) => ({
      status,
      headers: { ...json, ...(status === 503 || status === 429 ? { 'Retry-After': '1' } : {}) },
      body: JSON.stringify({
        error: 'temporarily_unavailable',
        error_description: 'a fault was armed',
      }),
    }),
  },
  slow: {
    does: 'answers rightly, but late (3000 ms, or as given)',
    rightReaction: 'has a time limit of its own, and waits no longer than people do',
    source: 'RFC 9110 §15.5.9',
    struck: ({ delayMs = 3000 }) => ({ delayMs }),
  },
  'empty-body': {
    does: 'answers with the right status and no body',
    rightReaction: 'treats what it cannot read as a failure, and signs nobody in',
    source: 'RFC 6749 §5.1',
    struck: () => ({ body: '' }),
  },
  'invalid-json': {
    does: 'answers with the right status and half a JSON document',
    rightReaction: 'treats what it cannot read as a failure, and signs nobody in',
    source: 'RFC 8259 §2',
    struck: () => ({ headers: json, body: '{"error": "' }),
  },
}

export const faultNames: readonly FaultName[] = Object.keys(catalogue) as FaultName[]
