import type { RequestListener } from 'node:http'
import { listen, type Listening, type ListenOptions } from './http/index.ts'

/** A listener that is there before anybody knows what to answer. */
export interface Door {
  listening: Listening
  serve(listener: RequestListener): void
}

/**
 * Listens first, since the port says what the issuer is, and serves when there is something to
 * serve.
 */
export async function openDoor(options: ListenOptions): Promise<Door> {
  let listener: RequestListener = (_request, response) => {
    response.writeHead(503, { 'Retry-After': '1' }).end()
  }
  const listening = await listen((request, response) => listener(request, response), options)
  return {
    listening,
    serve: (next) => {
      listener = next
    },
  }
}
