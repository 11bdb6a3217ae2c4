import { describe, expect, test } from 'vitest'
import type { Dump, Keep, Store } from '../../../src/kernel/index.ts'
import { FrozenClock } from '../../support/frozen-clock.ts'
import { start, type Opened } from './opened.ts'

/** What a store does with everything it keeps, and stores of one family with each other. */
export function describeWholes(opened: () => Opened): void {
  describe('cleared', () => {
    test('has no record, pointer, group, claim, table or note any more', async () => {
      const { store } = opened()
      await fill(store)
      await store.clear()

      expect(await contentOf(store)).toEqual(nothing)
      await store.put('Code', 'c', 'anew')
      expect(await store.claim('Code', 'c')).toBe(true)
      await store.put('Token', 'late', 1)
      await store.destroyGroup('grant')
      expect((await store.find('Token', 'late'))?.value).toBe(1)
    })

    test('says so to who follows its table', async () => {
      const { store, other } = opened()
      await store.change({ a: 1 })
      const { at } = await other.changesSince()
      await store.clear()
      const cleared = await other.changesSince(at)
      await store.change({ b: 1 })

      expect(cleared).toMatchObject({ isWhole: true, entries: [] })
      expect((await other.changesSince(cleared.at)).entries).toEqual([['b', 1]])
      expect(await other.changesSince(at)).toMatchObject({ isWhole: true, entries: [['b', 1]] })
    })

    test('notes at positions beyond those before, however soon', async () => {
      const { store } = opened()
      for (let turn = 0; turn < 10; turn++) {
        const [, before] = await Promise.all([
          store.note('journal', 'before', 10),
          store.notes('journal'),
          store.clear(),
          store.note('journal', 'after', 10),
        ])

        const after = await store.notes('journal', { after: before.at(-1)!.position })
        expect(after.map(({ value }) => value)).toEqual(['after'])
      }
    })

    test('is cleared of thousands, and does not mind that nothing is there', async () => {
      const { store } = opened()
      await store.clear()
      await Promise.all(
        Array.from({ length: 1500 }, (_, index) => store.put(`Kind-${index % 3}`, `${index}`, 1)),
      )
      await store.clear()

      expect(await store.list('Kind-0')).toEqual([])
      expect(await store.find('Kind-1', '1')).toBeUndefined()
    })
  })

  describe('dumped and loaded', () => {
    test('is as it was: records with all they are kept by, table and logs', async () => {
      const { store, clock } = opened()
      await fill(store)
      const before = await contentOf(store)
      const dump = await throughJson(store)
      await store.clear()
      await store.put('Thing', 'later', 1)
      await store.change({ later: 1 })
      await store.note('later', 1, 10)

      await store.load(dump)

      expect(await contentOf(store)).toEqual(before)
      expect(await store.find('Thing', 'later')).toBeUndefined()
      expect(await store.notes('later')).toEqual([])
      expect(await store.claim('Code', 'c')).toBe(false)
      expect(await store.swap('Thing', 'b', 'v1', 'swapped')).toBe(true)
      await store.destroyGroup('grant')
      expect(await store.find('Token', 't')).toBeUndefined()
      clock.set(start + 5000)
      expect(await store.find('Session', 's')).toBeUndefined()
    })

    test('brings along what records name as related', async () => {
      const { store } = opened()
      await fill(store)
      const again = await throughJson(store)
      await store.load(again)

      expect(await throughJson(store)).toEqual(again)
      expect(JSON.stringify(again)).toContain('"related"')
    })

    test('leaves out what had ended', async () => {
      const { store, clock } = opened()
      await store.put('Thing', 'a', 1, { expiresAt: start + 1 })
      clock.set(start + 1)
      const dump = await throughJson(store)
      clock.set(start)
      await store.load(dump)

      expect(await store.list('Thing')).toEqual([])
    })

    test('may be loaded twice, and into another world', async () => {
      const { stores, store } = opened()
      await fill(store)
      const dump = await throughJson(store)
      const copy = stores.open('copy', new FrozenClock(start))
      await copy.load(dump)
      await copy.load(dump)

      expect(await contentOf(copy)).toEqual(await contentOf(store))
    })

    test('tells who follows the table everything, even that nothing is in it', async () => {
      const { store, other } = opened()
      const empty = await throughJson(store)
      await store.change({ a: 1, b: 2 })
      const dump = await throughJson(store)
      await store.change({ a: 3 })
      const { at } = await other.changesSince()

      await store.load(dump)
      const loaded = await other.changesSince(at)
      await store.load(empty)

      expect(loaded).toMatchObject({ isWhole: true })
      expect(loaded.entries).toEqual([
        ['a', 1],
        ['b', 2],
      ])
      expect(await other.changesSince(loaded.at)).toMatchObject({ isWhole: true, entries: [] })
    })

    test('notes at positions beyond those before', async () => {
      const { store } = opened()
      await store.note('journal', 'one', 10)
      const dump = await throughJson(store)
      const last = (await store.notes('journal')).at(-1)!.position
      await store.load(dump)

      const after = await store.notes('journal', { after: last })

      expect(after.map(({ value }) => value)).toEqual(['one'])
    })

    test('never shows who follows its table anything but the one before or the one loaded', async () => {
      const { store, other } = opened()
      await store.change({ world: 'w', clock: 'dumped' })
      await putMany(store, 2500)
      const dump = await throughJson(store)
      await store.change({ clock: null, person: 'since' })
      const { at, entries: before } = await other.changesSince()
      const loading = watched(
        (async () => {
          for (let turn = 0; turn < 3; turn++) await store.load(dump)
        })(),
      )

      const seen = new Set<string>([JSON.stringify(before)])
      while (!loading.isOver) seen.add(JSON.stringify((await other.changesSince()).entries))
      await loading.end

      const loaded = [
        ['world', 'w'],
        ['clock', 'dumped'],
      ]
      expect([...seen]).toEqual([before, loaded].map((entries) => JSON.stringify(entries)))
      expect(await other.changesSince(at)).toMatchObject({ isWhole: true, entries: loaded })
      expect(await store.list('Thing')).toHaveLength(2500)
    })

    test('is whole although it is loaded by a clock that is a day ahead', async () => {
      const { store, other, clock } = opened()
      await fill(store)
      await putMany(store, 250, { expiresAt: start + 1 })
      const before = await contentOf(store)
      const dump = await throughJson(store)
      clock.set(start + day)

      await store.load(dump)
      // As somebody does who has not heard of it yet.
      for (let turn = 0; turn < 5; turn++) await other.put('Late', `${turn}`, 1)
      clock.set(start)

      expect(before.things).toHaveLength(252)
      expect(await contentOf(store)).toEqual(before)
    })

    test('keeps 3,000 records in their order', async () => {
      const { store } = opened()
      const ids = Array.from({ length: 3000 }, (_, index) => `${index * 7}`)
      for (const id of ids) await store.put('Thing', id, id)
      const dump = await throughJson(store)
      await store.load(dump)

      expect((await store.list('Thing')).map(({ id }) => id)).toEqual(ids)
    })
  })

  describe('beside others of its family', () => {
    test('shows them nothing, and is told nothing of theirs', async () => {
      const { stores, store } = opened()
      const beside = stores.open('beside', new FrozenClock(start))
      await fill(store)
      expect(await contentOf(beside)).toEqual(nothing)

      await fill(beside)
      await beside.clear()

      expect((await contentOf(store)).token?.value).toBe('token')
    })

    test('is judged by its own clock', async () => {
      const { stores, store } = opened()
      const later = stores.open('later', new FrozenClock(start + 1000))
      await store.put('Thing', 'a', 1, { expiresAt: start + 1000 })
      await later.put('Thing', 'a', 1, { expiresAt: start + 1000 })

      expect(await store.find('Thing', 'a')).toEqual({ value: 1 })
      expect(await later.find('Thing', 'a')).toBeUndefined()
    })

    test('has its own units of work, one within another', async () => {
      const { stores, store } = opened()
      const beside = stores.open('beside', new FrozenClock(start))

      await store.unit(async () => {
        await store.put('Thing', 'a', 'outer')
        await beside.unit(async () => {
          await beside.put('Thing', 'a', 'inner')
          await store.put('Thing', 'b', 'outer')
          expect((await store.find('Thing', 'a'))?.value).toBe('outer')
        })
        expect((await beside.find('Thing', 'a'))?.value).toBe('inner')
      })

      expect((await store.list('Thing')).map(({ value }) => value)).toEqual(['outer', 'outer'])
      expect((await beside.list('Thing')).map(({ value }) => value)).toEqual(['inner'])
    })

    test('leaves the others as they are when it is closed', async () => {
      const { stores, store, clock } = opened()
      const beside = stores.open('beside', clock)
      await store.put('Thing', 'a', 1)
      await beside.put('Thing', 'a', 2)
      await beside.close()

      expect((await store.find('Thing', 'a'))?.value).toBe(1)
      expect((await stores.open('beside', clock).find('Thing', 'a'))?.value).toBe(2)
      expect(await stores.isReady()).toBe(true)
      expect(await store.isReady()).toBe(true)
    })

    test.each([['a:b'], ['a}b'], ['{a'], ['ừ'], ['']])('may be called %j', async (namespace) => {
      const { stores, clock } = opened()
      const store = stores.open(namespace, clock)
      await store.put('Thing', 'a', namespace)
      await store.note('journal', 1, 10)

      expect(await stores.open(namespace, clock).find('Thing', 'a')).toEqual({ value: namespace })
    })
  })
}

