import { once } from 'node:events'
import { request as requestPlain, type IncomingMessage } from 'node:http'
import { request as requestTls } from 'node:https'
import { createServer, type AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface WireReply {
  status: number
  headers: IncomingMessage['headers']
  body: string
}

export interface WireOptions {
  headers?: Record<string, string>
  body?: string
  /** The certificate to trust. */
  ca?: string
}

/** Asks whoever listens on this port of this machine, as somebody who knows it by another address. */
export async function askAt(
  port: number,
  address: string | URL,
  options: WireOptions = {},
): Promise<WireReply> {
  const { host, hostname, protocol, pathname, search } = new URL(address)
  const { headers = {}, body = '', ca } = options
  const sent = {
    host: '127.0.0.1',
    port,
    path: `${pathname}${search}`,
    method: body === '' ? 'GET' : 'POST',
    agent: false,
    headers: { host, ...headers },
  } as const
  const trusted = { servername: hostname, ...(ca === undefined ? {} : { ca }) }
  const outgoing = protocol === 'https:' ? requestTls({ ...sent, ...trusted }) : requestPlain(sent)
  outgoing.end(body)
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]
  const { statusCode: status = 0 } = incoming
  return { status, headers: incoming.headers, body: await text(incoming) }
}

export const portOf = (issuer: string): number => Number(new URL(issuer).port)

/** A port that nobody listens on, for settings that must name it beforehand. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

export const discoveryPath = '/.well-known/openid-configuration'

export const json = ({ body }: WireReply): Record<string, unknown> =>
  JSON.parse(body) as Record<string, unknown>
