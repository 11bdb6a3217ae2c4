import { hidePassword } from '../../kernel/index.ts'
import { StoreAddressInvalid } from '../errors.ts'

export interface Node {
  host: string
  port: number
}

/** What an address says. */
export interface RedisAddress {
  kind: 'standalone' | 'sentinel' | 'cluster'
  nodes: readonly Node[]
  hasTls: boolean
  username?: string
  password?: string
  database: number
  /** Sentinel: what the group of master and replicas is called. */
  masterName?: string
}

const form =
  /^(?<scheme>rediss?)(?:\+(?<kind>sentinel|cluster))?:\/\/(?:(?<credentials>[^@/]*)@)?(?<hosts>[^/@?#\s]+)(?:\/(?<path>[^?#\s]*))?$/

/**
 * Reads an address:
 *
 * - `redis://[user:password@]host[:port][/database]`, `rediss://…` with TLS
 * - `redis+sentinel://[user:password@]host:port,host:port/<master name>[/database]`
 * - `redis+cluster://[user:password@]host:port,host:port`
 *
 * Whatever in a password is not plain is written as in any URL: `@` as `%40`.
 *
 * @throws {@link StoreAddressInvalid} When it is none of these.
 */
export function parseAddress(address: string): RedisAddress {
  const parsed = parts(address)
  if (parsed === undefined) throw new StoreAddressInvalid(hidePassword(address))
  return parsed
}

function parts(address: string): RedisAddress | undefined {
  const groups = form.exec(address)?.groups
  if (groups === undefined) return undefined
  const { scheme, kind = 'standalone', credentials = '', hosts = '', path = '' } = groups
  const [first = '', ...rest] = path.split('/')
  const [name, database] = kind === 'sentinel' ? [first, rest.shift() ?? ''] : ['', first]
  const nodes = hosts.split(',').map((host) => nodeOf(host, kind === 'sentinel' ? 26_379 : 6379))
  const login = loginOf(credentials)
  const isWhole =
    rest.length === 0 &&
    /^\d{0,4}$/.test(database) &&
    (kind === 'sentinel') === (name !== '') &&
    !(kind === 'standalone' && nodes.length > 1) &&
    !(kind === 'cluster' && Number(database) > 0)
  if (!isWhole || login === undefined || !nodes.every((node) => node !== undefined))
    return undefined
  return {
    kind: kind as RedisAddress['kind'],
    nodes,
    hasTls: scheme === 'rediss',
    ...login,
    database: Number(database),
    ...(name === '' ? {} : { masterName: name }),
  }
}

function loginOf(text: string): { username?: string; password?: string } | undefined {
  const [, username = '', password = ''] = /^([^:]*):?(.*)$/.exec(text) ?? []
  try {
    return {
      ...(username === '' ? {} : { username: decodeURIComponent(username) }),
      ...(password === '' ? {} : { password: decodeURIComponent(password) }),
    }
  } catch {
    return undefined
  }
}

function nodeOf(text: string, defaultPort: number): Node | undefined {
  const url = URL.canParse(`tcp://${text}`) ? new URL(`tcp://${text}`) : undefined
  if (url === undefined || url.hostname === '') return undefined
  return {
    host: url.hostname.replaceAll(/^\[|\]$/g, ''),
    port: url.port === '' ? defaultPort : Number(url.port),
  }
}
