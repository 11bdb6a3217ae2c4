import type { RequestListener } from 'node:http'
import { listen, type Listening, type ListenOptions } from './http/index.ts'

/** A listener that is there before anybody knows what to answer. */
export interface Door {
  listening: Listening
  serve(listener: RequestListener): void
}

/**
 * Listens first, since the port says what the issuer is. Whoever calls before there is something to
 * serve waits that moment, as if the port had been opened a moment later.
 */
export async function openDoor(options: ListenOptions): Promise<Door> {
  let opened: RequestListener | undefined
  const waiting: (() => void)[] = []
  const listening = await listen((request, response) => {
    if (opened) opened(request, response)
    else waiting.push(() => opened?.(request, response))
  }, options)
  return {
    listening,
    serve: (listener) => {
      opened = listener
      for (const answer of waiting.splice(0)) answer()
    },
  }
}
