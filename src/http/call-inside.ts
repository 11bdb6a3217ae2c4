import type { IncomingMessage, RequestListener } from 'node:http'
import inject from 'light-my-request'

/** A request that never leaves the process. */
export interface InsideRequest {
  method: 'GET' | 'POST'
  /** Absolute: its host is what the listener sees as `Host`. */
  url: string
  headers?: Readonly<Record<string, string>>
  body?: string
  /** Is shown the request before it is answered. */
  prepare?: (request: IncomingMessage) => void
}

/** What a `Set-Cookie` header says. */
export interface InsideCookie {
  name: string
  value: string
  path?: string
  expires?: Date
  httpOnly?: boolean
  secure?: boolean
  sameSite?: string
}

export interface InsideReply {
  status: number
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>
  cookies: readonly InsideCookie[]
  body: string
}

/** Calls a listener as a browser would, without a socket. */
export async function callInside(
  listener: RequestListener,
  { method, url, headers = {}, body, prepare }: InsideRequest,
): Promise<InsideReply> {
  const { host, pathname, search } = new URL(url)
  const reply = await inject(
    (request, response) => {
      prepare?.(request)
      listener(request, response)
    },
    {
      method,
      url: `${pathname}${search}`,
      headers: { host, ...headers },
      ...(body === undefined ? {} : { payload: body }),
    },
  )
  return {
    status: reply.statusCode,
    headers: Object.fromEntries(
      Object.entries(reply.headers).map(([name, value]) => [name, String(value)]),
    ),
    cookies: reply.cookies,
    body: reply.body,
  }
}
