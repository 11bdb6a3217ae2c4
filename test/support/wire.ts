import { Agent, request } from 'node:http'

/** A reply as it came, whatever its status. */
export interface Reply {
  status: number
  headers: Readonly<Record<string, string | string[] | undefined>>
  text: string
}

export interface Call {
  method?: 'GET' | 'POST'
  headers?: Readonly<Record<string, string>>
  form?: Readonly<Record<string, string>>
  /** Give up after so many milliseconds. */
  timeoutMs?: number
}

/** Where to connect to, and as what to call it. */
export interface Place {
  port: number
  issuer: string
}

const agent = new Agent({ keepAlive: true, maxSockets: Infinity })

/** One request to one port of this machine, under the name of the issuer, and its reply. */
export function call({ port, issuer }: Place, path: string, options: Call = {}): Promise<Reply> {
  const { form, method = form === undefined ? 'GET' : 'POST', timeoutMs = 15_000 } = options
  const body = form === undefined ? undefined : String(new URLSearchParams({ ...form }))
  const headers: Record<string, string> = { Host: new URL(issuer).host, ...options.headers }
  if (body !== undefined) {
    headers['Content-Type'] = 'application/x-www-form-urlencoded'
    headers['Content-Length'] = String(Buffer.byteLength(body))
  }
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port, path, method, headers, agent, timeout: timeoutMs },
      (incoming) => {
        let text = ''
        incoming.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
        })
        incoming.on('error', reject)
        incoming.on('aborted', () => reject(new Error('the reply was cut off')))
        incoming.on('end', () => {
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text })
        })
      },
    )
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no reply within ${timeoutMs} ms`)))
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
