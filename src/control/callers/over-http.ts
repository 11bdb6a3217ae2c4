import { travelOf, type Operation } from '../operations/operation.ts'
import { illFormedIn, readInput } from '../read-input.ts'
import { problemRead } from '../problem-document.ts'
import { createCaller, type Caller } from './caller.ts'
import { MockUnreachable, NotAMock } from './errors.ts'
import { readEvents, readNdjson } from './lines.ts'

export interface HttpCallerOptions {
  /** The world's issuer, or the same world by another name that leads to it. */
  url: string
  /** The control token, where one is asked for. */
  token?: string
  /** How to call it, where its certificate is one of its own. */
  fetch?: typeof fetch
}

/** Asks a world over HTTP, wherever it is. */
export function createHttpCaller(options: HttpCallerOptions): Caller {
  return createCaller({
    ask: async (operation, input, signal) => {
      const response = await send(options, operation, input, signal)
      if (operation.reply === 'none') return undefined
      return JSON.parse(await whole(options, response, signal)) as unknown
    },
    open: async (operation, input, signal) => {
      const response = await send(options, operation, input, signal)
      const read = operation.reply === 'sse' ? readEvents : readNdjson
      return read(bytesOf(options, response, signal))
    },
  })
}

async function send(
  { url, token, fetch = globalThis.fetch }: HttpCallerOptions,
  operation: Operation,
  input: Record<string, unknown>,
  signal: AbortSignal,
): Promise<Response> {
  const { path, init } = requestFor(operation, input)
  const headers = new Headers(init.headers)
  if (token !== undefined) headers.set('Authorization', `Bearer ${token}`)
  let response: Response
  try {
    const base = url.replace(/\/+$/, '')
    response = await fetch(`${base}/_mock${path}`, { ...init, headers, signal, redirect: 'manual' })
  } catch (error) {
    throw signal.aborted ? signal.reason : new MockUnreachable(url, error)
  }
  if (response.ok && response.headers.has('x-mock-vneid')) return response
  const body = await response.text().catch(() => '')
  throw problemRead(response, body) ?? new NotAMock(url, response.status, body)
}

interface Prepared {
  path: string
  init: { method: string; headers?: Record<string, string>; body?: string }
}

function requestFor(operation: Operation, input: Record<string, unknown>): Prepared {
  const { method, wholeBody } = operation
  const { path: inPath } = travelOf(operation)
  // Such an id would lead elsewhere, and such text come as another: refused here as it would be there.
  const isFit = illFormedIn(input).length === 0 && inPath.every((name) => canTravel(input[name]))
  if (!isFit) readInput(operation, input)
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(input[name])),
  )
  const rest = Object.entries(input).filter(([name]) => !inPath.includes(name))
  if (method === 'GET' || method === 'DELETE') {
    const query = new URLSearchParams(
      rest.map(([name, value]): [string, string] => [name, inUrl(value)]),
    )
    return { path: query.size === 0 ? path : `${path}?${query.toString()}`, init: { method } }
  }
  if (rest.length === 0) return { path, init: { method } }
  const body = wholeBody === undefined ? Object.fromEntries(rest) : (input[wholeBody] ?? {})
  const headers = { 'Content-Type': 'application/json' }
  return { path, init: { method, headers, body: JSON.stringify(body) } }
}

const canTravel = (value: unknown) =>
  typeof value === 'string' && value !== '' && value !== '.' && value !== '..'

const inUrl = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

async function whole(
  { url }: HttpCallerOptions,
  response: Response,
  signal: AbortSignal,
): Promise<string> {
  try {
    return await response.text()
  } catch (error) {
    throw signal.aborted ? signal.reason : new MockUnreachable(url, error)
  }
}

async function* bytesOf(
  { url }: HttpCallerOptions,
  { body }: Response,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  if (body === null) return
  try {
    yield* body as unknown as AsyncIterable<Uint8Array>
  } catch (error) {
    throw signal.aborted ? signal.reason : new MockUnreachable(url, error)
  }
}
