import { ok, warning, type Finding } from './diagnosis.ts'
import { hostOf } from './hosts.ts'
import { readersOf } from './no-proxy.ts'
import { list, quote } from './quote.ts'

/** Variables of the process that looks, which a portal started beside it would have too. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Whether programs on this machine would go through a proxy to get to any of these addresses. */
export function examineProxies(urls: readonly URL[], environment: Environment): Finding {
  const read = reader(environment)
  const noProxy = read('no_proxy') ?? ''
  const affected = uniqueHosts(urls).flatMap((url) => {
    const proxy =
      read(url.protocol === 'https:' ? 'https_proxy' : 'http_proxy') ?? read('all_proxy')
    const { direct, proxied } = readersOf(noProxy, url)
    return proxy === undefined || proxied.length === 0 ? [] : [{ url, proxy, direct, proxied }]
  })
  const [first] = affected
  if (!first) return ok('proxy', `no proxy stands between here and ${list(hostsOf(urls))}.`)
  const { url, proxy, direct, proxied } = first
  const missing = hostsOf(affected.map((each) => each.url))
  const corrected = [...new Set([...noProxy.split(/[,\s]+/).filter(Boolean), ...missing])].join(',')
  const isThrough = ['1', 'true'].includes(environment['NODE_USE_ENV_PROXY'] ?? '')
  return warning('proxy', {
    what: `${list(missing)} would be called through the proxy ${placeOf(proxy)}: NO_PROXY is ${noProxy === '' ? 'not set' : quote(noProxy)}.`,
    why: `${
      direct.length === 0
        ? 'No client that is known here reads it as covering'
        : `${list(direct)} would call directly, but ${list(proxied)} would not: each reads NO_PROXY in its own way, and to them it does not cover`
    } ${hostOf(url)}. A proxy does not know names of this machine or of a container network, and answers 502, 503 or a page of its own. ${
      isThrough
        ? 'This examination went through it too, as NODE_USE_ENV_PROXY says.'
        : 'This examination called directly.'
    }`,
    fix: `Set NO_PROXY=${corrected} and no_proxy the same, in the portal’s environment and in its container's. Java reads neither: -Dhttp.nonProxyHosts="${missing.join('|')}".`,
  })
}

/** Lower case comes first, as in most clients. An empty variable is as good as none. */
const reader = (environment: Environment) => (name: string) =>
  [environment[name], environment[name.toUpperCase()]].find((value) => value) ?? undefined

/** Each name once, however many of its ports are called. */
const hostsOf = (urls: readonly URL[]) => [...new Set(urls.map(hostOf))]

function uniqueHosts(urls: readonly URL[]): URL[] {
  const byHost = new Map(urls.map((url) => [url.host, url]))
  return [...byHost.values()]
}

/** A proxy's address may carry a password. */
function placeOf(proxy: string): string {
  const text = /^[a-z][a-z\d+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`
  return URL.canParse(text) ? quote(new URL(text).host) : 'of the environment'
}
