import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectMockVneid, startMockVneid, type MockWorlds } from '../../src/index.ts'
import { dataFolder } from '../support/mock.ts'
import { freePort, RedisServer } from '../support/redis.ts'
import { Replica } from '../support/replica.ts'

/** How many tests run at once against one process. */
const atOnce = 500

/** What a test does that has a world to itself: true when nothing of the others was seen. */
async function aTest(mock: MockWorlds, index: number): Promise<boolean> {
  await using world = await mock.world()
  await world.clock.freeze({ at: `20${30 + (index % 60)}-06-01` })
  const client = await world.clients.register()
  const person = await world.people.create({ age: 18 + (index % 60), level: 2 })
  const { claims, journal } = await world.signIn({ client, as: person })
  const token = await world.journal.take({ endpoint: 'token' })
  const expired = await world.expire('access token')
  return (
    claims?.['personal_id_number'] === person.number &&
    journal.every(({ clientId }) => clientId === client.client_id) &&
    token.personId === person.id &&
    expired.expired === 1 &&
    (await world.sessions.list()).length === 1
  )
}

const allAtOnce = (mock: MockWorlds) =>
  Promise.all(Array.from({ length: atOnce }, (_, index) => aTest(mock, index)))

let redis: RedisServer

beforeAll(async () => {
  redis = await RedisServer.start()
})
afterAll(() => redis.end())

test('five hundred tests at once in one process do not see each other', async () => {
  const mock = await startMockVneid({ dataFolder })
  try {
    expect((await allAtOnce(mock)).every(Boolean)).toBe(true)
    expect(await mock.worlds.list()).toHaveLength(1)
  } finally {
    await mock.close()
  }
})

test.each(['memory', 'Redis'])('nor do they over HTTP, with %s', async (store) => {
  const port = await freePort()
  const issuer = `http://localhost:${port}`
  const replica = await Replica.start({
    issuer,
    port,
    store: store === 'memory' ? 'memory' : redis.address,
  })
  try {
    const mock = await connectMockVneid(issuer)

    expect((await allAtOnce(mock)).every(Boolean)).toBe(true)
    expect(await mock.worlds.list()).toHaveLength(1)
    expect(replica.err.replaceAll(/^.*Unsupported runtime.*\n/gm, '')).toBe('')
  } finally {
    await replica.remove()
  }
})
