import { setTimeout as pause } from 'node:timers/promises'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { persona } from '../support/journeys.ts'
import { haproxyPath } from '../support/machine.ts'
import { startMock } from '../support/mock.ts'
import { freePort, redisServerPath, RedisServer } from '../support/redis.ts'
import { Replica } from '../support/replica.ts'
import { Crowd } from './chaos/crowd.ts'
import { Portal } from './chaos/portal.ts'
import { Proxy } from './chaos/proxy.ts'
import { Tally } from './chaos/tally.ts'

const isHere = haproxyPath !== undefined && redisServerPath !== undefined
if (!isHere) {
  const notice = 'HAProxy or redis-server was not found. Install both so that they are on the PATH.'
  if (process.env['CI']) throw new Error(notice)
  process.stdout.write(`\n!!! SKIPPED: ${notice}\n`)
}

describe.skipIf(!isHere)('three replicas behind a proxy, over one Redis', () => {
  let redis: RedisServer
  let replicas: Replica[]
  let proxy: Proxy
  const tally = new Tally()
  const happened: Record<string, unknown>[] = []

  beforeAll(async () => {
    redis = await RedisServer.start({ args: ['--appendonly', 'yes', '--appendfsync', 'always'] })
    const port = await freePort()
    const options = { issuer: `http://localhost:${port}`, store: redis.address }
    replicas = await Promise.all([1, 2, 3].map(() => Replica.start(options)))
    proxy = new Proxy(
      port,
      replicas.map((replica) => replica.port),
    )
    await pause(1000)
  }, 60_000)
  afterAll(async () => {
    await proxy.end()
    await Promise.all(replicas.map((replica) => replica.remove()))
    await redis.end()
  })

  /** Does something to them, gives everybody time to get over it, and notes what it cost. */
  async function then(what: string, event: () => Promise<unknown>, settleMs = 4000): Promise<void> {
    const { busy, cut } = tally
    const before = total(tally)
    tally.blows++
    await event()
    await pause(settleMs)
    const spent = { busy: tally.busy - busy, cut: tally.cut - cut }
    happened.push({ what, ...spent, 'finished meanwhile': total(tally) - before })
    if (total(tally) === before) tally.broken.push(`nothing went on after: ${what}`)
  }

  test('lose nothing, do nothing twice and say every time what is the matter', async () => {
    const [first, second, third] = replicas as [Replica, Replica, Replica]
    const person = await persona(await startMock({ store: 'memory' }), 'adult-level-2')
    const crowd = new Crowd(
      new Portal({ port: Number(new URL(first.issuer).port), issuer: first.issuer }, tally),
      tally,
      person,
    )
    const coming = crowd.come()

    await then('nothing', () => pause(1000))
    await then('kill -9 of one replica', () => first.end())
    await then('it is started again', () => first.begin(), 2000)
    await then('kill -9 of two replicas at once', () => Promise.all([second.end(), third.end()]))
    await then('they are started again', () => Promise.all([second.begin(), third.begin()]), 2000)
    await then('Redis pauses for a second', async () => {
      redis.pause()
      await pause(1000)
      redis.resume()
    })
    await then('Redis pauses for five seconds', async () => {
      redis.pause()
      await pause(5000)
      redis.resume()
    })
    await then('kill -9 of Redis, and its start from the append-only file', async () => {
      await redis.stop()
      await redis.begin()
    })
    await then('Redis is away for five seconds', async () => {
      await redis.stop('SIGTERM')
      await pause(5000)
      await redis.begin()
    })
    await then('one replica is told to stop, and started again', async () => {
      await third.end('SIGTERM')
      await third.begin()
    })
    crowd.end()
    await coming
    await crowd.lookAfterwards()

    const { done, busy, cut, begunAgain, spentUnheard, broken } = tally
    const waits = { median: tally.wait(0.5), p99: tally.wait(0.99), longest: tally.wait(1) }
    const figures = { done, busy, cut, begunAgain, spentUnheard, waits }
    process.stdout.write(
      `${[...happened, figures].map((line) => inspect(line, { breakLength: 200 })).join('\n')}\n`,
    )
    // In words of our own: an assertion shows no more than the first of them.
    if (broken.length > 0) throw new Error([...new Set(broken)].join(' · '))
    expect(replicas.map(({ err }) => withoutRuntimeWarning(err))).toEqual(['', '', ''])
    for (const count of Object.values(done)) expect(count).toBeGreaterThan(0)
    expect(Object.keys(done)).toHaveLength(8)
  }, 180_000)
})

const total = ({ done }: Tally) => Object.values(done).reduce((sum, count) => sum + count, 0)

/** The library warns of Node 20, once in each process. */
const withoutRuntimeWarning = (text: string) =>
  text.replaceAll(/^oidc-provider WARNING: Unsupported runtime\. .*\n/gm, '')
