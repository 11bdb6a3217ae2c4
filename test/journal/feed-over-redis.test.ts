import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe } from 'vitest'
import { openStores } from '../../src/storage/index.ts'
import { redisServerPath, RedisServer } from '../support/redis.ts'
import { describeFeed } from './feed-contract.ts'

describe.skipIf(redisServerPath === undefined)('on Redis,', () => {
  let redis: RedisServer

  beforeAll(async () => {
    redis = await RedisServer.start()
  })
  afterAll(() => redis.end())

  describeFeed('two connections', async (clock) => {
    const prefix = randomUUID()
    const open = async () => {
      const stores = await openStores({ address: redis.address, prefix, maxRecords: Infinity })
      const store = stores.open('default', clock)
      store.close = () => stores.close()
      return store
    }
    return [await open(), await open()]
  })
})
