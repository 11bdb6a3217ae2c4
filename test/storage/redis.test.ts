import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Clock, Store } from '../../src/kernel/index.ts'
import { openStores } from '../../src/storage/index.ts'
import { FrozenClock } from '../support/frozen-clock.ts'
import { redisServerPath, RedisServer } from '../support/redis.ts'
import { describeStorage } from './contract.ts'

const start = Date.parse('2026-03-14T15:09:26.535Z')

const openFamily = (address: string, prefix: string = randomUUID()) =>
  openStores({ address, prefix, maxRecords: Infinity })

/** A store whose end is the end of its family. */
async function open(
  address: string,
  prefix?: string,
  clock: Clock = new FrozenClock(start),
): Promise<Store> {
  const stores = await openFamily(address, prefix)
  const store = stores.open('default', clock)
  store.close = () => stores.close()
  return store
}

describe.skipIf(redisServerPath === undefined)('on Redis,', () => {
  let redis: RedisServer

  beforeAll(async () => {
    redis = await RedisServer.start()
  })
  afterAll(() => redis.end())

  describeStorage('redis', () => openFamily(redis.address))

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

  describe('two replicas', () => {
    let one: Store
    let another: Store

    beforeEach(async () => {
      const prefix = randomUUID()
      one = await open(redis.address, prefix)
      another = await open(redis.address, prefix)
    })
    afterEach(() => Promise.all([one.close(), another.close()]))

    test('hear of what the other noted, and ask once for all who wait, and for nobody not at all', async () => {
      const waiting = Promise.all(
        Array.from({ length: 50 }, () =>
          one.waitForNote('journal', { after: undefined, timeoutMs: 30_000 }),
        ),
      )
      const before = await redis.questions()
      await pause(500)
      const asked = (await redis.questions()) - before
      await another.note('journal', 1, 10)
      await waiting
      await pause(100)
      const over = await redis.questions()
      await pause(200)

      expect(asked).toBeGreaterThan(3)
      expect(asked).toBeLessThan(20)
      expect(await redis.questions()).toBe(over)
    })

    test('know of a change when they ask once', async () => {
      await one.change({ clock: 1, 'person:a': { age: 13 } })
      const before = await redis.questions()
      const { at, entries } = await another.changesSince()
      const again = await another.changesSince(at)

      expect((await redis.questions()) - before).toBe(2)
      expect(entries).toHaveLength(2)
      expect(again.entries).toEqual([])
    })

    test('start a table anew when what they knew is more than Redis has', async () => {
      await one.change({ a: 1 })
      await one.change({ b: 1 })
      const { at } = await one.changesSince()
      const [, epoch] = /^(.*):\d+$/.exec(at)!

      expect(await one.changesSince(`${epoch}:9`)).toMatchObject({ at, isWhole: true })
    })
  })

  test('a note in a unit of work costs no round trip of its own', async () => {
    const store = await open(redis.address)
    const before = await redis.questions()
    await store.unit(async () => {
      await store.put('Thing', 'a', 1)
      for (let turn = 0; turn < 10; turn++) await store.note('journal', turn, 5)
    })

    expect((await redis.questions()) - before).toBe(1)
    expect(await store.notes('journal')).toHaveLength(5)
    await store.close()
  })

  test('a unit of work that fails has noted nothing', async () => {
    const store = await open(redis.address)
    const work = store.unit(async () => {
      await store.note('journal', 1, 5)
      throw new RangeError('in the middle')
    })

    await expect(work).rejects.toThrow('in the middle')
    expect(await store.notes('journal')).toEqual([])
    await store.close()
  })

  describe('a cleared world', () => {
    test('leaves the numbers of commits for seconds, and what is not its own', async () => {
      const prefix = randomUUID()
      const store = await open(redis.address, prefix)
      const foreign = [`{${prefix}:default-2}:r:Thing:a`, `${prefix}:default`]
      for (const key of foreign) await redis.admin.set(key, '1')
      for (let index = 0; index < 450; index++)
        await store.put('Thing', `${index}`, 1, {
          group: `g-${index % 7}`,
          pointers: { uid: `u-${index}` },
          ...(index % 2 ? { expiresAt: start + 1000 } : {}),
        })
      await store.change({ a: 1, b: 1 })
      await store.change({ b: null })
      await store.note('journal', 1, 10)
      await store.forgetNotes('journal')
      await store.clear()

      const left = await redis.admin.keys(`*${prefix}*`)
      const own = left.filter((key) => !foreign.includes(key))
      const lasting = await Promise.all(own.map((key) => redis.admin.pttl(key)))

      expect(left).toEqual(expect.arrayContaining(foreign))
      expect(own.every((key) => key.startsWith(`{${prefix}:default}:d:`))).toBe(true)
      expect(lasting.every((ms) => ms > 0 && ms <= 10_000)).toBe(true)
      await store.close()
    })
  })

  describe('a loaded world', () => {
    let prefix: string
    let clock: FrozenClock
    let store: Store

    beforeEach(async () => {
      prefix = randomUUID()
      clock = new FrozenClock(start)
      store = await open(redis.address, prefix, clock)
    })
    afterEach(() => store.close())

    const day = 24 * 60 * 60 * 1000

    test('takes nothing over from what was written while it was loaded', async () => {
      await store.put('Code', 'c', 'dumped')
      const dump = await store.dump()
      const loading = store.load(dump)
      await Promise.all([store.put('Code', 'c', 'meanwhile'), store.claim('Code', 'c'), loading])

      expect(await store.find('Code', 'c')).toEqual({ value: 'dumped' })
    })

    test('outlives Redis’s own patience as if it had been put at the time of the dump', async () => {
      await store.put('Thing', 'a', 1, { expiresAt: start + 20 * day })
      const dump = await store.dump()
      clock.set(start + 30 * day)
      await store.load(dump)

      const left = await redis.admin.pttl(`{${prefix}:default}:r:Thing:a`)
      expect(left).toBeGreaterThan(26 * day)
    })

    test('is swept again seconds later', async () => {
      await store.put('Thing', 'a', 1, { expiresAt: start + 1000 })
      await store.load(await store.dump())
      const unswept = `{${prefix}:default}:u`
      const left = await redis.admin.pttl(unswept)
      await redis.admin.del(unswept)
      clock.set(start + day)
      await store.put('Thing', 'b', 1)

      expect(left).toBeGreaterThan(0)
      expect(left).toBeLessThanOrEqual(10_000)
      expect(await redis.admin.keys(`{${prefix}:default}:r:*`)).toEqual([
        `{${prefix}:default}:r:Thing:b`,
      ])
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

      const keys = await redis.admin.keys(`{${prefix}:default}:[^d]*`)

      const kept = ['k:Thing', 'o', 'r:Thing:b'].map((key) => `{${prefix}:default}:${key}`)
      expect(keys.toSorted()).toEqual(kept)
      expect(await redis.admin.zrange(kept[0]!, '0', '-1')).toEqual(['Thing:b'])
      await store.close()
    })

    test('waits a week for a world whose clock stands still', async () => {
      const prefix = randomUUID()
      const store = await open(redis.address, prefix)
      await store.put('Thing', 'a', 1, { group: 'g', expiresAt: start + 1000 })

      await store.note('journal', 1, 10)
      const daysOf = (key: string) =>
        redis.admin.ttl(`{${prefix}:default}:${key}`).then((seconds) => seconds / 24 / 60 / 60)

      for (const key of ['r:Thing:a', 'g:g', 'x', 'l:journal', 'j'])
        expect(await daysOf(key)).toBeCloseTo(7)
      for (const key of ['k:Thing', 'o']) expect(await daysOf(key)).toBeCloseTo(8)
      await store.close()
    })

    test('is kept for ever with what it is found by, when it has no end', async () => {
      const prefix = randomUUID()
      const store = await open(redis.address, prefix)
      await store.put('Thing', 'a', 1, { expiresAt: start + 1000, group: 'g' })
      await store.put('Thing', 'b', 1, { group: 'g' })
      await store.put('Thing', 'c', 1, { expiresAt: start + 1000, group: 'g' })

      const left = await Promise.all(
        ['r:Thing:b', 'g:g', 'k:Thing', 'o'].map((key) =>
          redis.admin.ttl(`{${prefix}:default}:${key}`),
        ),
      )

      expect(left).toEqual([-1, -1, -1, -1])
      await store.close()
    })

    test('is struck out of its list when Redis itself has let it go', async () => {
      const prefix = randomUUID()
      const store = await open(redis.address, prefix)
      await store.put('Thing', 'a', 1)
      await store.put('Thing', 'b', 1)
      await redis.admin.del(`{${prefix}:default}:r:Thing:a`)

      expect(await store.list('Thing')).toEqual([{ id: 'b', value: 1 }])
      expect(await redis.admin.zrange(`{${prefix}:default}:k:Thing`, '0', '-1')).toEqual([
        'Thing:b',
      ])
      await store.close()
    })

    test('is noted in order even when the clock of Redis was put back', async () => {
      const prefix = randomUUID()
      const store = await open(redis.address, prefix)
      const future = String(Date.now() * 1000 + 1e12)
      await redis.admin.xadd(`{${prefix}:default}:l:journal`, `${future}-0`, 'j', '"early"')
      await store.note('journal', 'late', 10)

      expect((await store.notes('journal')).map(({ value }) => value)).toEqual(['early', 'late'])
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
        'mock on >p@ss:word ~{mock:* resetchannels -@all +@connection +@scripting +time +info +exists +del +unlink +get +set +pttl +pexpire +persist +hset +hsetnx +hmget +hdel +hexists +hkeys +hincrby +sadd +srem +smembers +zadd +zcard +zpopmin +zrange +zrangebyscore +zrem +zremrangebyrank +xadd +xrange +xrevrange +xtrim',
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
    await store.change({ clock: 1, gone: 1 })
    await store.change({ gone: null })
    await store.note('journal', 1, 10)
    await store.waitForNote('journal', { after: undefined, timeoutMs: 5000 })
    await store.load(await store.dump())
    await store.forgetNotes('journal')

    expect(await store.find('Thing', 'a')).toBeUndefined()
    expect(await store.list('Thing')).toEqual([])
    expect((await store.changesSince()).entries).toEqual([['clock', 1]])
    expect(await store.isReady()).toBe(true)
    await store.clear()
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
