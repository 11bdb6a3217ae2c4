import { beforeEach, describe, expect, test, vi } from 'vitest'
import {
  followChanges,
  StoreUnavailable,
  type Changes,
  type Json,
  type Store,
} from '../../src/kernel/index.ts'
import { createMemoryStore } from '../../src/storage/index.ts'
import { FrozenClock } from '../support/frozen-clock.ts'

describe('what was changed in a world', () => {
  let store: Store
  let here: Changes
  let elsewhere: Changes

  beforeEach(() => {
    store = createMemoryStore({ clock: new FrozenClock(0) })
    here = followChanges(store)
    elsewhere = followChanges(store)
  })

  test('is known at once where it was changed, and elsewhere after looking', async () => {
    await here.change({ 'person:an': { level: 1 }, stamps: 'world' })

    expect([here.get('person:an'), here.get('stamps')]).toEqual([{ level: 1 }, 'world'])
    expect(elsewhere.get('person:an')).toBeUndefined()

    await elsewhere.refresh()

    expect([...elsewhere.of('person')]).toEqual([['an', { level: 1 }]])
  })

  test('is gone when it was taken away', async () => {
    await here.change({ 'person:an': 1, 'person:binh': 2 })
    await elsewhere.refresh()
    await here.change({ 'person:an': null })
    await elsewhere.refresh()

    expect([...elsewhere.of('person').keys()]).toEqual(['binh'])
  })

  test('has another version for each kind that changed, and only for that', async () => {
    await here.change({ 'person:an': 1, 'client:rp': 1 })
    const [person, client] = [here.versionOf('person'), here.versionOf('client')]
    await here.change({ 'person:an': 2 })

    expect(here.versionOf('person')).not.toBe(person)
    expect(here.versionOf('client')).toBe(client)
  })

  test('is told to whoever follows it: what there is, what changes, and what goes', async () => {
    const told: [string, Json][] = []
    await here.change({ 'person:an': 1 })
    here.follow('person', (name, value) => told.push([name, value]))
    await here.change({ 'person:binh': 2, 'client:rp': 3 })
    await store.clear()
    await here.refresh()

    expect(told).toEqual([
      ['an', 1],
      ['binh', 2],
      ['an', null],
      ['binh', null],
    ])
  })

  test('is what it was in a dump once that is loaded', async () => {
    await here.change({ 'person:an': 1, 'person:binh': 1 })
    const dump = await store.dump()
    await here.change({ 'person:an': 2, 'person:chi': 2 })
    await store.load(dump)
    await Promise.all([here.refresh(), elsewhere.refresh()])

    for (const side of [here, elsewhere])
      expect(Object.fromEntries(side.of('person'))).toEqual({ an: 1, binh: 1 })
  })

  test('counts each of many who add to it at the same moment, wherever they are', async () => {
    const add = (changes: Changes) =>
      changes.update(async () => {
        const count = (changes.get('count') as number | undefined) ?? 0
        await new Promise(setImmediate)
        return { count: count + 1 }
      })
    await Promise.all(Array.from({ length: 20 }, (_, i) => add(i % 2 ? here : elsewhere)))
    await Promise.all([here.refresh(), elsewhere.refresh()])

    expect([here.get('count'), elsewhere.get('count')]).toEqual([20, 20])
  })

  test('is done, whoever asks, also when the store is out of reach right after', async () => {
    const gone = () => Promise.reject(new StoreUnavailable('redis://localhost', undefined, 'gone'))
    await here.change({ count: 1, other: 1 })
    const asked = vi.spyOn(store, 'changesSince')
    asked.mockImplementationOnce(gone)
    await here.change({ count: 2 })
    asked.mockRestore()

    expect(here.get('count')).toBe(2)

    await elsewhere.refresh()
    await elsewhere.change({ count: 3 })
    await here.refresh()

    expect([here.get('count'), here.get('other')]).toEqual([3, 1])
  })

  test('stays as it is when a decision fails, and the next is made all the same', async () => {
    await here.change({ count: 1 })
    const failing = here.update(() => {
      throw new Error('no such thing')
    })
    const next = here.update(() => ({ count: 2 }))
    await here.update(() => ({}))

    await expect(failing).rejects.toThrow('no such thing')
    await next
    expect(here.get('count')).toBe(2)
  })

  test('is the same for all who look at the same moment', async () => {
    await here.change({ 'person:an': 1 })
    await Promise.all(Array.from({ length: 20 }, () => elsewhere.refresh()))

    expect(elsewhere.get('person:an')).toBe(1)
  })
})
