import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { MockWorld } from '../../src/index.ts'
import { startGuardedMock } from '../cli/guarded-mock.ts'
import { FrozenClock } from '../support/frozen-clock.ts'
import { startMock, type TestMock } from '../support/mock.ts'
import { RedisServer, redisServerPath } from '../support/redis.ts'

describe.skipIf(redisServerPath === undefined)('a world made through one replica', () => {
  let redis: RedisServer
  let one: TestMock
  let other: TestMock
  let here: MockWorld
  let there: MockWorld
  let storePrefix: string

  beforeAll(async () => {
    redis = await RedisServer.start()
  })
  afterAll(() => redis.end())
  beforeEach(async () => {
    storePrefix = `worlds-${Math.random()}`
    const shared = {
      store: redis.address,
      storePrefix,
      issuer: 'http://localhost:3006',
    }
    one = await startMock(shared)
    other = await startMock(shared)
    here = await one.world({ name: 'shared', seed: 'seed', idleSeconds: 600 })
    there = await other.worlds.get('shared')
  })

  /** What Redis has of it, but the numbers of commits. */
  const own = async () => {
    const keys = await redis.keys()
    return keys.filter(
      (key) => key.startsWith(`{${storePrefix}:w%3Ashared%3A`) && !key.includes(':d:'),
    )
  }

  test('is there on the other, with its people, relying parties, keys and clock', async () => {
    const person = await here.people.create({ age: 30, level: 2 })
    const client = await here.clients.register()
    const { kid } = await here.keys.add({ alg: 'RS256' })
    await here.keys.switch(kid)
    await here.clock.freeze({ at: '2030-01-01' })

    const { claims } = await there.signIn({ client, as: person })

    expect(claims).toMatchObject({ personal_id_number: person.number })
    expect((await there.clock.read()).now).toBe('2029-12-31T17:00:00.000Z')
    expect((await there.keys.list()).find((key) => key.alg === 'RS256')?.kid).toBe(kid)
  })

  test('is changed at once on the other, in the middle of what it remembers', async () => {
    const { accessToken, cookies } = await here.signIn({ as: 'adult-level-2' })
    await there.people.change('adult-level-2', { level: 1 })
    const { claims } = await here.signIn({ as: 'adult-level-2', cookies })
    await there.clock.advance({ by: '1d' })

    expect(claims).toMatchObject({ account_level: 1 })
    expect(await here.expire('access token')).toEqual({ expired: 0 })
    expect(accessToken).toBeDefined()
  })

  test('is changed by both in the same moment, and neither takes back what the other did', async () => {
    await here.clock.freeze({ at: '2030-01-01' })
    const before = (await here.keys.list()).length
    const worlds = [here, there, here, there, here, there]
    const registered = await Promise.allSettled(
      worlds.map((world) => world.clients.register({ client_id: 'one-of-six' })),
    )
    await Promise.all([
      ...worlds.map((world) => world.clock.advance({ by: '1h' })),
      ...worlds.map((world) => world.keys.add({ alg: 'ES256' })),
      here.people.change('adult-level-2', { level: 1 }),
      there.people.change('adult-level-2', { phone: null }),
    ])

    expect(registered.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const world of [here, there]) {
      expect((await world.clock.read()).now).toBe('2029-12-31T23:00:00.000Z')
      expect(await world.keys.list()).toHaveLength(before + 6)
      const person = await world.people.get('adult-level-2')
      expect(person.account.level).toBe(1)
      expect(person.phone).toBeUndefined()
    }
  })

  test('tells each happening to exactly one of all who wait, wherever they do', async () => {
    const waiting = [here, there, here, there].map((world) =>
      world.journal.take({ endpoint: 'token', timeoutSeconds: 10 }),
    )
    await Promise.all([1, 2, 3, 4].map(() => there.signIn({ as: 'adult-level-2' })))
    const taken = await Promise.all(waiting)

    expect(new Set(taken.map(({ id }) => id)).size).toBe(4)
  })

  test('lets exactly one sign-in be whoever was decided', async () => {
    await here.signIns.next({ as: 'child-13', client: 'test-rp' })
    const url = new URLSearchParams({
      client_id: 'test-rp',
      response_type: 'code',
      scope: 'openid',
      redirect_uri: 'http://localhost:8080/cb',
    })
    const open = async ({ listener }: TestMock) => {
      const { callInside } = await import('../../src/http/index.ts')
      const to = `${here.issuer}/auth?${url.toString()}`
      return (await callInside(listener, { method: 'GET', url: to })).headers['location'] ?? ''
    }
    const opened = await Promise.all([open(one), open(other), open(one), open(other)])

    expect(
      opened.filter((location) => location.startsWith('http://localhost:8080/cb?code=')),
    ).toHaveLength(1)
  })

  test('is what it was everywhere when a snapshot is restored, and nowhere once it ended', async () => {
    const { snapshot } = await here.snapshot()
    await here.people.change('adult-level-2', { level: 1 })
    await there.people.get('adult-level-2')
    await here.restore({ snapshot })

    expect((await there.people.get('adult-level-2')).account.level).toBe(2)

    await there.end()
    await expect(here.describe()).rejects.toMatchObject({ code: 'ERR_WORLD_NOT_FOUND' })
    expect(await one.worlds.list()).toHaveLength(1)
  })

  test('leaves nothing of it in Redis', async () => {
    await here.signIn({ as: 'adult-level-2' })
    const before = await own()
    await here.end()

    expect(before).not.toEqual([])
    expect(await own()).toEqual([])
  })

  test('leaves nothing of it in Redis when it ends while tokens are minted in it', async () => {
    let came = 0
    const all = (async () => {
      for await (const _ of here.tokens.mintMany({ as: 'adult-level-2', count: 1000 }))
        if (++came === 10) await there.end()
    })()

    await expect(all).rejects.toMatchObject({ code: 'ERR_TOKENS_GONE' })
    expect(came).toBeLessThan(100)
    expect(await own()).toEqual([])
  })

  test('is minted no tokens by a replica that closes, which says so', async () => {
    let came = 0
    const all = (async () => {
      for await (const _ of here.tokens.mintMany({ as: 'adult-level-2', count: 1000 }))
        if (++came === 10) await one.close()
    })()

    await expect(all).rejects.toMatchObject({ code: 'ERR_MOCK_CLOSING' })
  })
})

describe.skipIf(redisServerPath === undefined)('replicas that others can reach', () => {
  test('ask for one and the same token, which none of them was given', async () => {
    const redis = await RedisServer.start()
    try {
      const options = { store: redis.address, storePrefix: 'closed' }
      const [one, other] = [await startGuardedMock(options), await startGuardedMock(options)]

      expect(one.controlToken).toMatch(/^[\w-]{16,}$/)
      expect(other.controlToken).toBe(one.controlToken)
    } finally {
      await redis.end()
    }
  })
})

describe.skipIf(redisServerPath === undefined)(
  'replicas that are started on different days',
  () => {
    test('know the same people, born on the same days', async () => {
      const redis = await RedisServer.start()
      try {
        const start = (day: string) =>
          startMock({
            store: redis.address,
            storePrefix: 'days',
            clock: new FrozenClock(Date.parse(day)),
          })
        const [first, second] = [await start('2026-01-01'), await start('2026-12-31')]
        const told = async (mock: TestMock) =>
          (await mock.personas()).map(({ id, birthDate, number, card }) => ({
            id,
            birthDate,
            number,
            card,
          }))

        expect(await told(second)).toEqual(await told(first))
      } finally {
        await redis.end()
      }
    })
  },
)
