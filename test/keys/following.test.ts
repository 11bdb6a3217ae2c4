import { beforeEach, describe, expect, test } from 'vitest'
import {
  StoreUnavailable,
  systemRandom,
  type LogEvent,
  type Store,
} from '../../src/kernel/index.ts'
import { followKeyRing, keepInStore, type FollowedKeys } from '../../src/keys/index.ts'
import { createMemoryStore } from '../../src/storage/index.ts'
import { FrozenClock } from '../support/frozen-clock.ts'
import { aTable, anEcKey, worldKeys } from './rings.ts'

describe('replicas whose store was emptied', () => {
  let store: Store
  let one: FollowedKeys
  let other: FollowedKeys
  let logged: LogEvent[]
  const opened: FollowedKeys[] = []

  async function start(): Promise<FollowedKeys> {
    const keys = await followKeyRing({
      keeper: keepInStore(store),
      random: systemRandom,
      log: (event) => logged.push(event),
    })
    opened.push(keys)
    return keys
  }

  beforeEach(async () => {
    logged = []
    store = createMemoryStore({ clock: new FrozenClock() })
    one = await start()
    other = await start()
    return async () => {
      for (const keys of opened.splice(0)) keys.stop()
      await store.close()
    }
  })

  const published = (keys: FollowedKeys) => keys.ring().publicJwks()

  test('give it their keys again, so that whoever comes next signs alike', async () => {
    const before = await published(one)
    await published(other)
    await store.clear()

    await Promise.all([one.renew(), other.renew()])
    const next = await start()

    expect(await published(next)).toEqual(before)
    expect(next.ring().cookieSecrets).toEqual(one.ring().cookieSecrets)
    expect(logged).toEqual([])
  })

  test('take the keys of whoever came first, and say so once', async () => {
    await Promise.all([published(one), published(other)])
    const before = [one.ring(), other.ring()]
    await store.clear()
    const next = await start()
    const wanted = await published(next)

    for (let turn = 0; turn < 2; turn++) await Promise.all([one.renew(), other.renew()])

    expect([one.ring(), other.ring()]).not.toEqual(before)
    expect(await published(one)).toEqual(wanted)
    expect(await published(other)).toEqual(wanted)
    expect(one.ring().cookieSecrets).toEqual(next.ring().cookieSecrets)
    expect(logged.map(({ event }) => event)).toEqual(['notice', 'notice'])
  })

  test('never publish two keys by one name, even when only one record of theirs is lost', async () => {
    await Promise.all([published(one), published(other)])
    await store.destroy('Keys', one.ring().signing[0]!.kid)
    const next = await start()
    const wanted = await published(next)
    await Promise.all([one.renew(), other.renew()])

    expect(await published(one)).toEqual(wanted)
    expect(await published(other)).toEqual(wanted)
  })

  test('have the same ring as long as nothing is lost', async () => {
    const [before] = [one.ring(), await published(one)]
    await one.renew()

    expect(one.ring()).toBe(before)
  })

  test('keep again what else they look after', async () => {
    await one.keep('control-token', 'first')
    expect(await other.keep('control-token', 'second')).toBe('first')
    await store.clear()
    await other.renew()

    expect(await (await start()).keep('control-token', 'third')).toBe('first')
  })

  test('go on with the keys that they have while the store is out of reach', async () => {
    const before = await published(one)
    const find = store.find.bind(store)
    store.find = () => Promise.reject(new StoreUnavailable('redis://there', undefined, 'gone'))
    await one.renew()
    const meanwhile = await published(one)
    store.find = find
    await store.clear()
    await one.renew()

    expect(meanwhile).toEqual(before)
    expect(await published(await start())).toEqual(before)
    expect(logged).toEqual([])
  })
})

test('a world with keys of its own signs cookies by the secrets that hold now', async () => {
  let inherited = { ...worldKeys().keys.ring(), cookieSecrets: ['old'] }
  const { keys } = worldKeys(aTable(), () => inherited)
  await keys.use([anEcKey('own')])
  const before = keys.version()
  inherited = { ...inherited, cookieSecrets: ['new'] }

  expect(keys.version()).not.toBe(before)
  expect(keys.ring()).toMatchObject({ cookieSecrets: ['new'], signing: [{ kid: 'own' }] })
  expect(keys.version()).toBe(keys.version())
})
