import type { IncomingMessage } from 'node:http'

/** How a request's Host header relates to the issuer. */
export type HostMatch = 'issuer' | 'loopback' | 'foreign'

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Compares the Host a client called with the issuer it should have called. */
export function matchHost(request: IncomingMessage, issuer: string, port: number): HostMatch {
  const called = request.headers.host?.toLowerCase()
  if (called === new URL(issuer).host) return 'issuer'
  if (called === undefined || !URL.canParse(`http://${called}`)) return 'foreign'
  const { hostname, port: calledPort } = new URL(`http://${called}`)
  const isOurPort = Number(calledPort || 80) === port
  return loopbackNames.has(hostname) && isOurPort ? 'loopback' : 'foreign'
}
