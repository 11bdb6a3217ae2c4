import { describe, expect, test, vi } from 'vitest'
import type { Store } from '../../src/kernel/index.ts'
import { createMemoryStore } from '../../src/storage/index.ts'
import { FrozenClock } from '../support/frozen-clock.ts'
import { describeFeed, watchOver } from './feed-contract.ts'

describeFeed('memory', async (clock) => {
  const store = createMemoryStore({ clock })
  return [store, store]
})

describe('who waits', () => {
  test('is told so when the time is over by the machine’s clock, not the world’s', async () => {
    const clock = new FrozenClock()
    const birds = watchOver(createMemoryStore({ clock }), clock)
    vi.useFakeTimers()
    try {
      let told = 'nothing yet'
      const taken = birds
        .take(() => true, { timeoutMs: 3000 })
        .catch((error: Error) => {
          told = error.message
        })
      clock.advance(86_400)
      await vi.advanceTimersByTimeAsync(2999)
      expect(told).toBe('nothing yet')

      await vi.advanceTimersByTimeAsync(1)
      await taken
      expect(told).toMatch(/^no bird came within 3000 ms\. Nothing else came\./)
    } finally {
      vi.useRealTimers()
    }
  })

  test('leaves the process in peace when the store has nothing to wait for any more', async () => {
    const clock = new FrozenClock()
    let asked = 0
    const closed: Store = Object.assign(createMemoryStore({ clock }), {
      notes: async () => [],
      waitForNote: async () => void asked++,
    })
    const abort = new AbortController()
    const ended = (async () => {
      for await (const _ of watchOver(closed, clock).follow(abort.signal)) expect.unreachable()
    })()
    await new Promise((resolve) => setImmediate(resolve))
    abort.abort()
    await ended

    expect(asked).toBeLessThan(5)
  })
})
