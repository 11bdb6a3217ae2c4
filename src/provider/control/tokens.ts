import type { Client, IdToken, KoaContextWithOIDC, Provider } from 'oidc-provider'
import als from 'oidc-provider/lib/helpers/als.js'
import {
  PersonNotFound,
  scopeClaims,
  type Claims,
  type People,
  type Person,
} from '../../accounts/index.ts'
import { ClientNotFound, roleKinds, type Clients } from '../../clients/index.ts'
import type { Store } from '../../kernel/index.ts'
import { amrOf, rolesAllowed, RoleNotFound, type Factor, type SignIns } from '../../signin/index.ts'
import type { AccountFinder } from '../account.ts'
import { grantFor } from '../grants.ts'
import { noteOf } from '../notes.ts'
import type { WorldTime } from '../records/world-time.ts'
import { AccountUnusable, type MintedTokens, type MintOptions } from './minted.ts'
import { Minting } from './minting.ts'

export interface TokensOptions {
  provider: Provider
  people: People
  clients: Clients
  signIns: SignIns
  store: Store
  findAccount: AccountFinder
  time: WorldTime
  accessTokenSeconds: number
}

/** What somebody has proved who walked every step. */
const factors: readonly Factor[] = ['password', 'app-code', 'passcode']

/** How many are made at once: enough to keep the threads that sign busy. */
const atOnce = 32

/** How much longer than its tokens a grant lives, in seconds. */
const outlives = 60

/**
 * Tokens without a sign-in, for those who need many of them. They are what a sign-in through every
 * step would give now, but for two things: no session stands behind them, and the ID token names
 * its access token by `at_hash` (OpenID Connect Core §3.1.3.6), so that of many each is another.
 */
export class Tokens {
  readonly #options: TokensOptions

  constructor(options: TokensOptions) {
    this.#options = options
  }

  /**
   * @throws {@link AccountUnusable} When they could not sign in, {@link RoleNotFound} when they
   *   cannot act for the subject at this relying party, {@link PersonNotFound} and
   *   {@link ClientNotFound} when there is none of that id.
   */
  async mint(options: MintOptions): Promise<MintedTokens> {
    const [tokens] = await this.#batch(options, 1)
    return tokens!
  }

  /**
   * As many as are asked for, as they are made. Throws as {@link Tokens.mint} does, and what the
   * signal is aborted with.
   *
   * @throws {@link TokensGone} When the world has forgotten those that it made first.
   */
  async *mintMany(
    { count, ...options }: MintOptions & { count: number },
    signal?: AbortSignal,
  ): AsyncGenerator<MintedTokens, void> {
    const minting =
      count > atOnce ? new Minting(this.#options.store, this.#options.time) : undefined
    for (let left = count; left > 0; left -= atOnce) {
      const batch = await unlessAborted(signal, async () => {
        await minting?.goOn()
        const made = await this.#batch(options, Math.min(left, atOnce))
        if (left <= atOnce) await minting?.end()
        return made
      })
      for (const tokens of batch) {
        signal?.throwIfAborted()
        yield tokens
      }
    }
  }

  /** All of one batch are of one grant. */
  async #batch(options: MintOptions, count: number): Promise<MintedTokens[]> {
    const { provider, store, time } = this.#options
    const ctx = {} as KoaContextWithOIDC
    Object.assign(ctx, { oidc: new provider.OIDCContext(ctx) })
    time.hold(ctx)
    return store.unit(() =>
      als.run(ctx, async () => {
        const form = await this.#form(ctx, options)
        return Promise.all(Array.from({ length: count }, () => this.#issue(ctx, form)))
      }),
    )
  }

  /** What all of a batch have in common. */
  async #form(ctx: KoaContextWithOIDC, options: MintOptions): Promise<Form> {
    const { provider, signIns, findAccount, time, accessTokenSeconds } = this.#options
    const { client, person, subjectId } = await this.#parties(options)
    const scope = scopeOf(options.scope)
    const amr = amrOf(factors)
    const grant = grantFor(provider, {
      accountId: person.id,
      subjectId,
      clientId: client.clientId,
      scope,
      claims: [],
    })
    Object.assign(grant, { expiresIn: accessTokenSeconds + outlives })
    await grant.save()

    const { oidc } = ctx
    if (options.claims) noteOf(ctx).claimsInstead = options.claims
    oidc.entity('Client', client)
    oidc.entity('Grant', grant)
    // Claims about the sign-in are read off the code it ended with.
    oidc.entity('AuthorizationCode', { amr })
    const account = (await findAccount(ctx, person.id))!
    oidc.entity('Account', account)
    const reached = { accountLevel: person.account.level, factors }
    return {
      client,
      grantId: grant.jti,
      scope,
      nonce: options.nonce,
      claims: {
        ...(await account.claims('id_token', scope, {}, [])),
        sub: account.accountId,
        acr: signIns.acrFor({ values: [], isEssential: false }, reached),
        amr,
        auth_time: time.now() - time.ahead(),
      },
    }
  }

  async #issue(
    ctx: KoaContextWithOIDC,
    { client, grantId, scope, nonce, claims }: Form,
  ): Promise<MintedTokens> {
    const { provider } = this.#options
    const token = new provider.AccessToken({
      accountId: ctx.oidc.account!.accountId,
      client,
      grantId,
      gty: 'authorization_code',
      scope,
    })
    const accessToken = await token.save()
    const idToken = new provider.IdToken(claims, { ctx }) as IdToken & { scope: string }
    idToken.scope = 'openid'
    idToken.set('nonce', nonce)
    idToken.set('at_hash', accessToken)
    return {
      accessToken,
      idToken: await idToken.issue({ use: 'idtoken' }),
      expiresIn: token.expiration,
      scope,
    }
  }

  async #parties({ personId, clientId, subjectId }: MintOptions): Promise<Parties> {
    const { provider, people, clients } = this.#options
    const relyingParty = await clients.find(clientId)
    const client = await provider.Client.find(clientId)
    if (!relyingParty || !client) {
      const known = (await clients.list()).map((one) => one.client_id)
      throw new ClientNotFound(clientId, known)
    }
    const person = await people.find(personId)
    if (!person) throw new PersonNotFound(personId, people.nearest(personId))
    const unusable = await people.whyUnusable(person)
    if (unusable) throw new AccountUnusable(personId, unusable)
    if (person.account.level < (relyingParty.minimum_level ?? 1))
      throw new AccountUnusable(personId, 'level_too_low')
    const roles = await rolesAllowed(people, person, relyingParty.allow ?? roleKinds)
    const ids = roles.map((role) => role.subjectId)
    const chosen = subjectId ?? ids[0]
    if (chosen === undefined) throw new AccountUnusable(personId, 'role_not_allowed')
    if (!ids.includes(chosen)) throw new RoleNotFound(personId, chosen, ids)
    return { client, person, subjectId: chosen }
  }
}

/** Work that fails because of what the signal is aborted with says that, and not how it failed. */
async function unlessAborted<T>(
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted()
  try {
    return await work()
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  }
}

interface Parties {
  client: Client
  person: Person
  subjectId: string
}

interface Form {
  client: Client
  grantId: string
  scope: string
  nonce: string | undefined
  claims: Claims
}

/** Without `offline_access`, for there is no refresh token. */
function scopeOf(asked: string): string {
  const known = asked.split(' ').filter((name) => Object.hasOwn(scopeClaims, name))
  return [...new Set(['openid', ...known])].join(' ')
}
