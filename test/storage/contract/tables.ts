import { describe, expect, test } from 'vitest'
import { outside, type Opened } from './opened.ts'

/** What a store says of its table. */
export function describeTables(opened: () => Opened): void {
  describe('with a table that others follow', () => {
    test('tells all there is to who never asked, the last change of each key in order', async () => {
      const { store, other } = opened()
      await store.change({ 'person:a': { age: 1 }, clock: 1 })
      await store.change({ 'person:a': { age: 2 }, 'person:b': null })
      await store.change({ '7': [null] })

      const { entries, isWhole } = await other.changesSince()

      expect(isWhole).toBe(true)
      expect(entries).toEqual([
        ['clock', 1],
        ['person:a', { age: 2 }],
        ['7', [null]],
      ])
    })

    test('tells who asked before what was changed since, and nothing when nothing was', async () => {
      const { store, other } = opened()
      const { at: before } = await other.changesSince()
      await store.change({ a: 1, b: 1, c: 1 })
      const { at } = await other.changesSince(before)
      await store.change({ b: 2 })
      await store.change({ a: null, never: null })

      const changed = await other.changesSince(at)
      const again = await other.changesSince(changed.at)

      expect(changed.isWhole).toBe(false)
      expect(changed.entries).toEqual([
        ['b', 2],
        ['a', null],
      ])
      expect(again).toEqual({ at: changed.at, isWhole: false, entries: [] })
    })

    test('changes only a table that stands where it was seen last, if it was asked to', async () => {
      const { store, other } = opened()
      const { at: empty } = await store.changesSince()

      expect(await store.change({ a: 1 }, empty)).toBe(true)
      expect(await other.change({ a: 2, b: 2 }, empty)).toBe(false)

      const { at, entries } = await other.changesSince()

      expect(entries).toEqual([['a', 1]])
      expect(await other.change({ a: 3 }, at)).toBe(true)
      expect(await store.change({ b: 3 }, at)).toBe(false)

      const { at: before } = await store.changesSince()
      await store.clear()

      expect(await other.change({ a: 4 }, before)).toBe(false)
      expect((await other.changesSince()).entries).toEqual([])
    })

    test('lets one of many who saw the same change it', async () => {
      const { store, other } = opened()
      await store.change({ count: 0 })
      const { at } = await store.changesSince()

      const done = await Promise.all(
        Array.from({ length: 20 }, (_, i) => (i % 2 ? store : other).change({ count: i }, at)),
      )

      expect(done.filter(Boolean)).toHaveLength(1)
      expect((await store.changesSince()).entries).toEqual([['count', done.indexOf(true)]])
    })

    test('has nothing new to tell of a table that nobody ever wrote to', async () => {
      const { store } = opened()
      const first = await store.changesSince()

      expect(first).toMatchObject({ isWhole: true, entries: [] })
      expect(await store.changesSince(first.at)).toEqual({
        at: first.at,
        isWhole: false,
        entries: [],
      })
    })

    test('gives copies, and keeps one', async () => {
      const { store } = opened()
      const value = { list: [1] }
      await store.change({ a: value })
      value.list.push(2)
      const first = await store.changesSince()
      ;(first.entries[0]![1] as typeof value).list.push(3)

      expect((await store.changesSince()).entries).toEqual([['a', { list: [1] }]])
    })

    test('counts a key that was changed a thousand times once', async () => {
      const { store } = opened()
      await store.change({ other: 1 })
      const { at } = await store.changesSince()
      for (let turn = 0; turn < 1000; turn++) await store.change({ a: turn })

      expect((await store.changesSince(at)).entries).toEqual([['a', 999]])
      expect((await store.changesSince()).entries).toEqual([
        ['other', 1],
        ['a', 999],
      ])
    })

    test('tells everything anew to who knows keys that were removed too long ago', async () => {
      const { store } = opened()
      const many = (value: number | null) =>
        Object.fromEntries(Array.from({ length: 1200 }, (_, index) => [`key-${index}`, value]))
      await store.change({ stays: 1, ...many(1) })
      const { at: before } = await store.changesSince()
      await store.change(many(null))
      const { at } = await store.changesSince(before)
      await store.change({ stays: null, new: 1 })

      const late = await store.changesSince(before)
      const inTime = await store.changesSince(at)

      expect(late).toMatchObject({ isWhole: true, entries: [['new', 1]] })
      expect(inTime).toMatchObject({
        isWhole: false,
        entries: [
          ['stays', null],
          ['new', 1],
        ],
      })
    })

    test('is changed at once, whatever becomes of the unit of work around it', async () => {
      const { store, other } = opened()

      const work = store.unit(async () => {
        await store.change({ a: 1 })
        expect((await outside(() => other.changesSince())).entries).toEqual([['a', 1]])
        throw new RangeError('in the middle')
      })

      await expect(work).rejects.toThrow('in the middle')
      expect((await store.changesSince()).entries).toEqual([['a', 1]])
    })

    test('shows changes of many who make them at once all to all, none half', async () => {
      const { store, other } = opened()
      await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          (index % 2 ? store : other).change({ left: index, right: index }),
        ),
      )

      const { entries } = await other.changesSince()

      expect(entries.map(([key]) => key)).toEqual(['left', 'right'])
      expect(entries[0]?.[1]).toBe(entries[1]?.[1])
    })
  })
}
