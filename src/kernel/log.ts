/** One thing that happened which someone at the terminal wants to see. Never a secret or a token. */
export type LogEvent =
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
    }
  | { event: 'server-error'; where: string; error: unknown }
  | { event: 'notice'; message: string }

/** Where events go. Rooms never print: the command line does, or the test that listens. */
export type Log = (event: LogEvent) => void
