import { request, type Agent, type IncomingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'

export interface Reply {
  status: number
  headers: IncomingHttpHeaders
  text: string
  /** What its JSON says. */
  json: Record<string, unknown>
}

export interface Asking {
  method?: string
  headers?: Record<string, string>
  body?: string | Buffer
  agent?: Agent
}

/** One request as whoever likes could send it, and its reply. */
export function ask(
  url: string,
  { method, headers = {}, body, agent }: Asking = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        headers,
        ...(agent ? { agent } : {}),
      },
      (incoming) => {
        text(incoming)
          .then((said) => {
            const isJson = /[/+]json$/.test(incoming.headers['content-type'] ?? '')
            const json = (isJson ? JSON.parse(said) : {}) as Record<string, unknown>
            const { statusCode: status = 0, headers } = incoming
            return resolve({ status, headers, text: said, json })
          })
          .catch(reject)
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** A body of JSON, said to be such. */
export const json = (value: unknown): Asking => ({
  headers: { 'Content-Type': 'application/json' },
  body: typeof value === 'string' ? value : JSON.stringify(value),
})
