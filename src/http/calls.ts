import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { plainAddress, type IsTrusted } from './trusted-proxies.ts'

/** By what name somebody called, as far as it can be believed. */
export interface Call {
  /** The Host as written by the caller, or as a believed proxy passes it on. */
  host: string | undefined
  /** `undefined` where TLS may have ended before us, and nobody whom we believe says so. */
  scheme: 'http' | 'https' | undefined
  /** The address of the caller. */
  address: string | undefined
  /** The Host that somebody passed on whom we do not believe. */
  disbelieved?: string
}

/** Reads who is called by whom. `X-Forwarded-Host`, `-Proto` and `-For` count from proxies only. */
export function readCall(request: IncomingMessage, isTrusted: IsTrusted): Call {
  const { socket } = request
  const isEncrypted = (socket as Partial<TLSSocket>).encrypted === true
  const host = /^https?:\/\/([^/?#]*)/i.exec(request.url ?? '')?.[1] ?? request.headers.host
  const address = socket.remoteAddress && plainAddress(socket.remoteAddress)
  const passedOn = first(request, 'x-forwarded-host')
  if (!isTrusted(address)) {
    const direct: Call = { host, scheme: isEncrypted ? 'https' : undefined, address }
    return passedOn === undefined ? direct : { ...direct, disbelieved: passedOn }
  }
  const scheme = first(request, 'x-forwarded-proto')?.toLowerCase()
  return {
    host: passedOn ?? host,
    scheme: scheme === 'http' || scheme === 'https' ? scheme : isEncrypted ? 'https' : undefined,
    address: callerOf(request, isTrusted) ?? address,
  }
}

/** Whether a Host, as somebody wrote it, is the one of an origin. */
export function isHostOf(host: string | undefined, origin: string): boolean {
  const { protocol, host: own } = new URL(origin)
  // A URL would read "a@b" or "b/c" as b, and others might read it as a.
  if (host === undefined || !/^[\w.:[\]-]+$/.test(host)) return false
  const called = `${protocol}//${host}`
  return URL.canParse(called) && new URL(called).host === own
}

/** Nearest first, proxies pass on whom they heard it from: the first we do not believe has called. */
function callerOf(request: IncomingMessage, isTrusted: IsTrusted): string | undefined {
  const passedOn = String(request.headers['x-forwarded-for'] ?? '').split(',')
  let caller: string | undefined
  for (const part of passedOn.toReversed()) {
    const address = plainAddress(part.trim().replace(/^\[(.*)\](?::\d+)?$|^([\d.]+):\d+$/, '$1$2'))
    if (isIP(address) === 0) return caller
    caller = address
    if (!isTrusted(address)) return caller
  }
  return caller
}

/** The first of several values is what the proxy next to the browser has heard. */
function first(request: IncomingMessage, name: string): string | undefined {
  const [value = ''] = String(request.headers[name] ?? '').split(',', 1)
  return value.trim() || undefined
}

const internal = new WeakSet<IncomingMessage>()

/** Notes that a request came by the name that servers have for us, and browsers have not. */
export const markInternal = (request: IncomingMessage): void => void internal.add(request)

/** Whether a request came by the name that servers have for us. */
export const isInternal = (request: IncomingMessage): boolean => internal.has(request)
