import { Agent, request as send } from 'node:http'
import { expect } from 'vitest'
import type { LogEvent } from '../../src/index.ts'
import { packageRoot } from '../../src/kernel/index.ts'

/** A request as it goes over the wire, with nothing made right on the way. */
export interface WireRequest {
  method: string
  /** The request target: printable Latin-1 at most, since Node refuses to send anything else. */
  path: string
  headers: Record<string, string>
  body: string
}

export interface WireReply {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

/** A request without a body. */
export const get = (path: string, headers: Record<string, string> = {}): WireRequest => ({
  method: 'GET',
  path,
  headers,
  body: '',
})

/** What a browser would send back of the cookies that it was given. */
export const cookiesOf = ({ headers }: WireReply): string =>
  [headers['set-cookie'] ?? []]
    .flat()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')

/** Connections to one server, used again and again. */
export class Wire {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 4 })
  readonly #origin: URL

  constructor(origin: string) {
    this.#origin = new URL(origin)
  }

  send({ method, path, headers, body }: WireRequest): Promise<WireReply> {
    const { hostname, port } = this.#origin
    // Said by hand, because Node says it for some methods only.
    const length = body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    return new Promise((resolve, reject) => {
      const outgoing = send(
        {
          agent: this.#agent,
          hostname,
          port,
          method,
          path: sendable(path),
          headers: { ...headers, ...length },
        },
        (incoming) => {
          let text = ''
          incoming.setEncoding('utf8').on('data', (part: string) => {
            text += part
          })
          incoming
            .on('error', reject)
            .on('end', () =>
              resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text }),
            )
        },
      )
      outgoing
        .on('error', reject)
        .setTimeout(10_000, () => outgoing.destroy(new Error('no answer')))
      outgoing.end(body)
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}

const sendable = (path: string) =>
  path.replaceAll(/[^\u0021-\u00FF]/g, (character) => {
    const isLoneSurrogate = /[\uD800-\uDFFF]/.test(character)
    return isLoneSurrogate ? '%ED%A0%80' : encodeURIComponent(character)
  })

/** What nobody may ever be sent, whatever they asked. */
const innards = [
  packageRoot,
  'node_modules',
  /\n\s+at .*:\d+:\d+/,
  /\b(?:Type|Reference|Range|Syntax)Error\b/,
  /\bundefined is not|Cannot read propert/,
]

/** The laws of every answer: no fault of ours, and nothing of our insides. */
export function expectDecent({ status, body }: WireReply): void {
  expect(status).toBeGreaterThanOrEqual(200)
  expect(status).toBeLessThan(500)
  for (const inside of innards)
    expect(typeof inside === 'string' ? body.includes(inside) : inside.test(body)).toBe(false)
}

/** The faults that a mock has reported and nobody has taken yet, each with where it was. */
export function takeFaults(events: LogEvent[]): string[] {
  return events.splice(0).flatMap((event) => {
    if (event.event !== 'server-error') return []
    const { error, where } = event
    return [`${where}: ${error instanceof Error ? error.stack : String(error)}`]
  })
}
