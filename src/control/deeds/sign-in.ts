import { createHash } from 'node:crypto'
import { decodeJwt } from 'jose'
import type { RelyingParty } from '../../clients/index.ts'
import { faultHeader } from '../../faults/index.ts'
import type { InsideReply } from '../../http/index.ts'
import type { JournalEntry, Place } from '../../journal/index.ts'
import type { SignInResult } from '../api.ts'
import type { ControlledWorld, PlannedSignIn } from '../controlled-world.ts'
import type { OperationInputs } from '../operations/types.ts'
import { ControlRefused } from '../refused.ts'
import { authenticationOf } from './client-authentication.ts'
import { CookieJar } from './cookie-jar.ts'
import { AskedWrongly, SignInRefused } from './errors.ts'
import { clientOf, planOf } from './who.ts'

type Asked = OperationInputs['signIn']

const usualScope = 'openid profile vneid'

/**
 * Signs somebody in as a browser and a relying party do it together: through the world's own
 * endpoints, with PKCE, state and nonce.
 *
 * @throws {@link SignInRefused} When the relying party would hear an error.
 */
export async function signIn(world: ControlledWorld, asked: Asked): Promise<SignInResult> {
  const client = await clientOf(world, asked.client)
  const { response_mode: mode = 'query' } = asked.parameters ?? {}
  if (mode !== 'query')
    throw new AskedWrongly(
      `parameters.response_mode must be query, got "${mode}": the code is read from the address that the browser is sent to. Leave it out.`,
    )
  const signInId = world.random.id()
  const plan = { ...(await planOf(world, asked)), signInId }
  const attempt = new Attempt(world, client, asked, plan, await world.journal.end())
  const { code, callbackUrl } = await attempt.authorize()
  const began = {
    signInId,
    callbackUrl,
    code,
    codeVerifier: attempt.verifier,
    redirectUri: attempt.redirectUri,
  }
  const tokens = asked.returns === 'code' ? {} : await attempt.redeem(code)
  const journal = await attempt.journal()
  return { ...began, ...tokens, cookies: attempt.jar.cookies(), journal }
}

interface TokenReply {
  access_token: string
  id_token?: string
  refresh_token?: string
  expires_in?: number
  scope?: string
}

/** One browser and one relying party, in the middle of one sign-in. */
class Attempt {
  readonly verifier: string
  readonly redirectUri: string
  readonly jar: CookieJar
  readonly #world: ControlledWorld
  readonly #client: RelyingParty
  readonly #asked: Asked
  readonly #plan: PlannedSignIn & { signInId: string }
  /** Where in the journal it began. */
  readonly #beginning: Place

  constructor(
    world: ControlledWorld,
    client: RelyingParty,
    asked: Asked,
    plan: PlannedSignIn & { signInId: string },
    beginning: Place,
  ) {
    this.verifier = world.random.bytes(32).toString('base64url')
    this.redirectUri = redirectUriOf(client, asked)
    this.jar = new CookieJar(world.issuer, asked.cookies ?? [])
    this.#world = world
    this.#client = client
    this.#asked = asked
    this.#plan = plan
    this.#beginning = beginning
  }

  async authorize(): Promise<{ code: string; callbackUrl: string }> {
    const reply = await this.#open(await this.#authorizationUrl())
    const callbackUrl = reply.headers['location'] ?? ''
    const said = URL.canParse(callbackUrl) ? new URL(callbackUrl).searchParams : undefined
    const code = said?.get('code')
    if (code) return { code, callbackUrl }
    throw await this.#refused(reply, said ?? new URLSearchParams())
  }

