import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { FreezingProxy } from '../support/freezing-proxy.ts'
import { startMock, type TestMock } from '../support/mock.ts'
import { redisServerPath, RedisServer } from '../support/redis.ts'

describe.skipIf(redisServerPath === undefined)(
  'worlds over a Redis that is away for a moment',
  () => {
    let redis: RedisServer
    let proxy: FreezingProxy
    let mock: TestMock
    let other: TestMock

    beforeAll(async () => {
      redis = await RedisServer.start()
    })
    afterAll(() => redis.end())
    beforeEach(async () => {
      proxy = await FreezingProxy.before(redis.port)
      const shared = { storePrefix: `outages-${Math.random()}`, issuer: 'http://localhost:3006' }
      mock = await startMock({ ...shared, store: proxy.address, maxWorlds: 3 })
      other = await startMock({ ...shared, store: redis.address, maxWorlds: 3 })
    })
    afterEach(async () => {
      proxy.thaw()
      await Promise.all([mock.close(), other.close()])
      await proxy.end()
    })

    const names = async ({ worlds }: TestMock) => (await worlds.list()).map(({ name }) => name)

    /** Or done, where the store was away only after it was done. */
    const isDoneOrOut = (asked: PromiseSettledResult<unknown>) =>
      asked.status === 'fulfilled' ||
      (asked.reason as { code?: string }).code === 'ERR_STORE_UNAVAILABLE'

    test.each([0, 1, 2, 3, 4, 5])(
      'are made as a whole or not at all when it is away after %i replies, and none is lost count of',
      async (replies) => {
        proxy.freezeAfter(replies)
        const asked = await Promise.allSettled([mock.world({ name: 'half' })])
        expect(asked.filter(isDoneOrOut)).toHaveLength(1)

        proxy.thaw()
        await expect.poll(() => names(mock).catch(String), { timeout: 10_000 }).toContain('default')
        const made = await other.world({ name: 'half' }).catch(() => other.worlds.get('half'))
        expect(await made.describe()).toMatchObject({ name: 'half' })
        expect(await names(mock)).toEqual(['default', 'half'])
        await made.end()
        await Promise.all(['one', 'two', 'three'].map((name) => mock.world({ name })))
        await expect(mock.world({})).rejects.toMatchObject({ code: 'ERR_LIMIT_REACHED' })
        await expect(other.world({})).rejects.toMatchObject({ code: 'ERR_LIMIT_REACHED' })
      },
    )

    test('let a sign-in without a page be whole or be sent again, wherever it was cut off', async () => {
      const [whole] = await Promise.allSettled([mock.signIn({ as: 'adult-level-2' })])
      const claims = whole.status === 'fulfilled' ? Object.keys(whole.value.claims ?? {}) : []
      expect(claims).toContain('personal_id_number')
      for (const replies of [0, 2, 3, 4, 5, 6, 8]) {
        proxy.freezeAfter(replies)
        const [asked] = await Promise.allSettled([mock.signIn({ as: 'adult-level-2' })])
        proxy.thaw()
        await expect.poll(() => names(mock).catch(String), { timeout: 10_000 }).toContain('default')

        const came =
          asked.status === 'fulfilled'
            ? Object.keys(asked.value.claims ?? {})
                .toSorted()
                .join()
            : (asked.reason as { code?: string }).code
        expect([claims.toSorted().join(), 'ERR_STORE_UNAVAILABLE']).toContain(came)
      }
    })

    test.each([1, 2, 3, 4, 5, 6, 8, 10])(
      'let the removal of a person that was cut off after %i replies be finished by asking again',
      async (replies) => {
        const make = () => other.people.create({ id: 'z', age: 40, level: 2 })
        await make()
        await mock.signIn({ as: 'z' })
        const mine = async () => (await other.sessions.list()).filter((one) => one.personId === 'z')
        expect(await mine()).toHaveLength(1)

        proxy.freezeAfter(replies)
        const asked = await Promise.allSettled([mock.people.remove('z')])
        expect(asked.filter(isDoneOrOut)).toHaveLength(1)
        proxy.thaw()
        await expect.poll(() => names(mock).catch(String), { timeout: 10_000 }).toContain('default')

        // Whoever asks the other replica asks again as well; of whom all was done is not there.
        const again = other.people.remove('z').catch(({ code }: { code: string }) => code)
        expect([undefined, 'ERR_PERSON_NOT_FOUND']).toContain(await again)
        expect(await mine()).toEqual([])
        await make()
        expect(await other.expire('access token', { person: 'z' })).toEqual({ expired: 0 })
      },
    )

    test('end once, whichever replicas are told to at the same moment', async () => {
      for (let turn = 0; turn < 20; turn++) {
        await mock.world({ name: 'one' })
        await other.worlds.get('one')
        const asked = await Promise.allSettled(
          [mock, other, mock, other].map(async ({ worlds }) => (await worlds.get('one')).end()),
        )

        expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      }
    })
  },
)
