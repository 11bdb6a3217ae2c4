import { readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { packageRoot } from '../../kernel/index.ts'
import { problemDocument, problemType } from '../problem-document.ts'
import { ControlRefused } from '../refused.ts'

let version: string | undefined

/** Of this package. */
export function packageVersion(): string {
  version ??= (
    JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }
  ).version
  return version
}

/** What every reply has. Never a CORS header: no page from elsewhere may read any of this. */
export function standardHeaders(): Record<string, string> {
  return {
    'X-Mock-Vneid': packageVersion(),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  }
}

export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  spaces?: number,
): void {
  const text = `${JSON.stringify(value, null, spaces)}\n`
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
  })
  response.end(text)
}

/** Says in a problem document why something was not done. RFC 9457. */
export function sendRefusal(response: ServerResponse, refused: ControlRefused): void {
  const text = `${JSON.stringify(problemDocument(refused))}\n`
  const headers = { ...standardHeaders(), ...headersOf(refused), 'Content-Type': problemType }
  response.writeHead(refused.status, headers).end(text)
}

/** Says by what name to call instead. RFC 9110 §15.5.20. */
export const sendMisdirected = (response: ServerResponse, detail: string): void =>
  sendRefusal(response, new ControlRefused({ code: 'ERR_MISDIRECTED_REQUEST', detail }))

function headersOf({ status, code, fields }: ControlRefused): Record<string, string> {
  if (code === 'ERR_TOKEN_NEEDED') return { 'WWW-Authenticate': 'Bearer realm="mock-vneid"' }
  if (code === 'ERR_METHOD_NOT_ALLOWED') return { Allow: (fields['allow'] as string[]).join(', ') }
  return status === 503 ? { 'Retry-After': '2' } : {}
}

/** Sends text as it comes. A stream that fails is cut off, so that nobody takes it for whole. */
export async function sendStream(
  response: ServerResponse,
  type: string,
  text: AsyncIterable<string>,
): Promise<void> {
  response.writeHead(200, { 'Content-Type': type })
  await pipeline(Readable.from(text, { highWaterMark: 16 }), response)
}
