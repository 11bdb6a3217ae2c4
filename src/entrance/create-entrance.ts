import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { markInternal, readCall, trust } from '../http/index.ts'
import type { Assets, Pages } from '../pages/index.ts'
import { findName, type Names } from './names.ts'
import { refuse } from './refuse.ts'

export interface EntranceOptions extends Names {
  /** Addresses and ranges of the proxies that are believed. */
  trustedProxies: readonly string[]
  pages: Pages
  assets: Assets
  /** The certificate of our own authority, given away at `/ca.pem`. */
  authority?: string | undefined
  /** Tells a program that calls the control API by a false name what is right. */
  refuseControl: (response: ServerResponse, detail: string) => void
}

/** Answers a request that came by the name of this issuer. */
export type AnswerAs = (
  issuer: string,
  request: IncomingMessage,
  response: ServerResponse,
) => unknown

/** Paths that programs call: there, another name for this machine does no harm. */
const programPath =
  /^(\/w\/[^/]+)?\/(\.well-known\/|jwks|token|me\b|request\b|_mock\b|assets\/|ca\.pem$|metrics$)/

/**
 * Lets whoever is behind it see the issuer's own Host and scheme, never those from the wire, and
 * refuses every other name: tokens would be issued under a false one, and a page from elsewhere
 * could reach us by DNS rebinding.
 */
export function createEntrance(options: EntranceOptions, answer: AnswerAs): RequestListener {
  const { trustedProxies, assets, authority } = options
  const isTrusted = trust(trustedProxies)
  return (request, response) => {
    const call = readCall(request, isTrusted)
    const path = pathOf(request)
    const found = findName(call, options)
    if (found === undefined || (found.isForPrograms && !programPath.test(path)))
      return refuse(request, response, { ...options, call, path })
    request.url = path
    if (path === '/ca.pem' && authority !== undefined) return giveAway(authority, response)
    if (path.startsWith('/assets/') && assets.serve(request, response)) return
    if (found.isInternal) markInternal(request)
    introduce(request, found.issuer, call.address)
    answer(found.issuer, request, response)
  }
}

/** What was asked for, without the origin that a request line may begin with. RFC 9112 §3.2.2. */
function pathOf({ url = '/' }: IncomingMessage): string {
  const path = url.replace(/^https?:\/\/[^/?#]*/i, '')
  return path === url || path.startsWith('/') ? path : `/${path}`
}

function giveAway(authority: string, response: ServerResponse): void {
  response.setHeader('Content-Type', 'application/x-x509-ca-cert')
  response.setHeader('Content-Disposition', 'attachment; filename="mock-vneid-ca.pem"')
  response.setHeader('Cache-Control', 'no-store')
  response.end(authority)
}

/** From here on, this request is what a proxy of our own would have passed on. */
function introduce({ headers }: IncomingMessage, issuer: string, address = ''): void {
  const { host, protocol } = new URL(issuer)
  for (const name of Object.keys(headers))
    if (name === 'forwarded' || name.startsWith('x-forwarded-')) delete headers[name]
  headers.host = host
  headers['x-forwarded-proto'] = protocol.slice(0, -1)
  if (address !== '') headers['x-forwarded-for'] = address
}
