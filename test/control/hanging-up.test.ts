import { once } from 'node:events'
import { Agent } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MockWorld } from '../../src/control/index.ts'
import { startMock, type TestMock } from '../support/mock.ts'
import { redisServerPath, RedisServer } from '../support/redis.ts'
import { ask } from './support/ask.ts'
import { serveControl } from './support/control-server.ts'

/** Asks by a connection of its own, as a program does that is about to be stopped. */
async function asking(issuer: string, path: string, body?: object): Promise<Socket> {
  const { hostname, port, host, pathname } = new URL(issuer)
  const socket = connect(Number(port), hostname)
  const text = body === undefined ? '' : JSON.stringify(body)
  const head = [
    `${body === undefined ? 'GET' : 'POST'} ${pathname.replace(/\/$/, '')}/_mock${path} HTTP/1.1`,
    `Host: ${host}`,
    ...(body === undefined
      ? []
      : ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(text)}`]),
  ]
  await once(socket, 'connect')
  socket.write(`${head.join('\r\n')}\r\n\r\n${text}`)
  return socket
}

/** Ends what somebody asked, as the system does when their program is gone. */
async function hangUp(...sockets: Socket[]): Promise<void> {
  const closed = sockets.map((socket) => once(socket.resume().end(), 'close'))
  await Promise.all(closed)
}

describe('whoever waits and hangs up', () => {
  test.each([
    ['journal.take', '/journal/take', {}],
    ['messages.take', '/messages/take', {}],
    ['signIns.wait', '/sign-ins/wait', {}],
    ['events', '/events', undefined],
  ] as const)('does not go on waiting: %s', async (name, path, body) => {
    let signal: AbortSignal | undefined
    const { issuer, logged } = await serveControl({
      changed: {
        [name]: (_: object, context: { signal: AbortSignal }) => {
          signal = context.signal
          return new Promise(() => {})
        },
      },
    })
    const socket = await asking(issuer, path, body)
    await expect.poll(() => signal).toBeDefined()
    expect(signal?.aborted).toBe(false)

    await hangUp(socket)

    expect(signal?.aborted).toBe(true)
    expect(logged).toEqual([])
  })

  test('leaves nothing behind on a connection that is used again and again', async () => {
    const { issuer } = await serveControl()
    const warnings: Error[] = []
    const hear = (warning: Error) => void warnings.push(warning)
    process.on('warning', hear)
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    for (let count = 0; count < 30; count++) {
      const reply = await ask(`${issuer}/_mock/journal/take`, { method: 'POST', agent })
      expect(reply.status).toBe(200)
    }
    agent.destroy()
    process.off('warning', hear)

    expect(warnings).toEqual([])
  })
})

test('whoever asks for what is there already may close their half of the connection', async () => {
  const { issuer } = await serveControl()
  const socket = await asking(issuer, '/clock')
  socket.end()

  const [reply] = (await once(socket, 'data')) as [Buffer]

  expect(reply.toString()).toMatch(/^HTTP\/1\.1 200 OK/)
})

describe.each(['memory', 'Redis'])('an entry that nobody waits for any more, in %s,', (store) => {
  const isHere = store === 'memory' || redisServerPath !== undefined
  let redis: RedisServer | undefined
  beforeAll(async () => {
    if (store === 'Redis' && isHere) redis = await RedisServer.start()
  })
  afterAll(() => redis?.end())

  const open = async (): Promise<{ mock: TestMock; world: MockWorld }> => {
    const mock = await startMock({ store: redis?.address ?? 'memory' })
    return { mock, world: await mock.world() }
  }

  test.runIf(isHere)('is left to whoever asks next', async () => {
    const { world } = await open()
    const gone = await Promise.all(
      Array.from({ length: 5 }, () =>
        asking(world.issuer, '/journal/take', { endpoint: 'token', timeoutSeconds: 30 }),
      ),
    )
    await everybodyWaits(world)
    await hangUp(...gone)

    await world.signIn({ as: 'adult-level-2' })

    const entry = await world.journal.take({ endpoint: 'token', timeoutSeconds: 1 })
    expect(entry).toMatchObject({ endpoint: 'token', personId: 'adult-level-2' })
  })

  test.runIf(isHere)('goes to the one who stayed', async () => {
    const { world } = await open()
    const body = { endpoint: 'token', timeoutSeconds: 30 }
    const [first, stayed, last] = await Promise.all(
      [1, 2, 3].map(() => asking(world.issuer, '/journal/take', body)),
    )
    await everybodyWaits(world)
    await hangUp(first!, last!)

    await world.signIn({ as: 'adult-level-2' })

    const [reply] = (await once(stayed!, 'data')) as [Buffer]
    expect(reply.toString()).toMatch(/^HTTP\/1\.1 200 OK[^]*"endpoint":"token"/)
    stayed!.destroy()
  })
})

/** What was asked before this is under way when this is answered. */
async function everybodyWaits({ issuer }: MockWorld): Promise<void> {
  for (let count = 0; count < 3; count++) await ask(`${issuer}/_mock/clock`)
}
