import { beforeEach, describe, expect, test } from 'vitest'
import {
  StoreUnavailable,
  systemRandom,
  type Json,
  type Store,
  type Stores,
} from '../../src/kernel/index.ts'
import { createMemoryStores } from '../../src/storage/index.ts'
import { Registry } from '../../src/worlds/registry.ts'
import type { World } from '../../src/worlds/world.ts'
import { FrozenClock } from '../support/frozen-clock.ts'

/** As much of a world as a registry knows, kept in a store that replicas share. */
function openWorld(stores: Stores, clock: FrozenClock, name: string, id: string): World {
  const store = stores.open(`w:${name}:${id}`, clock)
  let record: Json | undefined
  const refresh = async () => {
    record = (await store.find('World', 'it'))?.value
  }
  return {
    name,
    usedAt: 0,
    refresh,
    isThere: () => record !== undefined,
    begin: async () => {
      await store.put('World', 'it', true)
      await refresh()
    },
    clear: async () => {
      await store.clear()
      await refresh()
    },
    close: () => store.close(),
  } as unknown as World
}

/** The same stores, asked through somebody who may not let a question pass. */
function through(stores: Stores, pass: (question: string) => Promise<void>): Stores {
  const watched = (store: Store) =>
    new Proxy(store, {
      get: (of, name: keyof Store) =>
        name === 'close'
          ? () => of.close()
          : async (...args: never[]) => {
              await pass(name)
              return (of[name] as (...args: never[]) => unknown)(...args)
            },
    })
  return { ...stores, open: (namespace, clock) => watched(stores.open(namespace, clock)) }
}

const out = () => new StoreUnavailable('redis://there', undefined, 'gone')

