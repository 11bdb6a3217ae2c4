/** Pages that begin or end a sign-in: coming back to one of them would go in a circle. */
const notToReturnTo = new Set([
  '/login',
  '/callback',
  '/logout',
  '/signed-out',
  '/backchannel-logout',
])

/**
 * A path of our own to send a browser to, made from what a browser said; the home page when it said
 * anything else. Whoever redirects to an address from the query without this has built an open
 * redirect: a link that starts at the portal and ends at a thief's.
 */
export function localPath(wanted: unknown, baseUrl: string): string {
  if (typeof wanted !== 'string' || !wanted.startsWith('/') || !URL.canParse(wanted, baseUrl))
    return '/'
  const url = new URL(wanted, baseUrl)
  // "/.//thief.example" is on our origin until it is written down again as "//thief.example".
  const isOurs = url.origin === new URL(baseUrl).origin && !url.pathname.startsWith('//')
  return isOurs && !notToReturnTo.has(url.pathname) ? url.pathname + url.search : '/'
}
