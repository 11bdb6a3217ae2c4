import { afterAll, beforeAll, expect, test } from 'vitest'
import { redisServerPath, RedisServer } from '../support/redis.ts'

/** The flows that ask most of a store. `npm run test:redis` has all of them. */
const flows = [
  '../flows/first-sign-in.test.ts',
  '../flows/oidc/clock-of-the-world.test.ts',
  '../flows/oidc/refresh-tokens.test.ts',
  '../flows/robustness/second-click.test.ts',
  '../flows/sign-in/locked-out.test.ts',
]

let redis: RedisServer
const before = process.env['MOCK_VNEID_STORE']

beforeAll(async () => {
  if (redisServerPath === undefined) return
  redis = await RedisServer.start()
  process.env['MOCK_VNEID_STORE'] = redis.address
})
afterAll(async () => {
  if (before === undefined) delete process.env['MOCK_VNEID_STORE']
  else process.env['MOCK_VNEID_STORE'] = before
  await redis?.end()
})

test.skipIf(redisServerPath === undefined)('Redis is there', async () => {
  expect(await redis.admin.ping()).toBe('PONG')
})

if (redisServerPath !== undefined) for (const flow of flows) await import(flow)
