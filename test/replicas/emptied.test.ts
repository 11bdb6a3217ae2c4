import { beforeEach, describe, expect, test } from 'vitest'
import { callInside } from '../../src/http/index.ts'
import { startMockVneid, type StartOptions } from '../../src/index.ts'
import { startGuardedMock } from '../cli/guarded-mock.ts'
import { startMock, type TestMock } from '../support/mock.ts'
import { redisServerPath, RedisServer } from '../support/redis.ts'
import { relyingParty } from '../support/relying-party.ts'

/** Longer than replicas take to look whether their keys still hold, on a busy machine. */
const soon = { timeout: 30_000, interval: 200 }

describe.skipIf(redisServerPath === undefined)('a Redis that was emptied', () => {
  let redis: RedisServer
  let shared: StartOptions

  beforeEach(async () => {
    redis = await RedisServer.start()
    shared = {
      store: redis.address,
      storePrefix: 'emptied',
      issuer: 'http://localhost:3006',
      port: 0,
    }
    return () => redis.end()
  })

  /** What others know it by. */
  const keysOf = async ({ listener }: Pick<TestMock, 'listener'>) => {
    const url = 'http://localhost:3006/jwks'
    return (await callInside(listener, { method: 'GET', url })).body
  }

  test('has replicas that sign alike again, however they were started', async () => {
    const [one, other] = [await startMock(shared), await startMock(shared)]
    await Promise.all([keysOf(one), keysOf(other)])
    await redis.admin.flushall()
    const next = await startMockVneid({ ...shared, log: () => {} })
    try {
      const wanted = await keysOf(next)

      for (const mock of [one, other]) await expect.poll(() => keysOf(mock), soon).toBe(wanted)
      expect(await keysOf(next)).toBe(wanted)
    } finally {
      await next.close()
    }
  })

  test('gets the keys back from whoever is there, so that what was signed is still understood', async () => {
    const mock = await startMock({ store: redis.address, storePrefix: 'emptied' })
    const portal = await relyingParty(mock)
    const before = await (await fetch(`${mock.issuer}/jwks`)).text()
    await redis.stop()
    await redis.begin()
    await expect.poll(() => redis.admin.exists('{emptied:keys}:r:Keys:keys'), soon).toBe(1)
    const next = await startMockVneid({ ...shared, log: () => {} })
    try {
      expect(await keysOf(next)).toBe(before)
      expect((await portal.tokensFor('adult-level-2')).claims.sub).toBeDefined()
    } finally {
      await next.close()
    }
  })

  test('gets the control token back that whoever drives the mock was told', async () => {
    const one = await startGuardedMock(shared)
    await redis.admin.flushall()
    await expect.poll(() => redis.admin.exists('{emptied:keys}:r:Keys:control-token'), soon).toBe(1)

    expect((await startGuardedMock(shared)).controlToken).toBe(one.controlToken)
  })
})
