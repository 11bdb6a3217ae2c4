/** An answer as a browser sees it. */
export interface Shown {
  status: number
  url: string
  html: string
  headers: Headers
}

/** Keeps cookies, as one browser does: by name, because ports of one host share them. */
export class Browser {
  readonly cookies = new Map<string, string>()

  /** Asks for one address and stays there, wherever it points. */
  async ask(url: string | URL, form?: Record<string, string>): Promise<Response> {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    return response
  }

  /** Asks for an address and follows redirects to the page at their end. */
  async visit(url: string | URL, form?: Record<string, string>): Promise<Shown> {
    let at = new URL(url)
    let response = await this.ask(at, form)
    for (let hops = 0; response.headers.has('location'); hops++) {
      if (hops > 10) throw new Error(`redirected in a circle at ${at.href}`)
      at = new URL(response.headers.get('location') ?? '', at)
      response = await this.ask(at)
    }
    const { status, headers } = response
    return { status, url: at.href, html: await response.text(), headers }
  }

  /** Where an address redirects to. */
  async redirect(url: string | URL, form?: Record<string, string>): Promise<URL> {
    const response = await this.ask(url, form)
    const location = response.headers.get('location')
    if (location === null) throw new Error(`${String(url)} answers ${response.status}, no redirect`)
    return new URL(location, url)
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';')
    const [name = '', ...value] = pair.split('=')
    const isCleared = attributes.some((attribute) => /expires=thu, 01 jan 1970/i.test(attribute))
    if (isCleared) this.cookies.delete(name)
    else this.cookies.set(name, value.join('='))
  }
}

/** The value of a hidden field of a page. */
export function hiddenField(html: string, name: string): string {
  const found = new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1]
  if (found === undefined) throw new Error(`the page has no field "${name}"`)
  return found
}
