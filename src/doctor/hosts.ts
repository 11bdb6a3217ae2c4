import { isIP } from 'node:net'

/** Domains of the real services: nothing of ours ever talks to them. */
const realServices = ['vneid.gov.vn', 'dancuquocgia.gov.vn', 'dichvucong.gov.vn']

/** The real service whose domain a URL is at or under, or `undefined`. */
export function realServiceOf(url: URL): string | undefined {
  const host = url.hostname.replace(/\.+$/, '')
  return realServices.find((domain) => host === domain || host.endsWith(`.${domain}`))
}

/** A URL's host without the brackets of IPv6. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1')

/** A name of this machine, for whoever says it: inside a container, that is the container itself. */
export function isLoopback(url: URL): boolean {
  const host = hostOf(url)
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '::1' || host.startsWith('127.')
  )
}

/** A name that only a container network knows: `provider`, `host.docker.internal`. */
export function isContainerName(url: URL): boolean {
  const host = hostOf(url)
  if (isIP(host) !== 0 || isLoopback(url)) return false
  return !host.includes('.') || host.endsWith('.docker.internal')
}

/** The port as a number, the scheme's own where none is written. */
export const portOf = (url: URL): number =>
  Number(url.port) || (url.protocol === 'https:' ? 443 : 80)

/** A host and port as in a URL. */
export const withScheme = (url: URL, scheme: 'http' | 'https'): string =>
  `${scheme}://${url.host}${url.pathname === '/' ? '' : url.pathname}`
