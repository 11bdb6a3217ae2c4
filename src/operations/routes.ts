const exact = new Set([
  '/',
  '/auth',
  '/token',
  '/token/introspection',
  '/token/revocation',
  '/me',
  '/jwks',
  '/request',
  '/session/end',
  '/session/end/confirm',
  '/session/end/success',
  '/.well-known/openid-configuration',
  '/healthz',
  '/readyz',
  '/metrics',
  '/ca.pem',
])

const families = ['/sign-in/', '/auth/', '/assets/']

/** The route of a path, from a closed list: what a stranger makes up is `other`. */
export function routeOf(path: string): string {
  if (exact.has(path)) return path
  const family = families.find((prefix) => path.startsWith(prefix))
  return family === undefined ? 'other' : `${family}*`
}

/** A request's path: what it asks for without the query, which may hold what nobody should read. */
export function pathOf(url: string | undefined): string {
  const path = (url ?? '/').replace(/^https?:\/\/[^/?#]*/i, '').split(/[?#]/, 1)[0]!
  return path.startsWith('/') ? path : '/'
}
