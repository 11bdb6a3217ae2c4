import { Cluster, Redis, type RedisOptions } from 'ioredis'
import type { RedisAddress } from './address.ts'

/** A client of one server, a Sentinel group or a Cluster: all speak the same commands. */
export type RedisClient = Redis | Cluster

/** How long one question to the store may take, in milliseconds, before it is out of reach. */
export const patienceMs = 2000

const retryStrategy = (attempt: number) => Math.min(attempt * 50, 500)

/**
 * Commands wait while the connection is made anew, and are sent again after it: a short
 * interruption costs time and nothing else. {@link Connection} says how long each may wait, and a
 * write says so to Redis too, so that sending it twice or late is safe.
 */
const common = {
  lazyConnect: true,
  maxRetriesPerRequest: null,
  connectTimeout: patienceMs,
  // A server that vanished without a word is noticed, and the connection made anew.
  socketTimeout: 2 * patienceMs,
  retryStrategy,
  // After a failover the old master is a replica, and says so: ask for the new one.
  reconnectOnError: (error: Error) => (error.message.startsWith('READONLY') ? 2 : false),
} satisfies RedisOptions

/** A client for an address, not yet connected. TLS trusts whom Node trusts. */
export function clientFor(address: RedisAddress): RedisClient {
  const { kind, nodes, hasTls, username, password, database, masterName = '' } = address
  const options = {
    ...common,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(hasTls ? { tls: {} } : {}),
  } satisfies RedisOptions
  if (kind === 'cluster')
    return new Cluster([...nodes], {
      lazyConnect: true,
      redisOptions: options,
      clusterRetryStrategy: retryStrategy,
      slotsRefreshTimeout: patienceMs,
    })
  if (kind === 'standalone') return new Redis({ ...options, ...nodes[0]!, db: database })
  return new Redis({
    ...options,
    sentinels: [...nodes],
    name: masterName,
    db: database,
    enableTLSForSentinelMode: hasTls,
    ...(hasTls ? { sentinelTLS: {} } : {}),
    sentinelRetryStrategy: retryStrategy,
    sentinelCommandTimeout: patienceMs,
  })
}
