import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemoryStore } from '../../src/storage/index.ts'
import { FrozenClock } from '../support/frozen-clock.ts'
import { describeStorage } from './contract.ts'

describeStorage('memory', async (clock) => createMemoryStore({ clock }))

describe('what a memory store sweeps out', () => {
  const start = Date.parse('2026-03-14T15:09:26.535Z')
  let clock: FrozenClock

  beforeEach(() => {
    vi.useFakeTimers()
    clock = new FrozenClock(start)
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('has expired, and is gone for good, so that memory does not grow', async () => {
    const store = createMemoryStore({ clock })
    await store.put('Thing', 'a', 1, { expiresAt: start + 1000 })
    clock.advance(60)
    await vi.advanceTimersByTimeAsync(60_000)

    clock.set(start)
    expect(await store.find('Thing', 'a')).toBeUndefined()
    await store.close()
  })

  test('has expired by the world’s clock: real time alone sweeps nothing', async () => {
    const store = createMemoryStore({ clock })
    await store.put('Thing', 'a', 1, { expiresAt: start + 1000 })
    await vi.advanceTimersByTimeAsync(3_600_000)

    expect((await store.find('Thing', 'a'))?.value).toBe(1)
    await store.close()
  })

  test('is not what was given a longer life in the meantime', async () => {
    const store = createMemoryStore({ clock })
    await store.put('Thing', 'a', 1, { expiresAt: start + 1000 })
    await store.put('Thing', 'a', 2, { expiresAt: start + 3_600_000 })
    clock.advance(60)
    await vi.advanceTimersByTimeAsync(60_000)

    expect((await store.find('Thing', 'a'))?.value).toBe(2)
    await store.close()
  })

  test('is swept by nobody any more once the store is closed', async () => {
    const store = createMemoryStore({ clock })
    await store.close()

    expect(vi.getTimerCount()).toBe(0)
  })
})
