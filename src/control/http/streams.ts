import { setTimeout as wait } from 'node:timers/promises'
import { goOn } from '../started.ts'

/** A stream whose first item is there: what is refused from the start, is refused before. */
export async function begun(items: AsyncIterable<unknown>): Promise<AsyncIterable<unknown>> {
  const iterator = items[Symbol.asyncIterator]()
  return goOn(Promise.resolve(await iterator.next()), iterator)
}

/** A value of JSON on each line. */
export async function* asNdjson(items: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const item of items) yield `${JSON.stringify(item)}\n`
}

/** So often something is said while nothing happens, so that nobody takes the line for dead. */
const usualQuietMs = 15_000

const quiet = Symbol('nothing happened for a while')

/** Server-sent events. HTML §9.2. */
export async function* asEvents(
  items: AsyncIterable<unknown>,
  signal: AbortSignal,
  quietMs: number = usualQuietMs,
): AsyncGenerator<string> {
  const iterator = items[Symbol.asyncIterator]()
  let next = iterator.next()
  try {
    yield ': from now on\n\n'
    while (!signal.aborted) {
      const result = await orQuiet(next, signal, quietMs)
      if (result === quiet) yield ': nothing new\n\n'
      else if (result.done === true) return
      else {
        yield eventOf(result.value)
        next = iterator.next()
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    // What is still awaited ends with the signal.
    next.catch(() => {})
    iterator.return?.().catch(() => {})
  }
}

const eventOf = (value: unknown) =>
  `event: ${(value as { type: string }).type}\ndata: ${JSON.stringify(value)}\n\n`

async function orQuiet<T>(
  next: Promise<T>,
  signal: AbortSignal,
  quietMs: number,
): Promise<T | typeof quiet> {
  const end = new AbortController()
  const stop = () => end.abort()
  signal.addEventListener('abort', stop, { once: true })
  const pause = wait(quietMs, quiet, { signal: end.signal, ref: false }).catch(() => quiet)
  try {
    return await Promise.race([next, pause as Promise<typeof quiet>])
  } finally {
    signal.removeEventListener('abort', stop)
    end.abort()
  }
}
