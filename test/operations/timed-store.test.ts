import { expect, test } from 'vitest'
import { systemClock, type Store, type StoreFull } from '../../src/kernel/index.ts'
import { createMemoryStore } from '../../src/storage/index.ts'
import { Spread } from '../../src/operations/tallies.ts'
import { TimedStore } from '../../src/operations/timed-store.ts'

/** A timed store, what was timed so far, and what it said of being full. */
function timed(maxRecords = 10) {
  const seen: string[] = []
  const full: StoreFull[] = []
  const seconds = new Spread({ name: 'seconds', help: 'Seconds.', labelNames: ['operation'] }, [1])
  seconds.observe = (_seconds, operation = '') => void seen.push(operation)
  const inner = createMemoryStore({ clock: systemClock, maxRecords })
  const store: Store = new TimedStore(inner, seconds, (error) => full.push(error))
  return { store, seen, full }
}

test('a timed store is the store, and each operation is told of by its name', async () => {
  const { store, seen } = timed()
  await store.put('Thing', 'a', 1)
  await store.change({ a: 1 })
  const dump = await store.dump()
  await store.clear()
  await store.load(dump)

  expect(await store.list('Thing')).toEqual([{ id: 'a', value: 1 }])
  expect((await store.changesSince()).entries).toEqual([['a', 1]])
  expect(seen).toEqual(['put', 'change', 'dump', 'clear', 'load', 'list', 'changes-since'])
  await store.close()
})

test('a timed store times neither what is noted nor how long somebody waits for it', async () => {
  const { store, seen } = timed()
  const waiting = store.waitForNote('journal', { after: undefined, timeoutMs: 30_000 })
  await store.note('journal', 1, 10)
  await waiting
  const [first] = await store.notes('journal')
  await store.forgetNotes('journal')

  expect(first?.value).toBe(1)
  expect(await store.notes('journal')).toEqual([])
  expect(seen).toEqual(['notes', 'forget-notes', 'notes'])
  await store.close()
})

test('a timed store says when it is full, whatever was asked for', async () => {
  const { store, full } = timed(1)
  await store.put('Thing', 'a', 1)
  await expect(store.put('Thing', 'b', 1)).rejects.toMatchObject({ code: 'ERR_STORE_FULL' })
  await expect(store.change({ a: 1 })).rejects.toMatchObject({ code: 'ERR_STORE_FULL' })

  expect(full.map(({ maxRecords }) => maxRecords)).toEqual([1, 1])
  await store.close()
})
