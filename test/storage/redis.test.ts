import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Clock, Store } from '../../src/kernel/index.ts'
import { openStore } from '../../src/storage/index.ts'
import { FrozenClock } from '../support/frozen-clock.ts'
import { redisServerPath, RedisServer } from '../support/redis.ts'
import { describeStorage } from './contract.ts'

const start = Date.parse('2026-03-14T15:09:26.535Z')

const open = (
  address: string,
  prefix: string = randomUUID(),
  clock: Clock = new FrozenClock(start),
) => openStore({ address, prefix, clock, maxRecords: Infinity })

describe.skipIf(redisServerPath === undefined)('on Redis,', () => {
  let redis: RedisServer

  beforeAll(async () => {
    redis = await RedisServer.start()
  })
  afterAll(() => redis.end())

  describeStorage('redis', (clock) => open(redis.address, randomUUID(), clock))

  describe('a unit of work', () => {
    let prefix: string
    let store: Store
    let other: Store

    beforeEach(async () => {
      prefix = randomUUID()
      store = await open(redis.address, prefix)
      other = await open(redis.address, prefix)
    })
    afterEach(() => Promise.all([store.close(), other.close()]))

    test('shows nobody else what it writes before it ends', async () => {
      await other.put('Thing', 'old', 1, { group: 'g' })

      await store.unit(async () => {
        await store.put('Thing', 'new', 1)
        await store.destroyGroup('g')
        expect(await other.find('Thing', 'new')).toBeUndefined()
        expect(await other.find('Thing', 'old')).toEqual({ value: 1 })
      })

      expect(await other.find('Thing', 'new')).toEqual({ value: 1 })
      expect(await other.find('Thing', 'old')).toBeUndefined()
    })

    test('writes nothing when the work fails', async () => {
      const work = store.unit(async () => {
        await store.put('Thing', 'a', 1)
        throw new RangeError('in the middle')
      })

      await expect(work).rejects.toThrow('in the middle')
      expect(await other.find('Thing', 'a')).toBeUndefined()
    })

    test('writes nothing when what it claimed was claimed meanwhile, and says so', async () => {
      await other.put('Code', 'c:1', 1)

      const work = store.unit(async () => {
        expect(await store.claim('Code', 'c:1')).toBe(true)
        await store.put('Token', 't', 1)
        expect(await other.claim('Code', 'c:1')).toBe(true)
      })

      await expect(work).rejects.toMatchObject({ code: 'ERR_CLAIM_LOST', kind: 'Code', id: 'c:1' })
      expect(await other.find('Token', 't')).toBeUndefined()
    })

    test('writes nothing when what it has swapped was swapped again meanwhile', async () => {
      await other.put('Thing', 'a', 'one', { version: 'v1' })

      const work = store.unit(async () => {
        expect(await store.swap('Thing', 'a', 'v1', 'two', { version: 'v2' })).toBe(true)
        expect(await other.swap('Thing', 'a', 'v2', 'theirs', { version: 'v3' })).toBe(true)
        expect(await store.swap('Thing', 'a', 'v2', 'ours', { version: 'v4' })).toBe(true)
        await store.put('Thing', 'b', 1)
      })

      await expect(work).rejects.toMatchObject({ code: 'ERR_CLAIM_LOST' })
      expect(await other.find('Thing', 'a')).toEqual({ value: 'theirs' })
      expect(await other.find('Thing', 'b')).toBeUndefined()
    })
  })

  describe('what is kept', () => {
    test('is cleared away once it has ended by the world’s clock, however that stands', async () => {
      const prefix = randomUUID()
      const clock = new FrozenClock(Date.parse('1999-12-31T23:59:59Z'))
      const store = await open(redis.address, prefix, clock)
      const keep = { group: 'g', pointers: { uid: 'u' } }
      await store.put('Thing', 'a', 1, { ...keep, expiresAt: clock.now() + 1000 })
      clock.advance(120)
      await store.put('Thing', 'b', 1)

      const keys = await redis.admin.keys(`{${prefix}}:[rgpx]*`)

      expect(keys).toEqual([`{${prefix}}:r:Thing:b`])
      await store.close()
    })

    test('waits a week for a world whose clock stands still', async () => {
      const prefix = randomUUID()
      const store = await open(redis.address, prefix)
      await store.put('Thing', 'a', 1, { group: 'g', expiresAt: start + 1000 })

      const left = await Promise.all(
        ['r:Thing:a', 'g:g', 'x'].map((key) => redis.admin.ttl(`{${prefix}}:${key}`)),
      )

      const week = 7 * 24 * 60 * 60
      expect(left.every((seconds) => seconds > week - 60 && seconds < week + 60)).toBe(true)
      await store.close()
    })

    test('is told apart by prefix and by database', async () => {
      const stores = [
        await open(redis.address, 'one'),
        await open(redis.address, 'two'),
        await open(`${redis.address}/5`, 'one'),
      ]
      for (const [index, store] of stores.entries()) await store.put('Thing', 'a', index)

      const found = await Promise.all(stores.map((store) => store.find('Thing', 'a')))

      expect(found).toEqual([{ value: 0 }, { value: 1 }, { value: 2 }])
      await Promise.all(stores.map((store) => store.close()))
    })

    test('is found again when Redis has forgotten our scripts', async () => {
      const store = await open(redis.address)
      await store.put('Thing', 'a', 1)
      await redis.admin.script('FLUSH')

      await store.put('Thing', 'b', 2)
      expect(await store.find('Thing', 'a')).toEqual({ value: 1 })
      await store.close()
    })
  })
})

describe.skipIf(redisServerPath === undefined)('a Redis that asks who is there', () => {
  let redis: RedisServer
  const inside = (login: string) => redis.address.replace('//', `//${login}@`)

  beforeAll(async () => {
    const credentials = { username: 'root', password: 'root-password' }
    const rules = [
      ['user', 'root on >root-password ~* &* +@all'],
      ['user', 'default off'],
      [
        'user',
        'mock on >p@ss:word ~{mock}* resetchannels -@all +@connection +@scripting +time +info +exists +del +get +set +pttl +pexpire +persist +hset +hmget +sadd +srem +scard +smembers +zadd +zrem +zrangebyscore',
      ],
    ]
    redis = await RedisServer.start({
      credentials,
      args: rules.flatMap(([name, rule]) => [`--${name}`, ...rule!.split(' ')]),
    })
  })
  afterAll(() => redis.end())

  test('lets a user in who may do no more than we need', async () => {
    const store = await open(inside('mock:p%40ss%3Aword'), 'mock')
    await store.put('Thing', 'a', 1, { group: 'g', pointers: { u: 'u' }, expiresAt: start + 9 })
    await store.claim('Thing', 'a')
    await store.destroyGroup('g')

    expect(await store.find('Thing', 'a')).toBeUndefined()
    expect(await store.isReady()).toBe(true)
    await store.close()
  })

  test.each([
    ['mock:wrong-password', /WRONGPASS/],
    ['stranger:wrong-password', /WRONGPASS/],
  ])('refuses %s, in words that keep the password to themselves', async (login, why) => {
    await expect(open(inside(login))).rejects.toMatchObject({
      code: 'ERR_STORE_UNAVAILABLE',
      message: expect.stringMatching(why),
      address: `redis://…@127.0.0.1:${redis.port}`,
    })
    await expect(open(inside(login))).rejects.not.toThrow(/wrong-password/)
  })
})
