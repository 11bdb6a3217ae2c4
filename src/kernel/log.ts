/** One thing that happened which someone at the terminal wants to see. Never a secret or a token. */
export type LogEvent = Happening & {
  /** The request in which it happened, where requests are logged too. */
  requestId?: string
}

type Happening =
  | {
      /** A one-time code was sent. It is test data: showing it is the point. */
      event: 'code-sent'
      signInId: string
      personId: string
      /** `app` or `sms`. */
      channel: 'app' | 'sms'
      /** Whose phone it went to, when not the person's own: a child's parent or guardian. */
      phoneOf: string
      code: string
    }
  | {
      event: 'sign-in-ended'
      signInId: string
      clientId: string
      personId?: string
      /** `approved`, or why not. */
      outcome: string
      /** Whether a program walked it. */
      isAutomatic: boolean
      /** From its first page on, by the world's clock. */
      durationMs: number
    }
  | {
      /** A person got from one step of a sign-in to another. */
      event: 'step-ended'
      signInId: string
      step: string
      /** How long they were there, by the world's clock. */
      durationMs: number
    }
  | {
      /** A reply was sent, or broken off. */
      event: 'request'
      method: string
      /** Without the query, which may hold codes and tokens. */
      path: string
      status: number
      /** Whether all of the reply was sent. */
      isFinished: boolean
      durationMs: number
      /** The sign-in it belongs to, where it does. */
      signInId?: string
    }
  | { event: 'server-error'; where: string; error: unknown }
  | { event: 'notice'; message: string }
  | { event: 'started'; issuer: string; portalUrl?: string }
  | { event: 'stopping' }

/** Where events go. Rooms never print: the command line does, or the test that listens. */
export type Log = (event: LogEvent) => void
