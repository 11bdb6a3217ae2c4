import { EventEmitter, once } from 'node:events'
import { beforeEach, describe, expect, test } from 'vitest'
import { UnderWay } from '../../src/worlds/under-way.ts'

const streams = ['events', 'tokens.mintMany']

describe('what takes long in a world', () => {
  let asker: AbortController
  let world: AbortController
  let timesOver: number
  let underWay: UnderWay

  beforeEach(() => {
    asker = new AbortController()
    world = new AbortController()
    timesOver = 0
    underWay = new UnderWay(world.signal, () => timesOver++)
  })

  test.each(streams)('%s: goes on until whoever asked has gone', async (name) => {
    await underWay.during(name, asker.signal, () => 'a stream')

    expect([underWay.isAny, timesOver]).toEqual([true, 0])
    asker.abort()
    expect([underWay.isAny, timesOver]).toEqual([false, 1])
  })

  test.each(streams)('%s: goes on until the world ends', async (name) => {
    await underWay.during(name, asker.signal, () => 'a stream')
    world.abort()
    asker.abort()

    expect([underWay.isAny, timesOver]).toEqual([false, 1])
  })

  test.each(streams)('%s: is over for whoever had hung up before it began', async (name) => {
    asker.abort()
    await underWay.during(name, asker.signal, () => 'a stream')

    expect([underWay.isAny, timesOver]).toEqual([false, 1])
  })

  test.each(streams)('%s: is over for whoever hung up while it began', async (name) => {
    await underWay.during(name, asker.signal, async () => {
      await Promise.resolve()
      asker.abort()
    })

    expect([underWay.isAny, timesOver]).toEqual([false, 1])
  })

  test.each([...streams, 'journal.take'])('%s: is over when it is refused', async (name) => {
    const refused = underWay.during(name, asker.signal, async () => {
      throw new Error('nobody is called that')
    })

    await expect(refused).rejects.toThrow('nobody is called that')
    expect([underWay.isAny, timesOver]).toEqual([false, 1])
    asker.abort()
    expect([underWay.isAny, timesOver]).toEqual([false, 1])
  })

  test('journal.take: is over when something came', async () => {
    const journal = new EventEmitter()
    const taken = underWay.during('journal.take', asker.signal, () => once(journal, 'entry'))

    expect(underWay.isAny).toBe(true)
    journal.emit('entry', 'an entry')
    await expect(taken).resolves.toEqual(['an entry'])
    expect([underWay.isAny, timesOver]).toEqual([false, 1])
  })
})
