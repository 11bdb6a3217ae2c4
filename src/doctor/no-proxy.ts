import { BlockList, isIP, isIPv4 } from 'node:net'
import { hostOf, isLoopback, portOf } from './hosts.ts'

/**
 * How the HTTP clients of portals read NO_PROXY. There is no standard, and they differ just where
 * it hurts: a leading dot, a port, a network, blanks for commas.
 */
const rules: Readonly<Record<string, (noProxy: string, target: Target) => boolean>> = {
  curl: (noProxy, { host }) =>
    noProxy.trim() === '*' ||
    noProxy
      .split(/[,\s]+/)
      .some((entry) =>
        isIP(host) === 0
          ? isUnder(host, entry.replace(/\.$/, '').replace(/^\./, ''))
          : entry === host || isInNetwork(host, entry),
      ),
  Go: (noProxy, target) =>
    target.isLocalhost || commaSeparated(noProxy).some((entry) => isGoMatch(entry, target)),
  'Python requests': (noProxy, { host, port }) =>
    noProxy.trim() === '*' ||
    commaSeparated(noProxy.replaceAll(' ', '')).some((entry) =>
      isIPv4(host)
        ? entry === host || isInNetwork(host, entry)
        : [host, `${host}:${port}`].some((name) => isUnder(name, entry.replace(/^\.+/, ''))),
    ),
  'Node fetch': (noProxy, { host, port }) =>
    noProxy === '*' ||
    noProxy.split(/[,\s]/).some((entry) => {
      const [name, entryPort] = splitPort(entry)
      const isPort = entryPort === undefined || entryPort === port
      return isPort && isUnder(host, name.replace(/^\*?\./, ''))
    }),
  '.NET': (noProxy, { host }) =>
    commaSeparated(noProxy).some((entry) =>
      entry.startsWith('.') ? isUnder(host, entry.slice(1)) : entry === host,
    ),
}

interface Target {
  host: string
  port: number
  /** By name or by address: what Go never sends to a proxy. */
  isLocalhost: boolean
}

/** The clients that would call a URL past the proxy, and those that would not. */
export function readersOf(noProxy: string, url: URL): { direct: string[]; proxied: string[] } {
  const host = hostOf(url).replace(/\.$/, '')
  const isLocalhost = host === 'localhost' || (isIP(host) !== 0 && isLoopback(url))
  const target = { host, port: portOf(url), isLocalhost }
  const clients = Object.entries(rules)
  const isDirect = clients.map(([, covers]) => covers(noProxy.toLowerCase(), target))
  return {
    direct: clients.filter((_, index) => isDirect[index]).map(([name]) => name),
    proxied: clients.filter((_, index) => !isDirect[index]).map(([name]) => name),
  }
}

function isGoMatch(entry: string, { host, port }: Target): boolean {
  if (entry === '*' || isInNetwork(host, entry)) return true
  const [name, entryPort] = splitPort(entry)
  if (entryPort !== undefined && entryPort !== port) return false
  if (isIP(name) !== 0) return name === host
  const suffix = name.replace(/^\*(?=\.)/, '')
  return suffix.startsWith('.') ? host.endsWith(suffix) : isUnder(host, suffix)
}

const commaSeparated = (noProxy: string) =>
  noProxy
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')

const isUnder = (host: string, domain: string) =>
  domain !== '' && (host === domain || host.endsWith(`.${domain}`))

/** `host:port` taken apart; a bare IPv6 address has colons of its own. */
function splitPort(entry: string): [name: string, port?: number] {
  const bracketed = /^\[(.+)\](?::(\d+))?$/.exec(entry)
  const plain = /^([^:]+):(\d+)$/.exec(entry)
  const [, name = entry, port] = bracketed ?? plain ?? []
  return port === undefined ? [name] : [name, Number(port)]
}

function isInNetwork(host: string, entry: string): boolean {
  const [network = '', bits = ''] = entry.split('/')
  const family = isIP(network)
  const isNetwork =
    family !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)
  if (!isNetwork || isIP(host) !== family) return false
  const type = family === 4 ? 'ipv4' : 'ipv6'
  const list = new BlockList()
  list.addSubnet(network, Number(bits), type)
  return list.check(host, type)
}
