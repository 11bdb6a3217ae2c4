import { Cluster, Redis, type RedisOptions } from 'ioredis'
import { StoreAddressInvalid } from '../errors.ts'

/** A client of one server, a Sentinel group or a Cluster: all speak the same commands. */
export type RedisClient = Redis | Cluster

/** How long one command may take, in milliseconds, before the store counts as out of reach. */
export const commandTimeoutMs = 2000

const common = {
  lazyConnect: true,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 1,
  connectTimeout: commandTimeoutMs,
  commandTimeout: commandTimeoutMs,
  enableAutoPipelining: true,
  retryStrategy: (attempt: number) => Math.min(attempt * 100, 1000),
} satisfies RedisOptions

/**
 * A client for an address, not yet connected:
 *
 * - `redis://[user:password@]host:port[/database]`, `rediss://…` with TLS
 * - `redis+sentinel://host:port,host:port/<master name>[/database]`
 * - `redis+cluster://host:port,host:port`
 *
 * @throws {@link StoreAddressInvalid} When it is none of these.
 */
export function clientFor(address: string): RedisClient {
  const match =
    /^(rediss?)(\+sentinel|\+cluster)?:\/\/(?:([^@/]*)@)?([^/@?#]+)(?:\/([^?#]*))?$/.exec(address)
  if (match === null) throw new StoreAddressInvalid(hidePassword(address))
  const [, scheme, kind, credentials = '', hosts = '', path = ''] = match
  const nodes = hosts.split(',').map((host) => nodeOf(host, kind === '+sentinel' ? 26_379 : 6379))
  const [username, password] = credentials.split(':').map(decodeURIComponent)
  const options = {
    ...common,
    ...(username ? { username } : {}),
    ...(password ? { password } : {}),
    ...(scheme === 'rediss' ? { tls: {} } : {}),
  }
  if (kind === '+cluster')
    return new Cluster(nodes, {
      lazyConnect: true,
      enableOfflineQueue: false,
      redisOptions: options,
      clusterRetryStrategy: (attempt) => Math.min(attempt * 100, 1000),
    })
  const [name = '', database = ''] = kind === '+sentinel' ? path.split('/') : ['', path]
  const db = database === '' ? 0 : Number(database)
  if (!Number.isInteger(db)) throw new StoreAddressInvalid(hidePassword(address))
  if (kind !== '+sentinel') return new Redis({ ...options, ...nodes[0]!, db })
  if (name === '') throw new StoreAddressInvalid(hidePassword(address))
  return new Redis({ ...options, sentinels: nodes, name, db })
}

function nodeOf(text: string, defaultPort: number): { host: string; port: number } {
  const { hostname, port } = new URL(`tcp://${text}`)
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || defaultPort) }
}

/** The address as it may be shown. */
export const hidePassword = (address: string): string =>
  address.replace(/\/\/([^:@/]*):[^@]*@/, '//$1:…@')
