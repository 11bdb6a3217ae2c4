/**
 * Signs people in at the demo portal, as browsers would, and ends with 1 when that does not work:
 *
 * ```
 * node docker/smoke.mjs [--sign-ins 4] [--midway 'docker kill …']
 * ```
 *
 * Inside the network, `--internal` and `--internal-portal` say where to connect; the addresses that
 * a browser would show stay what they are, and so do Host headers and cookies. `--midway` is run
 * when every person has a code and no portal has redeemed one.
 */

import { execSync } from 'node:child_process'
import { request } from 'node:http'
import { parseArgs } from 'node:util'

/**
 * @typedef {object} Reply
 * @property {number} status
 * @property {string | undefined} location
 * @property {string[][]} cookies Names and values.
 * @property {string} text
 */

const { values } = parseArgs({
  options: {
    issuer: { type: 'string', default: 'http://localhost:3006' },
    portal: { type: 'string', default: 'http://localhost:3007' },
    internal: { type: 'string' },
    'internal-portal': { type: 'string' },
    'sign-ins': { type: 'string', default: '1' },
    midway: { type: 'string' },
  },
})
const { issuer, portal, internal, midway } = values
const person = { id: 'adult-level-2', name: 'Nguyễn Thị Minh Anh' }
const reached = new Map([
  [new URL(issuer).origin, internal ?? issuer],
  [new URL(portal).origin, values['internal-portal'] ?? portal],
])

/** What a relying party must read: the issuer that browsers know, and endpoints that it can reach. */
async function checkDiscovery() {
  const { status, text } = await get(`${internal ?? issuer}/.well-known/openid-configuration`)
  if (status !== 200) throw new Error(`discovery answered ${status}: ${text.slice(0, 300)}`)
  const found = JSON.parse(text)
  expectSame('issuer', found.issuer, issuer)
  expectSame('authorization_endpoint', new URL(found.authorization_endpoint).origin, issuer)
  if (internal !== undefined)
    expectSame('token_endpoint', new URL(found.token_endpoint).origin, internal)
}

/**
 * @param {string} what
 * @param {string} found
 * @param {string} wanted
 */
function expectSame(what, found, wanted) {
  if (found !== wanted) throw new Error(`${what} must be at ${wanted}, got ${found}.`)
}

/** Keeps cookies for each origin, and says by one of them who it is. */
class Browser {
  /** @type {Map<string, Map<string, string>>} */
  #cookies = new Map([[new URL(issuer).origin, new Map([['mock_vneid_as', person.id]])]])
  /** Where it was sent and has not gone yet. */
  next = ''
  summary = ''

  /**
   * Goes to an address and wherever that leads, and stops before it hands a code to the portal.
   *
   * @param {string} address
   */
  async open(address) {
    let reply = await this.#get(address)
    for (let hops = 0; reply.location !== undefined && hops < 10; hops++) {
      this.next = new URL(reply.location, address).href
      if (new URL(this.next).pathname === '/callback') return reply
      address = this.next
      reply = await this.#get(address)
    }
    this.next = ''
    return reply
  }

  /** Hands the code to the portal, and looks whether the portal now knows who this is. */
  async finish() {
    const back = await this.#get(this.next)
    const profile = back.location && (await this.open(new URL(back.location, portal).href))
    if (!profile || profile.status !== 200 || !profile.text.includes(person.name))
      throw new Error(`the portal does not know ${person.name}: ${this.summary}`)
  }

  /** @param {string} address */
  async #get(address) {
    const { origin } = new URL(address)
    const jar = this.#cookies.get(origin) ?? new Map()
    this.#cookies.set(origin, jar)
    const cookie = Array.from(jar, ([name, value]) => `${name}=${value}`).join('; ')
    const reply = await get(address, { Cookie: cookie, Accept: 'text/html' })
    for (const [name = '', value = ''] of reply.cookies) jar.set(name, value)
    const said = reply.text.replace(/<style.*?<\/style>|<[^>]*>|\s+/gs, ' ').replace(/ +/g, ' ')
    this.summary = `${address} answered ${reply.status} ${said.slice(0, 500)}`
    return reply
  }
}

/**
 * A request to where the address is reached, under the name that the address has.
 *
 * @param {string} address
 * @param {Record<string, string>} [headers]
 * @returns {Promise<Reply>}
 */
function get(address, headers = {}) {
  const { host, origin, pathname, search } = new URL(address)
  const target = new URL(`${pathname}${search}`, reached.get(origin) ?? origin)
  return new Promise((resolve, reject) => {
    const sent = request(target, { headers: { ...headers, Host: host }, timeout: 20_000 })
    sent.on('timeout', () => sent.destroy(new Error(`${address} did not answer in 20 s.`)))
    sent.on('error', reject)
    sent.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part) => (text += part))
      response.on('error', reject)
      response.on('end', () => {
        const { location, 'set-cookie': set = [] } = response.headers
        const cookies = set.map((line) => (line.split(';')[0] ?? '').split(/=(.*)/s))
        resolve({ status: response.statusCode ?? 0, location, cookies, text })
      })
    })
    sent.end()
  })
}

try {
  await checkDiscovery()
  const browsers = Array.from({ length: Number(values['sign-ins']) }, () => new Browser())
  await Promise.all(browsers.map((browser) => browser.open(`${portal}/login?return_to=/profile`)))
  const refused = browsers.find(({ next }) => !next.startsWith(`${portal}/callback?code=`))
  if (refused) throw new Error(`the provider gave no code: ${refused.summary}`)
  if (midway !== undefined) execSync(midway, { stdio: 'inherit' })
  await Promise.all(browsers.map((browser) => browser.finish()))
  process.stdout.write(
    `${browsers.length} of ${browsers.length} signed in at ${portal} through ${issuer}.\n`,
  )
} catch (error) {
  process.stderr.write(`smoke test: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