const day = 24 * 60 * 60 * 1000

async function putMany(store: Store, count: number, keep: Keep = {}): Promise<void> {
  const ids = Array.from({ length: count }, (_, index) => `${index}`)
  await Promise.all(ids.map((id) => store.put('Thing', id, id, keep)))
}

/** Work, and whether it is over. */
function watched(work: Promise<void>): { isOver: boolean; end: Promise<void> } {
  const watch = { isOver: false, end: work }
  watch.end = work.finally(() => {
    watch.isOver = true
  })
  return watch
}

/** One of everything. */
async function fill(store: Store): Promise<void> {
  const related = [
    { kind: 'Grant', value: 'g:1' },
    { kind: 'Session', pointer: 'uid', value: 'u/1' },
  ]
  await store.put('Thing', 'b', { text: 'ừ' }, { version: 'v1', related })
  await store.put('Thing', 'a', null)
  await store.put('Token', 't', 'token', { group: 'grant', expiresAt: start + 9000 })
  await store.put('Session', 's', 1, { pointers: { uid: 'u/1' }, expiresAt: start + 5000 })
  await store.put('Code', 'c', 1)
  await store.claim('Code', 'c')
  await store.change({ second: 0, first: { deep: [1] }, gone: 1 })
  await store.change({ second: 2, gone: null })
  await store.note('journal', { entry: 1 }, 10)
  await store.note('journal', { entry: 2 }, 10)
  await store.note('codes: x', '000000', 10)
}

const nothing = {
  things: [],
  token: undefined,
  tokens: [],
  session: undefined,
  code: undefined,
  table: [],
  journal: [],
  codes: [],
}

async function contentOf(store: Store) {
  const valuesOf = async (log: string) => (await store.notes(log)).map(({ value }) => value)
  return {
    things: await store.list('Thing'),
    token: await store.find('Token', 't'),
    tokens: await store.list('Token'),
    session: await store.findBy('Session', 'uid', 'u/1'),
    code: await store.find('Code', 'c'),
    table: (await store.changesSince()).entries,
    journal: await valuesOf('journal'),
    codes: await valuesOf('codes: x'),
  }
}

/** As it comes back from a file. */
const throughJson = async (store: Store) => JSON.parse(JSON.stringify(await store.dump())) as Dump
