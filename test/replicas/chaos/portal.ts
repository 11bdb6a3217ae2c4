import { createHash, randomBytes } from 'node:crypto'
import type { Person } from '../../../src/index.ts'
import type { Place } from '../../support/wire.ts'
import type { Tally } from './tally.ts'
import { Visitor, type Outcome } from './visitor.ts'

const redirectUri = 'http://localhost:8080/cb'
const basic = { Authorization: `Basic ${Buffer.from('test-rp:test-rp-secret').toString('base64')}` }

export interface Code {
  code: string
  verifier: string
}

export interface Tokens {
  access_token: string
  refresh_token?: string
}

const random = () => randomBytes(32).toString('base64url')

/** A portal, and the browsers of the people who come from it: does everything as often as it takes. */
export class Portal {
  readonly #place: Place
  readonly #tally: Tally
  readonly #server: Visitor

  constructor(place: Place, tally: Tally) {
    this.#place = place
    this.#tally = tally
    this.#server = this.browser()
  }

  browser(): Visitor {
    return new Visitor(this.#place, this.#tally)
  }

  /** A code for somebody who signs in without a page. */
  async signInWithoutPages(params: Record<string, string> = {}): Promise<Code> {
    const { path, verifier } = request({ login_hint: 'auto:adult-level-2', ...params })
    const code = this.#codeIn(await this.browser().ask(path), 'a sign-in without a page')
    return { code, verifier }
  }

  /** A code for somebody who is signed in already, or `undefined` when nobody knows them any more. */
  async passSilently(browser: Visitor): Promise<Code | undefined> {
    const { path, verifier } = request({ prompt: 'none' })
    const reply = await browser.ask(path)
    const location = new URL(String(reply.headers['location'] ?? 'about:blank'))
    const code = location.searchParams.get('code')
    if (code !== null) return { code, verifier }
    this.#tally.broken.push(`a session was lost: ${reply.status} ${location.href}`)
    return undefined
  }

  /**
   * Walks every page as this person. Whoever loses a reply loads the page again and goes on there;
   * when the page was the last one, they go back to the portal and come again.
   */
  async signInOnPages(browser: Visitor, person: Person, think: () => Promise<void>): Promise<Code> {
    for (let visit = 0; visit < 10; visit++) {
      const { path, verifier } = request({})
      const code = await this.#walk(browser, path, person, think)
      if (code !== 'begin again') return { code, verifier }
      this.#tally.begunAgain++
    }
    throw new Error('a citizen went back to the portal ten times')
  }

  /** The tokens for a code, or `undefined` when it was spent in a request whose reply was cut off. */
  async redeem(code: Code): Promise<Tokens | undefined> {
    return this.#tokensIn(await this.#present(code), 'a code')
  }

  async refresh(token: string): Promise<Tokens | undefined> {
    const form = { grant_type: 'refresh_token', refresh_token: token }
    const reply = await this.#server.ask('/token', { form, headers: basic })
    return this.#tokensIn(reply, 'a refresh token')
  }

  /** Presents one code twice at once, for which exactly one may be given tokens. */
  async redeemTwice(code: Code): Promise<void> {
    const both = await Promise.all([this.#present(code), this.#present(code)])
    const given = both.filter(({ status }) => status === 200).length
    const isUnheard = given === 0 && both.some(({ wasCut }) => wasCut)
    if (isUnheard) this.#tally.spentUnheard++
    else if (given !== 1)
      this.#tally.broken.push(`a code presented twice was redeemed ${given} times`)
  }

  async userinfo({ access_token: token }: Tokens): Promise<void> {
    const headers = { Authorization: `Bearer ${token}` }
    const { status, text } = await this.#server.ask('/me', { headers })
    if (status !== 200) this.#tally.broken.push(`userinfo answered ${status} ${text}`)
  }

  #present({ code, verifier }: Code): Promise<Outcome> {
    const form = {
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: redirectUri,
    }
    return this.#server.ask('/token', { form, headers: basic })
  }

  #tokensIn({ status, text, wasCut }: Outcome, what: string): Tokens | undefined {
    if (status === 200) return JSON.parse(text) as Tokens
    if (wasCut && text.includes('"invalid_grant"')) this.#tally.spentUnheard++
    else this.#tally.broken.push(`${what} was not redeemed: ${status} ${text}`)
    return undefined
  }

  #codeIn({ status, headers, text }: Outcome, what: string): string {
    const location = String(headers['location'] ?? 'about:blank')
    const code = new URL(location, redirectUri).searchParams.get('code')
    if (code !== null) return code
    throw new Error(`${what} ended with ${status} ${location} ${text.slice(0, 300)}`)
  }

  async #walk(
    browser: Visitor,
    start: string,
    person: Person,
    think: () => Promise<void>,
  ): Promise<string> {
    let reply = await browser.ask(start)
    let path = start
    let wasCut = reply.wasCut
    for (let step = 0; step < 40; step++) {
      const { location } = reply.headers
      if (typeof location === 'string') {
        if (location.startsWith(redirectUri)) return this.#codeIn(reply, 'a sign-in on pages')
        path = location.replace(this.#place.issuer, '')
        reply = await browser.ask(path)
      } else if (reply.status === 200) {
        await think()
        const answer = await browser.ask(path, { form: answersTo(reply.text, person) })
        // Whether it was heard or not, the page knows.
        reply = answer.wasCut ? await browser.ask(path) : answer
        wasCut ||= answer.wasCut
      } else if (wasCut && [400, 404, 410].includes(reply.status)) return 'begin again'
      else
        throw new Error(`a page answered ${reply.status} at ${path}: ${reply.text.slice(0, 600)}`)
      wasCut ||= reply.wasCut
    }
    throw new Error('the pages do not end')
  }
}

function request(params: Record<string, string>): { path: string; verifier: string } {
  const verifier = random()
  const query = new URLSearchParams({
    client_id: 'test-rp',
    response_type: 'code',
    scope: 'openid profile',
    redirect_uri: redirectUri,
    state: random(),
    nonce: random(),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...params,
  })
  return { path: `/auth?${String(query)}`, verifier }
}

const answersTo = (page: string, { id, number, account }: Person): Record<string, string> => ({
  form: /name="form" value="([^"]+)"/.exec(page)?.[1] ?? '',
  do: /<button[^>]* name="do" value="([^"]+)"/.exec(page)?.[1] ?? '',
  code: /name="code" value="(\d{6})"/.exec(page)?.[1] ?? '',
  number,
  password: account.password,
  passcode: account.passcode,
  agree: 'yes',
  role: id,
})
