import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Stores } from '../../src/kernel/index.ts'
import { createMemoryStore, createMemoryStores } from '../../src/storage/index.ts'
import { FrozenClock } from '../support/frozen-clock.ts'
import { describeStorage } from './contract.ts'

describeStorage('memory', async () => createMemoryStores())

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

describe('a family of memory stores', () => {
  const clock = new FrozenClock(Date.parse('2026-03-14T15:09:26.535Z'))
  let stores: Stores

  const family = (maxRecords: number) => {
    stores = createMemoryStores({ maxRecords })
    return [stores.open('one', clock), stores.open('two', clock)] as const
  }
  afterEach(() => stores.close())

  test('sweeps all of them by one timer, each by its own clock', async () => {
    vi.useFakeTimers()
    try {
      stores = createMemoryStores()
      const clocks = Array.from({ length: 100 }, () => new FrozenClock(clock.now()))
      const many = clocks.map((own, index) => stores.open(`world-${index}`, own))
      for (const store of many) await store.put('Thing', 'a', 1, { expiresAt: clock.now() + 1 })
      expect(vi.getTimerCount()).toBe(1)
      clocks[7]!.advance(60)
      await vi.advanceTimersByTimeAsync(15_000)
      clocks[7]!.advance(-60)

      expect(await many[7]!.find('Thing', 'a')).toBeUndefined()
      expect((await many[8]!.find('Thing', 'a'))?.value).toBe(1)
      await stores.close()
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })

  test('has one budget: what one of them keeps, another may not', async () => {
    const [one, two] = family(10)
    for (let index = 0; index < 6; index++) await one.put('Thing', `${index}`, 1)
    await one.change({ a: 1, b: 1 })
    await two.put('Thing', 'a', 1)
    await two.put('Thing', 'b', 1)

    await expect(two.put('Thing', 'c', 1)).rejects.toMatchObject({ code: 'ERR_STORE_FULL' })
    await expect(one.change({ c: 1 })).rejects.toMatchObject({ code: 'ERR_STORE_FULL' })
    await expect(one.putIfAbsent('Thing', 'new', 1)).rejects.toMatchObject({
      maxRecords: 10,
    })
    await one.put('Thing', '0', 'what is there may change')
    await one.change({ a: 2, b: null })
    await one.clear()
    for (let index = 0; index < 8; index++) await two.put('Another', `${index}`, 1)
    await expect(two.put('Another', 'c', 1)).rejects.toMatchObject({ code: 'ERR_STORE_FULL' })
  })

  test('makes room by keys that were removed, and tells who knows them everything anew', async () => {
    const [one, two] = family(3)
    for (const key of ['a', 'b', 'c']) await one.change({ [key]: 1 })
    const { at } = await one.changesSince()
    await one.change({ a: null, b: null })

    await two.put('Thing', 'a', 1)
    await one.change({ d: 1 })
    await expect(one.change({ e: 1 })).rejects.toMatchObject({ code: 'ERR_STORE_FULL' })
    expect(await one.changesSince(at)).toMatchObject({
      isWhole: true,
      entries: [
        ['c', 1],
        ['d', 1],
      ],
    })
    await one.clear()
    for (const id of ['b', 'c']) await two.put('Thing', id, 1)
    await expect(two.put('Thing', 'd', 1)).rejects.toMatchObject({ code: 'ERR_STORE_FULL' })
  })

  test('lets no log go short because of keys that were removed', async () => {
    const [one, two] = family(4)
    await one.change({ a: 1, b: 1, c: 1 })
    await one.change({ a: null, b: null, c: null })
    for (let value = 0; value < 16; value++) await two.note('journal', value, 100)

    expect(await two.notes('journal')).toHaveLength(16)
  })

  test('loads nothing of a dump for which only its own removed keys seem to make room', async () => {
    const [one, two] = family(5)
    await two.change({ a: 1, b: 1, c: 1, d: 1 })
    const dump = await two.dump()
    await two.clear()
    await one.change({ a: 1, b: 1 })
    await one.change({ a: null, b: null })
    for (const id of ['a', 'b']) await two.put('Thing', id, 1)

    await expect(one.load(dump)).rejects.toMatchObject({ code: 'ERR_STORE_FULL' })
    expect((await one.changesSince()).entries).toEqual([])
    await two.destroy('Thing', 'a')
    await one.load(dump)
    expect((await one.changesSince()).entries).toHaveLength(4)
  })

  test('makes room by what has ended in any of them', async () => {
    const [one, two] = family(2)
    await one.put('Thing', 'a', 1, { expiresAt: clock.now() - 60_000 })
    await one.put('Thing', 'b', 1)
    await two.put('Thing', 'a', 1)

    expect(await two.list('Thing')).toHaveLength(1)
    await expect(two.put('Thing', 'b', 1)).rejects.toMatchObject({ code: 'ERR_STORE_FULL' })
  })

  test('counts four notes as one record, and refuses none: the oldest of its own log go', async () => {
    const [one, two] = family(4)
    await two.put('Thing', 'a', 1)
    for (let value = 0; value < 12; value++) await one.note('journal', value, 100)
    await expect(two.put('Thing', 'b', 1)).rejects.toMatchObject({ code: 'ERR_STORE_FULL' })
    for (let value = 12; value < 200; value++) await one.note('journal', value, 100)

    const kept = (await one.notes<number>('journal')).map(({ value }) => value)
    expect(kept).toEqual(Array.from({ length: 12 }, (_, index) => 188 + index))
    await one.forgetNotes('journal')
    for (const id of ['b', 'c', 'd']) await two.put('Thing', id, 1)
    await expect(two.put('Thing', 'e', 1)).rejects.toMatchObject({ code: 'ERR_STORE_FULL' })
  })

  test('loads nothing of a dump for which there is no room', async () => {
    const [one, two] = family(4)
    for (const id of ['a', 'b', 'c']) await one.put('Thing', id, id)
    const dump = await one.dump()
    await one.load(dump)
    await one.destroy('Thing', 'a')
    await two.put('Thing', 'a', 1)
    await two.put('Thing', 'b', 2)

    await expect(one.load(dump)).rejects.toMatchObject({ code: 'ERR_STORE_FULL' })
    expect((await one.list('Thing')).map(({ id }) => id)).toEqual(['b', 'c'])
  })

  test('loads all of a dump or nothing, also where what has ended makes the room', async () => {
    const [one, two] = family(6)
    const ofOne = new FrozenClock(clock.now())
    const ahead = stores.open('ahead', ofOne)
    for (const id of ['a', 'b', 'c', 'd'])
      await ahead.put('Thing', id, id, { expiresAt: clock.now() + 1000 })
    const dump = await ahead.dump()
    await ahead.destroy('Thing', 'd')
    for (const id of ['a', 'b']) await two.put('Thing', id, id)
    ofOne.advance(3600)

    await ahead.load(dump)
    ofOne.advance(-3600)
    expect(await ahead.list('Thing')).toHaveLength(4)

    await ahead.destroy('Thing', 'd')
    await one.put('Thing', 'a', 1)
    ofOne.advance(3600)
    await expect(ahead.load(dump)).rejects.toMatchObject({ code: 'ERR_STORE_FULL' })
  })

  test('goes on noting beyond all positions of a burst that was cleared', async () => {
    const [one] = family(1000)
    for (let value = 0; value < 50_000; value++) await one.note('journal', value, 10)
    const last = (await one.notes('journal')).at(-1)!.position
    await one.clear()
    await one.note('journal', 'after', 10)

    expect(await one.notes('journal', { after: last })).toHaveLength(1)
  })

  test('keeps a note as it is, without a copy', async () => {
    const [one] = family(4)
    const unread = {
      get value(): string {
        throw new Error('was read')
      },
    }

    await one.note('journal', unread, 4)

    await expect(one.notes('journal')).rejects.toThrow('was read')
  })
})
