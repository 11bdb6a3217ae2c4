import { redisServerPath, RedisServer } from './redis.ts'
import prepare from './global-setup.ts'

/** Runs once, before every test: one Redis in which every mock of the run keeps what it keeps. */
export default async function prepareRedis(): Promise<() => Promise<void>> {
  await prepare()
  if (redisServerPath === undefined)
    throw new Error(
      'redis-server was not found. Install Redis so that redis-server is on the PATH.',
    )
  const redis = await RedisServer.start()
  process.env['MOCK_VNEID_STORE'] = redis.address
  return () => redis.end()
}
