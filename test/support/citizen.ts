import request from 'supertest'

type Agent = ReturnType<typeof request.agent>
type Reply = Awaited<ReturnType<Agent['get']>>

/** What only one step's page has. */
const marks: Record<string, RegExp> = {
  identify: / id="password"/,
  'second-factor': / id="code"/,
  role: / name="role"/,
  face: / id="face"/,
  consent: / id="agree"/,
  passcode: / id="passcode"/,
  'select-account': / value="other-person"/,
  refused: / class="reason"/,
}

/** A browser without JavaScript: it keeps cookies, and follows redirects only when it is told to. */
export class Citizen {
  readonly agent: Agent
  readonly origin: string
  page!: Reply
  /** The path of the page it is on. */
  path = ''

  constructor({ issuer }: { issuer: string }, agent: Agent = request.agent(issuer)) {
    this.agent = agent
    this.origin = issuer
  }

  /** Another tab of the same browser. */
  tab(): Citizen {
    return new Citizen({ issuer: this.origin }, this.agent)
  }

  /** Opens an address and follows redirects as long as they stay at the mock. */
  async open(url: URL | string): Promise<Reply> {
    return this.#follow(String(url).replace(this.origin, ''))
  }

  /** Submits the page's form with these fields, its single-use word included, and follows. */
  async submit(fields: Record<string, string> = {}, form: string = this.form): Promise<Reply> {
    const reply = await this.send(fields, form)
    const { location } = reply.headers
    if (reply.status !== 303 || location === undefined) return this.#arrive(this.path, reply)
    return this.#follow(location.replace(this.origin, ''))
  }

  /** Submits the page's form and stays where it is: for second clicks and stale forms. */
  async send(fields: Record<string, string> = {}, form: string = this.form): Promise<Reply> {
    return this.agent
      .post(this.path)
      .type('form')
      .send({ form, do: this.button, ...fields })
  }

  /** What the page's first button says that it does. */
  get button(): string {
    return /<button[^>]* name="do" value="([^"]+)"/.exec(this.page.text)?.[1] ?? ''
  }

  /** The single-use word of the form on the page. */
  get form(): string {
    return /name="form" value="([^"]+)"/.exec(this.page.text)?.[1] ?? ''
  }

  /** The address outside the mock that the last redirect led to. */
  get away(): URL {
    const { location } = this.page.headers
    if (location === undefined) throw new Error(`still on a page: ${this.page.text.slice(0, 2000)}`)
    return new URL(location)
  }

  /** Whether it is still at the mock. */
  get isOnPage(): boolean {
    return this.page.headers['location'] === undefined
  }

  /** The step whose page it is on, or `none`. */
  get step(): string {
    return Object.entries(marks).find(([, mark]) => mark.test(this.page.text))?.[0] ?? 'none'
  }

  /** The code just sent, as the drawer of test data shows it. */
  get code(): string {
    return /name="code" value="(\d{6})"/.exec(this.page.text)?.[1] ?? ''
  }

  async #follow(to: string): Promise<Reply> {
    const reply = await this.agent.get(to)
    const { location } = reply.headers
    const isRedirect = reply.status >= 300 && reply.status < 400 && location !== undefined
    const isInside =
      isRedirect && (location.startsWith('/') || location.startsWith(`${this.origin}/`))
    return isInside ? this.#follow(location.replace(this.origin, '')) : this.#arrive(to, reply)
  }

  #arrive(path: string, reply: Reply): Reply {
    this.path = path
    this.page = reply
    return reply
  }
}
