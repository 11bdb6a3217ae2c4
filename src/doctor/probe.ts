import type { Clock } from '../kernel/index.ts'
import { explain, type Explained } from './failures.ts'
import { realServiceOf } from './hosts.ts'

/** Somebody answered. */
export interface Answer {
  url: URL
  status: number
  headers: Headers
  body: string
  /** The moment half-way between asking and hearing, by our own clock. */
  atMs: number
}

/** Nobody did. */
export interface NoAnswer extends Explained {
  url: URL
}

export type Reply = Answer | NoAnswer

export interface Ask {
  headers?: Record<string, string>
  /** Makes it a POST. */
  form?: URLSearchParams
}

/** Asks one question. Never throws, never follows a redirect, never waits for long. */
export type Probe = (url: URL, ask?: Ask) => Promise<Reply>

export interface ProbeOptions {
  fetch: typeof fetch
  clock: Clock
}

export const timeoutSeconds = 3

/** Of a longer answer, the rest is not read. No document that is looked at here comes near it. */
const maxBodyBytes = 256 * 1024

/** The one way by which an examination asks anybody anything: real services are out of its reach. */
export function createProbe({ fetch, clock }: ProbeOptions): Probe {
  return async (url, { headers = {}, form } = {}) => {
    if (realServiceOf(url) !== undefined) return { url, reason: 'forbidden', code: 'REAL_SERVICE' }
    const sentMs = clock.now()
    try {
      const response = await fetch(url, {
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutSeconds * 1000),
        headers: { 'User-Agent': 'mock-vneid-doctor', ...headers },
        ...(form && { method: 'POST', body: form }),
      })
      const atMs = (sentMs + clock.now()) / 2
      const { status, headers: heard } = response
      return { url, status, headers: heard, body: await readBody(response), atMs }
    } catch (error) {
      return { url, ...explain(error) }
    }
  }
}

export const isAnswer = (reply: Reply): reply is Answer => 'status' in reply

/** The body as an object, or `undefined` when it is anything else. */
export function objectIn({ body }: Answer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** Where an answer redirects to, or `undefined`. */
export function locationOf({ url, status, headers }: Answer): URL | undefined {
  const location = headers.get('location')
  const isRedirect = status >= 300 && status < 400 && location !== null
  return isRedirect && URL.canParse(location, url.href) ? new URL(location, url) : undefined
}

async function readBody(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > maxBodyBytes) break
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
}
