import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'

/** As much of `fetch` as calls between servers need. */
export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>

const withoutBody = new Set([101, 103, 204, 205, 304])

/**
 * `fetch` that trusts one more certificate, at these origins alone: the platform's own can be told
 * of one only before the process starts. Redirects are handed back or refused, never followed.
 */
export function createTrustingFetch(certificate: string, origins: readonly string[]): Fetch {
  return async (url, init = {}) => {
    const { origin, protocol } = new URL(url)
    if (protocol !== 'https:' || !origins.includes(origin)) return fetch(url, init)
    const { dispatcher: _unused, ...rest } = init as RequestInit & { dispatcher?: unknown }
    const outgoing = new Request(url, rest)
    const incoming = await send(outgoing, certificate)
    const { statusCode: status = 0, statusMessage: statusText = '' } = incoming
    if (outgoing.redirect === 'error' && status >= 300 && status < 400)
      throw new TypeError(`${outgoing.url} answered with a redirect`)
    const body = Readable.toWeb(incoming) as ReadableStream<Uint8Array>
    return new Response(withoutBody.has(status) ? null : (body as never), {
      status,
      statusText,
      headers: headersOf(incoming),
    })
  }
}

async function send(outgoing: Request, certificate: string): Promise<IncomingMessage> {
  const { request } = await import('node:https')
  const body = Buffer.from(await outgoing.arrayBuffer())
  return new Promise((resolve, reject) => {
    const { method, signal } = outgoing
    const headers = { ...Object.fromEntries(outgoing.headers), 'content-length': body.length }
    const trusted = { ca: certificate, allowPartialTrustChain: true, agent: false as const }
    const sent = request(outgoing.url, { method, headers, signal, ...trusted }, resolve)
    sent.once('error', reject)
    sent.end(body)
  })
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers()
  for (let at = 0; at < rawHeaders.length; at += 2)
    headers.append(rawHeaders[at]!, rawHeaders[at + 1]!)
  return headers
}
