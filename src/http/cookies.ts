import type { IncomingMessage } from 'node:http'

/** One cookie of a request, decoded, or `undefined`. For cookies that nobody signed. */
export function readCookie(request: IncomingMessage, name: string): string | undefined {
  const prefix = `${name}=`
  const pair = request.headers.cookie
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(prefix))
  if (pair === undefined) return undefined
  try {
    return decodeURIComponent(pair.slice(prefix.length))
  } catch {
    return undefined
  }
}
