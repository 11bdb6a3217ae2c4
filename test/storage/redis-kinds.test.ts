import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Stores } from '../../src/kernel/index.ts'
import { systemClock } from '../../src/kernel/index.ts'
import { openStores } from '../../src/storage/index.ts'
import { Program } from '../cli/program.ts'
import { selfSigned } from '../doctor/self-signed.ts'
import { freePort, redisServerPath, RedisServer } from '../support/redis.ts'
import { describeStorage } from './contract.ts'

const running: RedisServer[] = []

async function start(...options: Parameters<typeof RedisServer.start>): Promise<RedisServer> {
  const server = await RedisServer.start(...options)
  running.push(server)
  return server
}

const open = (address: string, prefix: string = randomUUID()) =>
  openStores({ address, prefix, maxRecords: Infinity })

const endAll = async () => {
  await Promise.all(running.splice(0).map((server) => server.end()))
}

describe.skipIf(redisServerPath === undefined)('a Redis behind TLS', () => {
  let redis: RedisServer

  beforeAll(async () => {
    const { cert, key } = selfSigned('localhost')
    redis = await start({
      hasTls: true,
      files: { 'cert.pem': cert, 'key.pem': key },
      args: [
        '--tls-cert-file',
        'cert.pem',
        '--tls-key-file',
        'key.pem',
        '--tls-auth-clients',
        'no',
      ],
    })
  })
  afterAll(endAll)

  test('is not talked to when nobody vouches for its certificate', async () => {
    await expect(open(`rediss://localhost:${redis.port}`)).rejects.toMatchObject({
      code: 'ERR_STORE_UNAVAILABLE',
      message: `redis at rediss://localhost:${redis.port} is not trusted (self-signed certificate). Name the file of its certificate authority in NODE_EXTRA_CA_CERTS before the start, or use --store memory.`,
    })
  })

  test('serves when Node is told whom to trust', async () => {
    const program = new Program(
      ['start', '--port=0', '--no-portal', `--store=rediss://localhost:${redis.port}`],
      { NODE_EXTRA_CA_CERTS: join(redis.folder, 'cert.pem') },
    )

    const { issuer } = await program.ready()

    expect((await fetch(`${issuer}/jwks`)).status).toBe(200)
  })
})

describe.skipIf(redisServerPath === undefined)('a group that a Sentinel watches', () => {
  let stores: Stores | undefined

  afterEach(async () => {
    await stores?.close()
    await endAll()
  })

  test('goes on by itself, with everything, when its master is killed', async () => {
    const master = await start()
    const replica = await start({ args: ['--replicaof', '127.0.0.1', String(master.port)] })
    const sentinel = await start({
      sentinelFile: 'sentinel.conf',
      files: {
        'sentinel.conf': [
          `sentinel monitor main 127.0.0.1 ${master.port} 1`,
          'sentinel down-after-milliseconds main 500',
          'sentinel failover-timeout main 3000',
          '',
        ].join('\n'),
      },
    })
    await expect
      .poll(() => replica.admin.info('replication'), { timeout: 20_000 })
      .toMatch(/master_link_status:up/)
    await expect
      .poll(() => sentinel.admin.call('SENTINEL', 'REPLICAS', 'main'), { timeout: 20_000 })
      .toHaveLength(1)
    stores = await open(`redis+sentinel://127.0.0.1:${sentinel.port}/main`)
    const store = stores.open('default', systemClock)
    await store.put('Thing', 'before', 1)
    await master.admin.wait(1, 5000)

    await master.stop()
    await expect
      .poll(() => store.put('Thing', 'after', 2).then(() => 'kept', String), { timeout: 45_000 })
      .toBe('kept')

    expect(await store.find('Thing', 'before')).toEqual({ value: 1 })
    expect(await replica.admin.info('replication')).toMatch(/role:master/)
  })

  test('is unavailable, in time, when no Sentinel is there', async () => {
    const begunAt = performance.now()

    await expect(open(`redis+sentinel://127.0.0.1:${await freePort()}/main`)).rejects.toMatchObject(
      { code: 'ERR_STORE_UNAVAILABLE', message: expect.stringMatching(/sentinels/i) },
    )
    expect(performance.now() - begunAt).toBeLessThan(20_000)
  })
})

describe.skipIf(redisServerPath === undefined)('on a Cluster of three,', () => {
  const nodes: RedisServer[] = []

  beforeAll(async () => {
    for (const first of [0, 5462, 10_923]) {
      const busPort = await freePort()
      const node = await start({
        args: ['--cluster-enabled', 'yes', '--cluster-port', String(busPort)],
      })
      await node.admin.call('CLUSTER', 'ADDSLOTSRANGE', first, Math.min(first + 5461, 16_383))
      await nodes[0]?.admin.call('CLUSTER', 'MEET', '127.0.0.1', node.port, busPort)
      nodes.push(node)
    }
    for (const node of nodes)
      await vi.waitFor(async () => {
        const info = String(await node.admin.call('CLUSTER', 'INFO'))
        if (!/cluster_state:ok[^]*cluster_known_nodes:3/.test(info)) throw new Error(info)
      }, 30_000)
  })
  afterAll(endAll)

  const address = () => `redis+cluster://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`

  describeStorage('redis', () => open(address()))

  test('a world is on one node as a whole, and worlds are on all of them', async () => {
    const used = new Set<string>()
    const stores = await open(address())
    for (let world = 0; world < 12; world++) {
      await Promise.all(nodes.map(({ admin }) => admin.flushall()))
      const store = stores.open(`world-${world}`, systemClock)
      await store.put('Thing', 'a', 1, { group: 'g', pointers: { uid: 'u' } })
      await store.change({ clock: world })
      await store.note('journal', world, 10)
      const sizes = await Promise.all(nodes.map(({ admin }) => admin.dbsize()))
      expect(sizes.filter((size) => size > 0)).toHaveLength(1)
      used.add(sizes.map((size) => size > 0).join())
    }
    await stores.close()

    expect(used.size).toBe(3)
  })

  test('a node that is called as if it were alone says what it belongs to', async () => {
    const [{ address: alone } = { address: '' }] = nodes
    const stores = await open(alone)
    const worlds = Array.from({ length: 12 }, (_, world) =>
      stores.open(`world-${world}`, systemClock).put('Thing', 'a', 1),
    )
    const refused = (await Promise.allSettled(worlds)).filter(({ status }) => status === 'rejected')
    await stores.close()

    expect(refused.length).toBeGreaterThan(0)
    for (const each of refused)
      expect(each).toMatchObject({
        reason: {
          code: 'ERR_STORE_UNAVAILABLE',
          message: expect.stringMatching(
            /refuses: MOVED \d+ [\d.:]+\. It is a node of a Cluster: begin --store with redis\+cluster:\/\//,
          ),
        },
      })
  })
})
