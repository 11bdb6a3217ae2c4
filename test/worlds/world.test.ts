import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/index.ts'
import { createInProcessCaller } from '../../src/control/index.ts'
import { packageRoot, systemRandom, type Stores } from '../../src/kernel/index.ts'
import { createAssets, createPages } from '../../src/pages/index.ts'
import { createMemoryStores } from '../../src/storage/index.ts'
import { createWorld, type World } from '../../src/worlds/world.ts'
import { processRing } from '../keys/rings.ts'
import { FrozenClock } from '../support/frozen-clock.ts'

const day = 24 * 60 * 60

describe('a world that two replicas serve', () => {
  let clock: FrozenClock
  let realClock: FrozenClock
  let stores: Stores
  let here: World
  let there: World

  beforeEach(async () => {
    clock = new FrozenClock(Date.parse('2026-01-01T12:00:00Z'))
    realClock = new FrozenClock()
    stores = createMemoryStores()
    here = open(true)
    await here.begin({})
    there = open(false)
    return async () => {
      await Promise.all([here.close(), there.close()])
      await stores.close()
    }
  })

  function open(isMaker: boolean): World {
    const { settings, ...files } = loadConfig({ flags: {}, environment: {}, clock })
    return createWorld({
      name: 'one',
      id: 'the first',
      path: '/w/one',
      issuer: 'http://localhost:3006/w/one',
      isMaker,
      files: () => files,
      clientsFile: files.clientsFile,
      settings,
      keys: () => processRing,
      pages: createPages({
        viewsRoot: join(packageRoot, 'views'),
        assetsPath: createAssets().path,
      }),
      stores,
      watched: (store) => store,
      clock,
      realClock,
      random: systemRandom,
      log: () => {},
      guard: { isOpen: true },
      closing: new AbortController().signal,
      end: async () => {},
    })
  }

  test('is used by whoever asks something of it, and not by whoever looks at it', async () => {
    await there.refresh()
    there.view()
    expect(there.usedAt).toBe(0)

    realClock.advance(10)
    await createInProcessCaller(there.deeds).call('describe', {})
    expect(there.usedAt).toBe(realClock.now())
    realClock.advance(10)
    there.view()
    expect(there.usedAt).toBe(realClock.now() - 10_000)
  })

  describe('counts ages', () => {
    const bornBy = async ({ deeds }: World) => {
      const person = await createInProcessCaller(deeds).call('people.get', {
        person: 'child-14-today',
      })
      return person.birthDate
    }
    const born = async () => [await bornBy(here), await bornBy(there)]

    test('from when it was reset, on both', async () => {
      expect(await born()).toEqual(['2012-01-01', '2012-01-01'])
      clock.advance(40 * day)
      await createInProcessCaller(here.deeds).call('reset', {})

      expect(await born()).toEqual(['2012-02-10', '2012-02-10'])
    })

    test('as before it was reset when a snapshot of then is restored, on both', async () => {
      const { snapshot } = await createInProcessCaller(here.deeds).call('snapshot', {})
      clock.advance(40 * day)
      await createInProcessCaller(here.deeds).call('reset', {})
      await born()
      await createInProcessCaller(there.deeds).call('restore', { snapshot })

      expect(await born()).toEqual(['2012-01-01', '2012-01-01'])
    })
  })
})
