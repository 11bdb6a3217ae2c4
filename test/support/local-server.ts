import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach } from 'vitest'

/** A request that a relying party's own server received. */
export interface Received {
  method: string
  path: string
  form: URLSearchParams
}

export interface LocalServer {
  origin: string
  received: Received[]
}

type Answer = { status?: number; json?: unknown; headers?: Record<string, string> }

const closers: (() => Promise<void>)[] = []

afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()))
})

/** A relying party's own server on this machine: remembers what it receives. Closed after the test. */
export async function localServer(
  answer: (request: IncomingMessage) => Answer = () => ({}),
): Promise<LocalServer> {
  const received: Received[] = []
  const server = createServer((request, response) => void reply(request, response))
  const reply = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url: path = '' } = request
    received.push({ method, path, form: new URLSearchParams(await text(request)) })
    const { status = 200, json, headers = {} } = answer(request)
    const type = json === undefined ? {} : { 'Content-Type': 'application/json' }
    response.writeHead(status, { ...type, ...headers })
    response.end(json === undefined ? '' : JSON.stringify(json))
  }
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  closers.push(
    () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  )
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received }
}