  async redeem(code: string): Promise<Partial<SignInResult>> {
    const { issuer } = this.#world
    const form = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: this.redirectUri,
      code_verifier: this.verifier,
    }
    const reply = await this.#post(`${issuer}/token`, form, redeemYourself)
    const tokens = await this.#read<TokenReply>(reply, 200)
    const { access_token: accessToken, id_token: idToken } = tokens
    return {
      accessToken,
      ...(idToken === undefined ? {} : { idToken }),
      ...(tokens.refresh_token === undefined ? {} : { refreshToken: tokens.refresh_token }),
      ...(tokens.scope === undefined ? {} : { scope: tokens.scope }),
      ...(tokens.expires_in === undefined ? {} : { expiresIn: tokens.expires_in }),
      claims: { ...readable(idToken), ...(await this.#userinfo(accessToken)) },
    }
  }

  /** What happened in it so far. */
  async journal(): Promise<JournalEntry[]> {
    const entries: JournalEntry[] = []
    for await (const entry of this.#world.journal.arrivals(this.#beginning, { timeoutMs: 0 }))
      if (entry.signInId === this.#plan.signInId) entries.push(entry)
    return entries
  }

  async #authorizationUrl(): Promise<string> {
    const { issuer } = this.#world
    const { client_id: clientId } = this.#client
    const params = this.#parameters()
    if (this.#client['require_pushed_authorization_requests'] !== true)
      return `${issuer}/auth?${new URLSearchParams(params).toString()}`
    const reply = await this.#post(`${issuer}/request`, params, beginYourself)
    const { request_uri: requestUri } = await this.#read<{ request_uri: string }>(reply, 201)
    const query = new URLSearchParams({ client_id: clientId, request_uri: requestUri })
    return `${issuer}/auth?${query.toString()}`
  }

  #parameters(): Record<string, string> {
    const { random } = this.#world
    const { scope = usualScope, acr, state, nonce, parameters = {} } = this.#asked
    return {
      client_id: this.#client.client_id,
      response_type: 'code',
      redirect_uri: this.redirectUri,
      scope,
      state: state ?? random.id(),
      nonce: nonce ?? random.id(),
      code_challenge: createHash('sha256').update(this.verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...(acr === undefined ? {} : { acr_values: acr }),
      ...parameters,
    }
  }

  async #open(url: string): Promise<InsideReply> {
    const cookie = this.jar.header(url)
    const headers = { accept: 'text/html', ...(cookie === '' ? {} : { cookie }) }
    const reply = await this.#world.works().call({ method: 'GET', url, headers }, this.#plan)
    this.jar.take(url, reply.cookies)
    return reply
  }

  async #post(url: string, form: Record<string, string>, instead: string): Promise<InsideReply> {
    const { headers, params } = await authenticationOf(this.#world, this.#client, instead)
    return this.#world.works().call({
      method: 'POST',
      url,
      headers: {
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      body: new URLSearchParams({ ...form, ...params }).toString(),
    })
  }

  /** An encrypted reply is for the relying party alone. */
  async #userinfo(accessToken: string): Promise<Record<string, unknown>> {
    const reply = await this.#world.works().call({
      method: 'GET',
      url: `${this.#world.issuer}/me`,
      headers: { authorization: `Bearer ${accessToken}` },
    })
    if (!reply.headers['content-type']?.startsWith('application/jwt')) return this.#read(reply, 200)
    const claims = reply.status === 200 ? readable(reply.body) : undefined
    if (claims === undefined) throw await this.#refused(reply)
    return claims
  }

  /** What a reply says as JSON, where it is the one that a relying party waits for. */
  async #read<T extends object>(reply: InsideReply, status: number): Promise<T> {
    const said = reply.status === status ? objectIn(reply.body) : undefined
    if (said === undefined) throw await this.#refused(reply)
    return said as T
  }

  /** @param said What stands in the address that the browser was sent to; in the body, without. */
  async #refused(reply: InsideReply, said?: URLSearchParams): Promise<SignInRefused> {
    const { status, headers } = reply
    const fault = headers[faultHeader]
    if (status === 503 && fault === undefined) throw outOfReach()
    const journal = await this.journal()
    const last = journal.at(-1)
    const params = said ?? paramsIn(reply.body)
    const error = params.get('error')
    const why = last?.isOk === false ? last.why?.rule : undefined
    if (fault !== undefined && fault !== 'slow')
      return new SignInRefused({
        error: error || `fault ${fault}`,
        errorDescription: `the fault "${fault}" was armed for this. The reply had status ${status}, and could not be used.`,
        journal,
      })
    return new SignInRefused({
      error: error || (last?.decided ?? `status ${status}`),
      errorDescription:
        params.get('error_description') ||
        (why ?? (said ? 'the mock showed a page instead.' : unusable(status))),
      journal,
    })
  }
}

/** The store's failure is no refusal: whoever asked may try again, and is not kept waiting now. */
const outOfReach = () =>
  new ControlRefused({
    code: 'ERR_STORE_UNAVAILABLE',
    detail:
      'the store went out of reach, or is full, in the middle of the sign-in. Try again in a moment.',
  })

const unusable = (status: number) => `a reply with status ${status} could not be used.`

const redeemYourself = 'Ask for returns: "code", and redeem the code with that key.'

const beginYourself =
  'It must push its requests with that key: decide by signIns.next who its next sign-in is, and let it begin one.'

/** The claims of a token: none of one that is encrypted, `undefined` when it is no token. */
function readable(token: string = ''): Record<string, unknown> | undefined {
  const { length: parts } = token.split('.')
  if (parts === 5) return {}
  return parts === 3 ? decodeJwt(token) : undefined
}

function redirectUriOf(client: RelyingParty, { redirectUri }: Asked): string {
  const [first] = client.redirect_uris ?? []
  if (redirectUri !== undefined) return redirectUri
  if (first !== undefined) return first
  if (client.leniencies?.includes('any-loopback-redirect-uri')) return 'http://localhost/cb'
  throw new AskedWrongly(
    `redirectUri must be given: "${client.client_id}" has registered none. Give one, or change the relying party.`,
  )
}

function paramsIn(body: string): URLSearchParams {
  const said = objectIn(body) ?? {}
  const texts = ['error', 'error_description'].flatMap((name): [string, string][] => {
    const text = (said as Record<string, unknown>)[name]
    return typeof text === 'string' ? [[name, text]] : []
  })
  return new URLSearchParams(texts)
}

function objectIn(body: string): object | undefined {
  try {
    const said: unknown = JSON.parse(body)
    return typeof said === 'object' && said !== null ? said : undefined
  } catch {
    return undefined
  }
}
