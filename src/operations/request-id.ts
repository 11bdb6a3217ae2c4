import type { IncomingMessage } from 'node:http'

/** What a log can hold without harm, and nobody needs more. */
const sane = /^[\w.:+=@/-]{1,128}$/

/** The id that somebody before us gave the request, if it is one. */
export function givenRequestId({ headers }: IncomingMessage): string | undefined {
  const given = headers['x-request-id']
  return typeof given === 'string' && sane.test(given) ? given : undefined
}

/** Makes ids that no other process makes: by a name of our own, and a number. */
export function createRequestIds(name: string): () => string {
  let count = 0
  return () => `${name}-${(++count).toString(36)}`
}
