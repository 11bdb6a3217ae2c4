import type { InsideCookie } from '../../http/index.ts'
import type { Cookie } from '../api.ts'

/** The cookies of a browser that only ever calls one host. */
export class CookieJar {
  readonly #issuer: URL
  readonly #cookies = new Map<string, Cookie>()

  constructor(issuer: string, cookies: readonly Cookie[]) {
    this.#issuer = new URL(issuer)
    for (const cookie of cookies) this.#cookies.set(keyOf(cookie), cookie)
  }

  /** What is sent with a request. RFC 6265 §5.4. */
  header(url: string): string {
    const { pathname } = new URL(url)
    return [...this.#cookies.values()]
      .filter(({ path }) => isUnder(pathname, path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')
  }

  /** Takes what a reply sets, and drops what it clears. */
  take(url: string, cookies: readonly InsideCookie[]): void {
    const { pathname } = new URL(url)
    for (const set of cookies) {
      const cookie: Cookie = {
        name: set.name,
        value: set.value,
        domain: this.#issuer.hostname,
        path: set.path ?? defaultPath(pathname),
        httpOnly: set.httpOnly ?? false,
        secure: set.secure ?? false,
        sameSite: sameSiteOf(set.sameSite),
      }
      const isCleared = set.value === '' || (set.expires && set.expires.getTime() <= 0)
      if (isCleared) this.#cookies.delete(keyOf(cookie))
      else this.#cookies.set(keyOf(cookie), cookie)
    }
  }

  cookies(): Cookie[] {
    return [...this.#cookies.values()]
  }
}

const keyOf = ({ name, path }: Cookie) => `${path}\n${name}`

/** RFC 6265 §5.1.4. */
const isUnder = (pathname: string, path: string) =>
  pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`)

const defaultPath = (pathname: string) => pathname.slice(0, pathname.lastIndexOf('/')) || '/'

function sameSiteOf(text: string | undefined): Cookie['sameSite'] {
  const word = text?.toLowerCase()
  return word === 'strict' ? 'Strict' : word === 'none' ? 'None' : 'Lax'
}
