import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer as createWebServer } from 'node:http'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { Store } from '../../src/kernel/index.ts'
import { openStores } from '../../src/storage/index.ts'
import { FrozenClock } from '../support/frozen-clock.ts'
import { FreezingProxy } from '../support/freezing-proxy.ts'
import { freePort, redisServerPath, RedisServer } from '../support/redis.ts'

const openFamily = (address: string, prefix: string = randomUUID()) =>
  openStores({ address, prefix, maxRecords: Infinity })

/** A store whose end is the end of its family. */
async function open(address: string): Promise<Store> {
  const stores = await openFamily(address)
  const store = stores.open('default', new FrozenClock())
  store.close = () => stores.close()
  return store
}

describe.skipIf(redisServerPath === undefined)('a database that Redis does not have', () => {
  test('is refused, and nothing is done in another', async () => {
    const redis = await RedisServer.start()
    const address = `${redis.address}/99`
    try {
      await expect(open(address)).rejects.toMatchObject({
        code: 'ERR_STORE_UNAVAILABLE',
        message: `redis at ${address} refuses: database 99 cannot be used (ERR DB index is out of range). Correct --store, or use --store memory.`,
      })
    } finally {
      await redis.end()
    }
  })

  test('is waited for when it was there, and nothing is done in another meanwhile', async () => {
    const args = ['--databases', '16']
    const redis = await RedisServer.start({ args })
    const store = await open(`${redis.address}/15`)
    try {
      await store.put('Thing', 'a', 1)
      await redis.stop()
      args[1] = '1'
      await redis.begin()
      for (let turn = 0; turn < 3; turn++)
        await expect(store.put('Thing', 'b', 1)).rejects.toMatchObject({
          code: 'ERR_STORE_UNAVAILABLE',
        })
      await expect(store.find('Thing', 'a')).rejects.toThrow(/database 15 cannot be used/)
      expect(await store.isReady()).toBe(false)
      expect(await redis.keys()).toEqual([])

      await redis.stop()
      args[1] = '16'
      await redis.begin()
      await expect.poll(() => store.isReady(), { timeout: 10_000 }).toBe(true)
      await store.put('Thing', 'c', 1)
      expect(await redis.keys()).toEqual([])
    } finally {
      await store.close()
      await redis.end()
    }
  })

  test('is not blamed for a password that is wrong', async () => {
    const redis = await RedisServer.start({ args: ['--requirepass', 'right'] })
    try {
      const withLogin = (login: string) => `${redis.address.replace('//', `//${login}`)}/5`
      await expect(open(withLogin(':wrong@'))).rejects.toThrow(/refuses: WRONGPASS/)
      await expect(open(withLogin(''))).rejects.toThrow(/refuses: NOAUTH/)
    } finally {
      await redis.end()
    }
  })
})

describe.skipIf(redisServerPath === undefined)('a Redis that takes nothing more', () => {
  test.each([
    ['has no memory left', ['maxmemory', '1'], ['maxmemory', '0']],
    ['lacks replicas', ['min-replicas-to-write', '1'], ['min-replicas-to-write', '0']],
  ] as const)('is not ready: it %s', async (_why, before, after) => {
    const redis = await RedisServer.start()
    const stores = await openFamily(redis.address, 'ready')
    const store = stores.open('default', new FrozenClock())
    try {
      expect(await stores.isReady()).toBe(true)
      await redis.admin.config('SET', ...before)
      const refused = [await stores.isReady(), await store.isReady()]
      await redis.admin.config('SET', ...after)

      expect(refused).toEqual([false, false])
      expect([await stores.isReady(), await store.isReady()]).toEqual([true, true])
      const keys = await redis.keys()
      expect(keys.toSorted()).toEqual(['{ready:default}:ready', '{ready}:ready'])
      for (const key of keys) expect(await redis.admin.pttl(key)).toBeGreaterThan(0)
    } finally {
      await stores.close()
      await redis.end()
    }
  })

  test('is not ready as a replica, and is as a master', async () => {
    const redis = await RedisServer.start()
    const stores = await openFamily(redis.address, 'ready')
    try {
      await redis.admin.replicaof('127.0.0.1', String(await freePort()))
      const asked = await Promise.all([stores.isReady(), stores.isReady()])
      await redis.admin.replicaof('NO', 'ONE')

      expect(asked).toEqual([false, false])
      await expect.poll(() => stores.isReady(), { timeout: 10_000 }).toBe(true)
    } finally {
      await stores.close()
      await redis.end()
    }
  })
})

describe.skipIf(redisServerPath === undefined)('a Redis that says nothing any more', () => {
  test('is waited for at length once, and found again as soon as it answers', async () => {
    const redis = await RedisServer.start()
    const proxy = await FreezingProxy.before(redis.port)
    const store = await open(proxy.address)
    const waited = async (asked: Promise<unknown>) => {
      const begunAt = performance.now()
      await expect(asked).rejects.toThrow(/no answer within \d+ ms/)
      return performance.now() - begunAt
    }
    try {
      await store.put('Thing', 'a', 1)
      proxy.freezeAfter(0)
      expect(await waited(store.find('Thing', 'a'))).toBeGreaterThan(1900)
      for (const ask of [
        () => store.find('Thing', 'a'),
        () => store.put('Thing', 'a', 2),
        () => store.change({ a: 1 }),
      ])
        expect(await waited(ask())).toBeLessThan(1900)

      proxy.thaw()
      await expect
        .poll(() => store.find('Thing', 'a').catch(String), { timeout: 5000 })
        .toEqual({ value: 1 })
    } finally {
      await store.close()
      await proxy.end()
      await redis.end()
    }
  })
})

describe('what answers in place of a Redis', () => {
  const servers: Server[] = []

  afterEach(() => {
    for (const server of servers.splice(0)) server.close()
  })

  async function portOf(server: Server): Promise<number> {
    servers.push(server.listen(0, '127.0.0.1'))
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }

  test('is told apart from one that does not answer', async () => {
    const port = await portOf(createWebServer((_request, response) => response.end()))

    await expect(open(`redis://127.0.0.1:${port}`)).rejects.toThrow(
      `redis did not answer at redis://127.0.0.1:${port} (something else did: is the port right?). Start it, or use --store memory.`,
    )
    await expect(open(`redis+sentinel://127.0.0.1:${port}/main`)).rejects.toThrow(
      /\(something else did: is the port right\?\)/,
    )
    await expect(open(`rediss://127.0.0.1:${port}`)).rejects.toThrow(
      /\(nobody there answers in TLS, which "rediss" asks for\)/,
    )
  })

  test('may want TLS when it hangs up', async () => {
    const port = await portOf(createServer((socket) => socket.destroy()))

    await expect(open(`redis://127.0.0.1:${port}`)).rejects.toThrow(/with TLS it is "rediss"\)/)
  })

  test.skipIf(redisServerPath === undefined)('is a Redis that speaks no TLS', async () => {
    const redis = await RedisServer.start()
    try {
      await expect(open(redis.address.replace('redis:', 'rediss:'))).rejects.toThrow(
        /\(nobody there answers in TLS, which "rediss" asks for\)/,
      )
      await expect(
        open(`${redis.address.replace('redis:', 'redis+sentinel:')}/main`),
      ).rejects.toThrow(/\(a Redis did, which is no Sentinel\)/)
    } finally {
      await redis.end()
    }
  })
})
