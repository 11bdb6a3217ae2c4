import { describe, expect, test } from 'vitest'
import { outside, type Opened } from './opened.ts'

/** What a store does with its logs. */
export function describeLogs(opened: () => Opened): void {
  describe('with a log', () => {
    const valuesOf = async (log: string, options?: { after?: string; limit?: number }) =>
      (await opened().store.notes(log, options)).map(({ value }) => value)

    test('gives what was noted, the oldest first, each log its own', async () => {
      const { store } = opened()
      await store.note('journal', { what: 'ừ', list: [1] }, 10)
      await store.note('journal', 2, 10)
      await store.note('codes: x', 'other', 10)

      expect(await valuesOf('journal')).toEqual([{ what: 'ừ', list: [1] }, 2])
      expect(await valuesOf('codes: x')).toEqual(['other'])
      expect(await valuesOf('nothing')).toEqual([])
    })

    test('gives what is after a position, and no more than asked for', async () => {
      const { store } = opened()
      for (let value = 0; value < 5; value++) await store.note('journal', value, 10)
      const all = await store.notes('journal')

      expect(await valuesOf('journal', { after: all[1]!.position })).toEqual([2, 3, 4])
      expect(await valuesOf('journal', { after: all[1]!.position, limit: 2 })).toEqual([2, 3])
      expect(await valuesOf('journal', { limit: 1 })).toEqual([0])
      expect(await valuesOf('journal', { after: all[4]!.position })).toEqual([])
    })

    test('gives positions that compare as text, in one commit and over many', async () => {
      const { store } = opened()
      await store.unit(async () => {
        for (let value = 0; value < 12; value++) await store.note('journal', value, 100)
      })
      for (let value = 12; value < 24; value++) await store.note('journal', value, 100)

      const positions = (await store.notes('journal')).map(({ position }) => position)

      expect(new Set(positions).size).toBe(24)
      expect(positions.toSorted()).toEqual(positions)
    })

    test('keeps the last so many, and goes on with them', async () => {
      const { store } = opened()
      for (let value = 0; value < 1300; value++) await store.note('journal', value, 600)
      const all = await store.notes<number>('journal')

      expect(all.map(({ value }) => value)).toEqual(
        Array.from({ length: 600 }, (_, index) => 700 + index),
      )
      await store.note('journal', 'last', 3)
      expect(await valuesOf('journal')).toEqual([1298, 1299, 'last'])
      expect(await valuesOf('journal', { after: all[0]!.position })).toEqual([1298, 1299, 'last'])
    })

    test('gives copies', async () => {
      const { store } = opened()
      await store.note('journal', { list: [1] }, 10)
      const [first] = await store.notes<{ list: number[] }>('journal')
      first!.value.list.push(2)

      expect(await valuesOf('journal')).toEqual([{ list: [1] }])
    })

    test('is empty when it was forgotten, and its positions grow on', async () => {
      const { store } = opened()
      await store.note('journal', 'before', 10)
      const [before] = await store.notes('journal')
      await store.forgetNotes('journal')
      await store.forgetNotes('never there')
      expect(await valuesOf('journal')).toEqual([])
      await store.note('journal', 'after', 10)

      expect(await valuesOf('journal', { after: before!.position })).toEqual(['after'])
      expect((await store.notes('journal'))[0]!.position > before!.position).toBe(true)
    })

    test('has in it what a unit of work noted once that is over', async () => {
      const { store } = opened()
      await store.unit(async () => {
        await store.put('Thing', 'a', 1)
        await store.note('journal', 'in the unit', 10)
      })

      expect(await valuesOf('journal')).toEqual(['in the unit'])
    })
  })

  describe('with somebody who waits for a note', () => {
    /** Whether it has resolved, some turns later. */
    const isOver = async (waiting: Promise<void>) => {
      const pending = new Promise<false>((resolve) => setTimeout(resolve, 120, false))
      return Promise.race([waiting.then(() => true), pending])
    }
    const long = { after: undefined, timeoutMs: 30_000 }

    test('lets them go on at once when something is there already', async () => {
      const { store } = opened()
      await store.note('journal', 1, 10)
      await store.note('journal', 2, 10)
      const [first, last] = await store.notes('journal')

      await store.waitForNote('journal', long)
      await store.waitForNote('journal', { ...long, after: first!.position })
      expect(
        await isOver(store.waitForNote('journal', { after: last!.position, timeoutMs: 500 })),
      ).toBe(false)
    })

    test('lets all of them go on when it comes, whoever writes it, and not before', async () => {
      const { store, other } = opened()
      await store.note('journal', 1, 10)
      const after = (await store.notes('journal')).at(-1)!.position
      const waiting = Promise.all(
        [store, store, other].map((one) => one.waitForNote('journal', { ...long, after })),
      ).then(() => undefined)
      expect(await isOver(waiting)).toBe(false)
      await other.note('codes', 'another log', 10)
      expect(await isOver(waiting)).toBe(false)

      await other.note('journal', 2, 10)

      await waiting
      expect((await store.notes('journal', { after })).map(({ value }) => value)).toEqual([2])
    })

    test('lets them go on when the time is over or they have given up', async () => {
      const { store } = opened()
      const controller = new AbortController()
      const { signal } = controller
      const aborted = store.waitForNote('journal', { ...long, signal })
      await expect(
        store.waitForNote('journal', { after: undefined, timeoutMs: 20 }),
      ).resolves.toBeUndefined()
      await expect(
        store.waitForNote('journal', { after: undefined, timeoutMs: 0 }),
      ).resolves.toBeUndefined()
      controller.abort()

      await expect(aborted).resolves.toBeUndefined()
      await expect(store.waitForNote('journal', { ...long, signal })).resolves.toBeUndefined()
    })

    test('lets them go on when it is closed, and lets nobody wait then', async () => {
      const { store, other, stores } = opened()
      const waiting = store.waitForNote('journal', long)
      const waitingToo = other.waitForNote('codes', long)
      await store.close()
      await expect(waiting).resolves.toBeUndefined()
      await expect(store.waitForNote('journal', long)).resolves.toBeUndefined()

      await stores.close()

      await expect(waitingToo).resolves.toBeUndefined()
      await expect(other.waitForNote('codes', long)).resolves.toBeUndefined()
    })

    test('waits outside of the unit of work it is in', async () => {
      const { store, other } = opened()

      await store.unit(async () => {
        const waiting = store.waitForNote('journal', long)
        await outside(() => other.note('journal', 1, 10))
        await waiting
      })

      expect(await store.notes('journal')).toHaveLength(1)
    })
  })
}
