import { beforeEach, describe, expect, test } from 'vitest'
import { systemRandom, type Json, type Stores } from '../../src/kernel/index.ts'
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
    usedAt: clock.now(),
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

describe('the registry of worlds', () => {
  let clock: FrozenClock
  let stores: Stores
  let here: Registry
  let elsewhere: Registry

  const registry = () =>
    new Registry({
      stores,
      open: ({ name, id }) => openWorld(stores, clock, name, id),
      realClock: clock,
      random: systemRandom,
      log: () => {},
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

  test('ends what nobody used for as long as it may be unused', async () => {
    await here.create({ name: 'brief', idleSeconds: 60 })
    await here.create({ name: 'long', idleSeconds: 600 })
    clock.advance(60)
    await here.sweep()

    expect(await here.names()).toEqual(['long'])
    expect(await elsewhere.find('brief')).toBeUndefined()
  })

  test('ends nothing that is used on another replica', async () => {
    await here.create({ name: 'one', idleSeconds: 60 })
    const there = await elsewhere.find('one')
    clock.advance(50)
    Object.assign(there!, { usedAt: clock.now() })
    await elsewhere.sweep()
    clock.advance(50)
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

  test('gives no world the name of the default one', async () => {
    await expect(here.create({ name: 'default' })).rejects.toMatchObject({
      code: 'ERR_WORLD_TAKEN',
    })
  })
})
