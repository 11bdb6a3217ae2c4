import { expect } from 'vitest'

interface Refused {
  error?: string
  cause?: readonly { parameters?: { error?: string } }[]
}

/** What openid-client throws for this error code, in the body or in the challenge of the reply. */
export function refused(error: string): unknown {
  return expect.toSatisfy(
    (thrown: Refused) =>
      thrown.error === error ||
      (Array.isArray(thrown.cause) && thrown.cause[0]?.parameters?.error === error),
    `openid-client refuses with "${error}"`,
  )
}
