import { setTimeout as pause } from 'node:timers/promises'
import type { Person } from '../../../src/index.ts'
import type { Code, Portal } from './portal.ts'
import type { Tally } from './tally.ts'
import type { Visitor } from './visitor.ts'

/** People who keep coming until they are told that it is over. */
export class Crowd {
  readonly #portal: Portal
  readonly #tally: Tally
  readonly #person: Person
  readonly #signedIn: Visitor[] = []
  readonly #refreshTokens: string[] = []
  #isOver = false
  #turn = 0

  constructor(portal: Portal, tally: Tally, person: Person) {
    this.#portal = portal
    this.#tally = tally
    this.#person = person
  }

  /** Comes until {@link end}, and returns when everybody has finished what they were at. */
  async come(): Promise<void> {
    await Promise.all([
      ...Array.from({ length: 4 }, () => this.#repeat(() => this.#withoutPages())),
      ...Array.from({ length: 4 }, () => this.#repeat(() => this.#onPages())),
      ...Array.from({ length: 2 }, () => this.#repeat(() => this.#renewing())),
      this.#repeat(() => this.#passing()),
    ])
  }

  end(): void {
    this.#isOver = true
  }

  /** Whoever was told that they are signed in still is, and what can be renewed can be renewed. */
  async lookAfterwards(): Promise<void> {
    for (const browser of this.#signedIn)
      if (await this.#portal.passSilently(browser))
        this.#tally.count('sessions that were still there')
    for (const token of this.#refreshTokens)
      if (await this.#portal.refresh(token))
        this.#tally.count('refresh tokens that still were good')
  }

  async #repeat(work: () => Promise<void>): Promise<void> {
    while (!this.#isOver)
      await work().catch((error: unknown) => {
        this.#tally.broken.push(String(error))
      })
  }

  /** Up to so many milliseconds, different each time and the same in each run. */
  async #think(longest: number): Promise<void> {
    await pause((++this.#turn * 7919) % longest)
  }

  async #withoutPages(): Promise<void> {
    const code = await this.#portal.signInWithoutPages()
    await this.#think(this.#turn % 10 === 0 ? 8000 : 200)
    if (this.#turn % 5 === 0) {
      await this.#portal.redeemTwice(code)
      this.#tally.count('codes presented twice at once')
    } else await this.#redeem(code, 'sign-ins without a page')
  }

  async #onPages(): Promise<void> {
    const browser = this.#portal.browser()
    const { blows } = this.#tally
    const code = await this.#portal.signInOnPages(browser, this.#person, () => this.#think(900))
    this.#signedIn.push(browser)
    if (this.#tally.blows > blows) this.#tally.count('of these, in the middle of a blow')
    await this.#redeem(code, 'sign-ins on pages')
  }

  async #redeem(code: Code, what: string): Promise<void> {
    const tokens = await this.#portal.redeem(code)
    if (tokens === undefined) return
    await this.#portal.userinfo(tokens)
    this.#tally.count(what)
  }

  async #renewing(): Promise<void> {
    const code = await this.#portal.signInWithoutPages({
      scope: 'openid offline_access',
      prompt: 'consent',
    })
    let tokens = await this.#portal.redeem(code)
    for (let times = 0; times < 20 && tokens?.refresh_token !== undefined; times++) {
      await this.#think(400)
      tokens = await this.#portal.refresh(tokens.refresh_token)
      if (tokens) this.#tally.count('refreshes')
    }
    if (tokens?.refresh_token !== undefined) this.#refreshTokens.push(tokens.refresh_token)
  }

  async #passing(): Promise<void> {
    await this.#think(300)
    const browser = this.#signedIn[this.#turn % Math.max(1, this.#signedIn.length)]
    const code = browser && (await this.#portal.passSilently(browser))
    if (code) await this.#redeem(code, 'passages without a page, by a session')
  }
}
