import { setTimeout as pause } from 'node:timers/promises'
import { call, type Call, type Place, type Reply } from '../../support/wire.ts'
import type { Tally } from './tally.ts'

/** How long a visitor goes on trying, in milliseconds, before it says that nobody is there. */
const patienceMs = 30_000

/** How long to wait before coming back, in milliseconds. */
const comeBackMs = 150

/**
 * The longest that any reply may take, in milliseconds, in the middle of whatever happens: the
 * proxy waits half as long, and one question to a store that is gone takes far less.
 */
const longestWaitMs = 20_000

/** What one request came to, and whether an earlier try of it may have been heard. */
export interface Outcome extends Reply {
  wasCut: boolean
}

/** A browser, or a portal's server: keeps its cookies, and comes back when it is told to. */
export class Visitor {
  readonly #place: Place
  readonly #tally: Tally
  readonly #cookies = new Map<string, { value: string; path: string }>()

  constructor(place: Place, tally: Tally) {
    this.#place = place
    this.#tally = tally
  }

  /** Asks until there is a reply that is not about being out of reach. */
  async ask(path: string, options: Call = {}): Promise<Outcome> {
    const tally = this.#tally
    let wasCut = false
    for (const begunAt = performance.now(); performance.now() - begunAt < patienceMs;) {
      const reply = await this.#once(path, options)
      if (reply === undefined || reply.status === 502 || reply.status === 504) {
        tally.cut++
        wasCut = true
      } else if (reply.status === 503) {
        tally.busy++
        // Sent, and nobody can say what came of it: as if the reply had been cut off.
        wasCut ||= /did not say in time|Không rõ thao tác/.test(reply.text)
      } else return { ...reply, wasCut }
      await pause(comeBackMs)
    }
    throw new Error(`nobody answered ${path} within ${patienceMs} ms`)
  }

  async #once(path: string, options: Call): Promise<Reply | undefined> {
    const headers = { ...options.headers, ...this.#cookieHeader(path) }
    const begunAt = performance.now()
    try {
      const reply = await call(this.#place, path, { ...options, headers })
      this.#keepCookies(reply, path)
      return reply
    } catch {
      return undefined
    } finally {
      const wait = performance.now() - begunAt
      this.#tally.waits.push(wait)
      if (wait > longestWaitMs)
        this.#tally.broken.push(`${path.split('?')[0]} took ${Math.round(wait)} ms`)
    }
  }

  #cookieHeader(path: string): { Cookie?: string } {
    const pathname = path.split('?')[0]!
    const pairs = [...this.#cookies]
      .filter(([, { path: scope }]) => pathname.startsWith(scope))
      .map(([key, { value }]) => `${key.split('@')[0]}=${value}`)
    return pairs.length === 0 ? {} : { Cookie: pairs.join('; ') }
  }

  #keepCookies({ headers }: Reply, asked: string): void {
    const given = headers['set-cookie'] ?? []
    for (const text of typeof given === 'string' ? [given] : given) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? []
      const path = /;\s*path=([^;]+)/i.exec(text)?.[1] ?? asked.split('?')[0]!
      const isGone = value === '' || /expires=Thu, 01 Jan 1970/i.test(text)
      if (isGone) this.#cookies.delete(`${name}@${path}`)
      else this.#cookies.set(`${name}@${path}`, { value, path })
    }
  }
}
