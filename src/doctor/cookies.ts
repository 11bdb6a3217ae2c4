import { isIP } from 'node:net'
import { hostOf, isLoopback } from './hosts.ts'

/** One Set-Cookie header, and who sent it. */
export interface Cookie {
  name: string
  value: string
  setBy: URL
  path: string
  domain: string | undefined
  isSecure: boolean
  sameSite: string | undefined
}

/** Reads Set-Cookie as a browser does (RFC 6265 §5.2), without those that clear a cookie. */
export function readCookies(headers: Headers, setBy: URL): Cookie[] {
  return headers.getSetCookie().flatMap((header): Cookie[] => {
    const [pair = '', ...rest] = header.split(';')
    const at = pair.indexOf('=')
    const attributes = new Map(
      rest.map((attribute) => {
        const [name = '', ...value] = attribute.split('=')
        return [name.trim().toLowerCase(), value.join('=').trim()]
      }),
    )
    const name = pair.slice(0, at).trim()
    const isCleared =
      Number(attributes.get('max-age') ?? 1) <= 0 ||
      attributes.get('expires')?.includes('1970') === true
    if (at < 1 || isCleared) return []
    const path = attributes.get('path') ?? ''
    return [
      {
        name,
        value: pair.slice(at + 1).trim(),
        setBy,
        path: path.startsWith('/') ? path : folderOf(setBy),
        domain: attributes.get('domain')?.replace(/^\./, '').toLowerCase() || undefined,
        isSecure: attributes.has('secure'),
        sameSite: attributes.get('samesite')?.toLowerCase(),
      },
    ]
  })
}

/** Why a browser would not send this cookie to a page, or `undefined` when it would. */
export function whyLost(cookie: Cookie, page: URL): string | undefined {
  return whyNotKept(cookie) ?? whyNotSent(cookie, page)
}

/** The same, of the cookies that a page can expect: what is for where it goes on is not among them. */
export function whyMissing(cookie: Cookie, page: URL): string | undefined {
  const { path, setBy } = cookie
  const isForLater = path.startsWith(`${setBy.pathname}/`)
  return isForLater ? whyNotKept(cookie) : whyLost(cookie, page)
}

/** Whether only some browsers keep it: Safari holds Secure to https, on localhost too. */
export const isForSomeBrowsers = ({ isSecure, setBy }: Cookie): boolean =>
  isSecure && setBy.protocol === 'http:' && isLoopback(setBy)

/** Why a browser would throw this cookie away at once, or `undefined` when it would not. */
export function whyNotKept({
  name,
  setBy,
  domain,
  isSecure,
  sameSite,
  path,
}: Cookie): string | undefined {
  const isPlain = setBy.protocol === 'http:' && !isLoopback(setBy)
  if (isSecure && isPlain) return 'it is Secure, and came over http'
  if (sameSite === 'none' && !isSecure) return 'it says SameSite=None without Secure'
  if (/^__(Secure|Host)-/i.test(name) && !isSecure) return 'its name demands Secure'
  if (/^__Host-/i.test(name) && (domain !== undefined || path !== '/'))
    return 'its name demands Path=/ and no Domain'
  if (domain !== undefined && !isWithin(hostOf(setBy), domain))
    return `its Domain is ${domain}, and it came from ${hostOf(setBy)}`
  return undefined
}

function whyNotSent({ setBy, domain, isSecure, path }: Cookie, page: URL): string | undefined {
  const isSameHost =
    domain === undefined ? hostOf(page) === hostOf(setBy) : isWithin(hostOf(page), domain)
  if (!isSameHost) return `it belongs to ${hostOf(setBy)}, and the page is at ${hostOf(page)}`
  if (isSecure && page.protocol === 'http:' && !isLoopback(page))
    return 'it is Secure, and the page is http'
  const { pathname } = page
  const isUnderPath =
    pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`)
  return isUnderPath ? undefined : `its Path is ${path}, and the page is at ${pathname}`
}

const isWithin = (host: string, domain: string) =>
  host === domain || (isIP(host) === 0 && host.endsWith(`.${domain}`))

const folderOf = ({ pathname }: URL) => pathname.slice(0, pathname.lastIndexOf('/')) || '/'