describe('the registry of worlds', () => {
  let clock: FrozenClock
  let stores: Stores
  let here: Registry
  let elsewhere: Registry

  const registry = (by: Stores = stores, isShared = true) =>
    new Registry({
      stores: by,
      open: ({ name, id }) => openWorld(by, clock, name, id),
      realClock: clock,
      random: systemRandom,
      log: () => {},
      isShared,
      mostWorlds: 3,
    })

  beforeEach(() => {
    clock = new FrozenClock()
    stores = createMemoryStores()
    here = registry()
    elsewhere = registry()
    return async () => {
      await here.close()
      await elsewhere.close()
      await stores.close()
    }
  })

  test('finds on every replica what was made on one', async () => {
    await here.create({ name: 'one' })

    expect((await elsewhere.find('one'))?.name).toBe('one')
    expect(await elsewhere.find('other')).toBeUndefined()
  })

  test('loses on every replica what was ended on one', async () => {
    await here.create({ name: 'one' })
    await elsewhere.find('one')
    await elsewhere.end('one')

    expect(await here.find('one')).toBeUndefined()
    await expect(here.end('one')).rejects.toMatchObject({ code: 'ERR_WORLD_NOT_FOUND' })
  })

  test('lets two who ask for one name at once have it once', async () => {
    const asked = await Promise.allSettled([
      here.create({ name: 'one' }),
      elsewhere.create({ name: 'one' }),
    ])

    expect(asked.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await here.names()).toEqual(['one'])
  })

  test('lets two who end one at once end it once', async () => {
    for (let turn = 0; turn < 20; turn++) {
      await here.create({ name: 'one' })
      await elsewhere.find('one')
      const asked = await Promise.allSettled([here.end('one'), elsewhere.end('one')])

      expect(asked.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
      expect(asked.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { code: 'ERR_WORLD_NOT_FOUND' },
      })
    }
  })

  test('lists worlds in the order in which they were made, whichever was used last', async () => {
    for (const name of ['c', 'a', 'b']) {
      await here.create({ name })
      clock.advance(1)
    }
    Object.assign((await here.find('c'))!, { usedAt: clock.now() })
    await here.sweep()

    expect(await elsewhere.names()).toEqual(['c', 'a', 'b'])
  })

  test('gives a name to whoever asks next when the store has lost the world that had it', async () => {
    const lost = await here.create({ name: 'one' })
    await lost.clear()

    expect(await elsewhere.find('one')).toBeUndefined()
    await expect(elsewhere.create({ name: 'one' })).resolves.toMatchObject({ name: 'one' })
    expect((await here.find('one'))?.name).toBe('one')
  })

  test('ends what nobody used for as long as it may be unused', async () => {
    const alone = registry(stores, false)
    await alone.create({ name: 'brief', idleSeconds: 60 })
    await alone.create({ name: 'long', idleSeconds: 600 })
    clock.advance(60)
    await alone.sweep()

    expect(await alone.names()).toEqual(['long'])
    expect(await alone.find('brief')).toBeUndefined()
    await alone.close()
  })

  test('ends what no replica used, half a minute later: time enough to say so', async () => {
    await here.create({ name: 'one', idleSeconds: 60 })
    clock.advance(89)
    await elsewhere.sweep()
    expect(await here.names()).toEqual(['one'])

    clock.advance(1)
    await elsewhere.sweep()
    expect(await here.names()).toEqual([])
    expect(await here.find('one')).toBeUndefined()
  })

  test('ends nothing that is in use on another replica, however briefly it may be unused', async () => {
    await here.create({ name: 'one', idleSeconds: 5 })
    const there = await elsewhere.find('one')
    for (let turn = 0; turn < 20; turn++) {
      for (let second = 0; second < 15; second++) {
        clock.advance(1)
        Object.assign(there!, { usedAt: clock.now() })
        await here.sweep()
      }
      await elsewhere.sweep()
    }

    expect(await here.names()).toEqual(['one'])
  })

  test('ends nothing that was used while it was about to end it', async () => {
    let meanwhile = async () => {}
    const slow = registry(
      through(stores, async (question) => {
        if (question === 'change') await meanwhile()
      }),
    )
    await here.create({ name: 'one', idleSeconds: 60 })
    const there = await elsewhere.find('one')
    clock.advance(90)
    meanwhile = async () => {
      meanwhile = async () => {}
      Object.assign(there!, { usedAt: clock.now() })
      await elsewhere.sweep()
    }
    await slow.sweep()

    expect(await elsewhere.names()).toEqual(['one'])
    expect(there!.isThere()).toBe(true)
    await slow.close()
  })

  test('ends nothing that is used on another replica', async () => {
    await here.create({ name: 'one', idleSeconds: 60 })
    const there = await elsewhere.find('one')
    clock.advance(80)
    Object.assign(there!, { usedAt: clock.now() })
    await elsewhere.sweep()
    clock.advance(80)
    await here.sweep()

    expect(await here.names()).toEqual(['one'])
  })

  test('holds no more than it may, and says what to do', async () => {
    await Promise.all(['one', 'two', 'three'].map((name) => here.create({ name })))

    await expect(here.create({})).rejects.toThrow(
      'there are 3 worlds, which is the most. End those that are not used any more.',
    )
    await here.end('two')
    await expect(here.create({ name: 'four' })).resolves.toMatchObject({ name: 'four' })
  })

  test('makes any number of worlds one after the other, however few records there may be', async () => {
    const few = createMemoryStores({ maxRecords: 20 })
    const crowded = registry(few)
    for (let turn = 0; turn < 50; turn++) {
      await crowded.create({ name: `world-${turn}` })
      await crowded.end(`world-${turn}`)
    }

    expect(await crowded.names()).toEqual([])
    await crowded.close()
    await few.close()
  })

  test('leaves nothing of a world that could not begin', async () => {
    const failing = new Registry({
      stores,
      open: ({ name, id }) =>
        Object.assign(openWorld(stores, clock, name, id), {
          begin: async () => {
            await stores.open(`w:${name}:${id}`, clock).put('World', 'it', true)
            throw new Error('a key was no key')
          },
        }),
      realClock: clock,
      random: systemRandom,
      log: () => {},
      isShared: true,
      mostWorlds: 3,
    })
    try {
      await expect(failing.create({ name: 'one' })).rejects.toThrow('a key was no key')

      expect(await here.names()).toEqual([])
      expect(await here.find('one')).toBeUndefined()
    } finally {
      await failing.close()
    }
  })

  test('lets fifty who ask at once have no more than there may be', async () => {
    const asked = await Promise.allSettled(Array.from({ length: 50 }, () => here.create({})))

    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  })

  test('holds no more than it may on all replicas together', async () => {
    await here.create({})
    const asked = await Promise.allSettled(
      Array.from({ length: 40 }, (_, turn) => (turn % 2 ? here : elsewhere).create({})),
    )

    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    expect(await here.names()).toHaveLength(3)
  })

  test('says once when a world was used, and brings none back that has ended since', async () => {
    await here.create({ name: 'one' })
    const there = await elsewhere.find('one')
    clock.advance(50)
    Object.assign(there!, { usedAt: clock.now() })
    await Promise.all([elsewhere.sweep(), here.end('one')])

    expect(await elsewhere.names()).toEqual([])
    expect(await elsewhere.find('one')).toBeUndefined()
  })

  describe('over a store that is out of reach for a moment', () => {
    /** The manieth question from now on is the first that is not answered. */
    let left = Infinity
    let frail: Registry
    const pass = async () => {
      if (left-- <= 0) throw out()
    }

    beforeEach(() => {
      left = Infinity
      frail = registry(through(stores, pass))
      return () => frail.close()
    })

    test('has a world as a whole or not at all, and its name is not lost', async () => {
      const outcomes: string[] = []
      for (let answered = 0; answered < 12; answered++) {
        left = answered
        const made = frail.create({ name: 'half' }).then(
          () => 'made',
          (error: { code: string }) => error.code,
        )
        outcomes.push(await made)
        left = Infinity
        await frail.sweep()
        if (!(await elsewhere.find('half'))) await elsewhere.create({ name: 'half' })
        expect(await elsewhere.names()).toEqual(['half'])
        await elsewhere.end('half')
      }

      expect(outcomes[0]).toBe('ERR_STORE_UNAVAILABLE')
      expect(outcomes.at(-1)).toBe('made')
      expect(new Set(outcomes)).toEqual(new Set(['ERR_STORE_UNAVAILABLE', 'made']))
    })

    test('counts none that could not be made', async () => {
      for (let answered = 0; answered < 12; answered++) {
        left = answered
        await frail.create({}).catch(() => undefined)
        left = Infinity
        await frail.sweep()
        for (const name of await frail.names()) await frail.end(name)
      }

      await Promise.all(['one', 'two', 'three'].map((name) => frail.create({ name })))
      expect(await frail.names()).toHaveLength(3)
    })

    test('forgets later what it could not forget at once', async () => {
      await here.create({ name: 'one' })
      const there = await frail.get('one')
      left = 4
      await frail.end('one')

      expect(left).toBeLessThan(0)
      expect(await elsewhere.names()).toEqual([])
      left = Infinity
      await there.refresh()
      expect(there.isThere()).toBe(true)

      await frail.sweep()
      await there.refresh()
      expect(there.isThere()).toBe(false)
    })

    test('lets nobody wait until what is left is cleared away', async () => {
      const hanging = registry(
        through(stores, (question) =>
          question === 'put' ? Promise.reject(out()) : new Promise(() => {}),
        ),
      )
      await expect(hanging.create({ name: 'one' })).rejects.toMatchObject({
        code: 'ERR_STORE_UNAVAILABLE',
      })
      await hanging.close()
    })

    test('says so to all who ask at once in the time that one has to wait', async () => {
      let asked = 0
      const slow = registry(
        through(stores, async (question) => {
          if (question === 'put' || question === 'find') return
          asked++
          await new Promise((resolve) => setTimeout(resolve, 20))
          throw out()
        }),
      )
      const all = await Promise.allSettled(Array.from({ length: 50 }, () => slow.create({})))
      const asksForThem = asked
      await slow.close()

      expect(all.every(({ status }) => status === 'rejected')).toBe(true)
      expect(asksForThem).toBeLessThan(10)
    })
  })

  test('gives no world the name of the default one', async () => {
    await expect(here.create({ name: 'default' })).rejects.toMatchObject({
      code: 'ERR_WORLD_TAKEN',
    })
  })
})
