import { describe, expect, test } from 'vitest'
import { PersonNotFound } from '../../src/accounts/index.ts'
import type { Deeds, WorldEvent } from '../../src/control/index.ts'
import { asEvents } from '../../src/control/http/streams.ts'
import { ask, json } from './support/ask.ts'
import { serveControl } from './support/control-server.ts'
import { outputs } from './support/samples.ts'

const event = outputs.events
const doors = ['in process', 'over HTTP'] as const

/** Events that somebody sends by hand, to whoever follows from the beginning on. */
function handmade(): {
  events: Deeds['events']
  send: (event: WorldEvent) => void
  followers: number
} {
  const waiting = new Set<(event: WorldEvent | undefined) => void>()
  const handmade = {
    followers: 0,
    send: (event: WorldEvent) => {
      for (const take of waiting) take(event)
    },
    events: async (_: object, { signal }: { signal: AbortSignal }) => {
      const came: (WorldEvent | undefined)[] = []
      let wake = () => {}
      const take = (event: WorldEvent | undefined) => {
        came.push(event)
        wake()
      }
      waiting.add(take)
      handmade.followers++
      signal.addEventListener('abort', () => {
        waiting.delete(take)
        handmade.followers--
        take(undefined)
      })
      return (async function* () {
        for (;;) {
          if (came.length === 0)
            await new Promise<void>((resolve) => {
              wake = resolve
            })
          const next = came.shift()
          if (next === undefined) return
          yield next
        }
      })()
    },
  }
  return handmade
}

describe.each(doors)('what happens, followed %s', (door) => {
  test('comes from the moment on at which it was asked for, whenever it is read', async () => {
    const source = handmade()
    const { callers } = await serveControl({ changed: { events: source.events } })
    const events = callers[door].stream('events', {})

    await callers[door].call('clock.read', {})
    source.send(event)

    for await (const came of events) {
      expect(came).toEqual(event)
      break
    }
  })

  test('ends with the signal, and leaves nobody behind', async () => {
    const source = handmade()
    const { callers } = await serveControl({ changed: { events: source.events } })
    const end = new AbortController()
    const came = all(callers[door].stream('events', {}, { signal: end.signal }))
    await expect.poll(() => source.followers).toBe(1)

    end.abort()

    await expect(came).resolves.toEqual([])
    await expect.poll(() => source.followers).toBe(0)
  })

  test('leaves nobody behind when nobody reads on', async () => {
    const source = handmade()
    const { callers } = await serveControl({ changed: { events: source.events } })
    const events = callers[door].stream('events', {})
    await callers[door].call('clock.read', {})
    source.send(event)

    for await (const came of events) {
      expect(came).toEqual(event)
      break
    }

    await expect.poll(() => source.followers).toBe(0)
  })

  test('is nothing once the signal was aborted', async () => {
    const { callers, asked } = await serveControl()

    const came = await all(callers[door].stream('events', {}, { signal: AbortSignal.abort() }))

    expect(came).toEqual([])
    expect(asked).toEqual([])
  })

  test('lets other calls go on when it cannot be followed', async () => {
    const { callers } = await serveControl({
      changed: { events: () => Promise.reject(new PersonNotFound('an')) },
    })

    const events = callers[door].stream('events', {})

    await expect(callers[door].call('clock.read', {})).resolves.toEqual(outputs['clock.read'])
    await expect(all(events)).rejects.toMatchObject({ code: 'ERR_PERSON_NOT_FOUND' })
  })
})

describe.each(doors)('who waits, %s,', (door) => {
  test('and goes, is not waited for', async () => {
    let signal: AbortSignal | undefined
    const { callers } = await serveControl({
      changed: {
        'journal.take': (_, context) => {
          signal = context.signal
          return new Promise((_, reject) => {
            signal!.addEventListener('abort', () => reject(new Error('nobody wants it')))
          })
        },
      },
    })
    const end = new AbortController()
    const taken = callers[door].call('journal.take', {}, { signal: end.signal })
    await expect.poll(() => signal).toBeDefined()

    end.abort()

    await expect(taken).rejects.toMatchObject({ name: 'AbortError' })
    await expect.poll(() => signal?.aborted).toBe(true)
  })
})

describe('on the wire', () => {
  test('tokens are a line each', async () => {
    const { issuer } = await serveControl()

    const reply = await ask(`${issuer}/_mock/tokens/many`, json({ as: 'an', count: 3 }))

    expect(reply.headers['content-type']).toBe('application/x-ndjson')
    const line = `${JSON.stringify(outputs['tokens.mintMany'])}\n`
    expect(reply.text).toBe(line + line + line)
  })

  test('a line that cannot be made breaks the reply off, so that it is not taken for whole', async () => {
    const { issuer, callers, logged } = await serveControl({
      changed: {
        'tokens.mintMany': async function* () {
          yield outputs['tokens.mintMany']
          throw new Error('no more')
        },
      },
    })

    await expect(ask(`${issuer}/_mock/tokens/many`, json({ as: 'an', count: 3 }))).rejects.toThrow(
      'aborted',
    )
    await expect(
      all(callers['over HTTP'].stream('tokens.mintMany', { as: 'an', count: 3 })),
    ).rejects.toMatchObject({ code: 'ERR_MOCK_UNREACHABLE' })
    expect(logged).toMatchObject([{ event: 'server-error' }, { event: 'server-error' }])
  })

  test('events are server-sent', async () => {
    const { issuer } = await serveControl()

    const reply = await ask(`${issuer}/_mock/events`)

    expect(reply.headers['content-type']).toBe('text/event-stream')
    const one = `event: journal\ndata: ${JSON.stringify(event)}\n\n`
    expect(reply.text).toBe(`: from now on\n\n${one}${one}${one}`)
  })

  test('something is said while nothing happens', async () => {
    const end = new AbortController()
    const quiet = asEvents(silence(), end.signal, 1)

    expect((await quiet.next()).value).toBe(': from now on\n\n')
    expect((await quiet.next()).value).toBe(': nothing new\n\n')
    expect((await quiet.next()).value).toBe(': nothing new\n\n')
    end.abort()
    expect((await quiet.next()).done).toBe(true)
  })
})

describe('a mock that closes', () => {
  test('lets go of whoever waits', async () => {
    const closing = new AbortController()
    let isWaiting = false
    const { issuer } = await serveControl({
      closing: closing.signal,
      changed: {
        'messages.take': () => {
          isWaiting = true
          return new Promise(() => {})
        },
      },
    })
    const taken = ask(`${issuer}/_mock/messages/take`, { method: 'POST' })
    await expect.poll(() => isWaiting).toBe(true)

    closing.abort()

    expect(await taken).toMatchObject({ status: 503, json: { code: 'ERR_MOCK_CLOSING' } })
  })

  test('ends the events of whoever follows', async () => {
    const closing = new AbortController()
    const source = handmade()
    const { callers } = await serveControl({
      closing: closing.signal,
      changed: { events: source.events },
    })
    const came = all(callers['over HTTP'].stream('events', {}))
    await expect.poll(() => source.followers).toBe(1)
    source.send(event)

    closing.abort()

    await expect(came).resolves.toBeInstanceOf(Array)
  })
})

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const came: T[] = []
  for await (const item of items) came.push(item)
  return came
}

/** Nothing, for ever. */
const silence = (): AsyncIterable<never> => ({
  [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }),
})
