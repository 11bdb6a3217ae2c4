/**
 * The library alone, as lean as it comes: signs in whom `login_hint=auto:<id>` names inside the
 * authorization request, by a prompt that runs before the others and asks for no page.
 *
 * ```
 * node bare-provider.mjs <port> <file of a private JWK> <relying party as JSON>
 * ```
 */

import { readFileSync } from 'node:fs'
import { interactionPolicy, Provider } from 'oidc-provider'

const [port, keyFile = '', relyingParty = ''] = process.argv.slice(2)
const { clientId, clientSecret, redirectUri } = JSON.parse(relyingParty)

/** Keeps copies, as every store must: the library changes what it was handed. */
class MapAdapter {
  static #records = new Map()
  #kind

  /** @param {string} kind */
  constructor(kind) {
    this.#kind = kind
  }

  /** @param {string} id */
  #key(id) {
    return `${this.#kind}:${id}`
  }

  /**
   * @param {string} id
   * @param {import('oidc-provider').AdapterPayload} payload
   * @param {number} expiresIn
   */
  async upsert(id, payload, expiresIn) {
    const expiresAt = Date.now() + expiresIn * 1000
    MapAdapter.#records.set(this.#key(id), { json: JSON.stringify(payload), expiresAt })
    if (this.#kind === 'Session') MapAdapter.#records.set(this.#key(`uid:${payload.uid}`), id)
  }

  /** @param {string} id */
  async find(id) {
    const record = MapAdapter.#records.get(this.#key(id))
    if (record === undefined || record.expiresAt <= Date.now()) return undefined
    const payload = JSON.parse(record.json)
    return record.consumed === undefined ? payload : { ...payload, consumed: record.consumed }
  }

  /** @param {string} uid */
  async findByUid(uid) {
    return this.find(MapAdapter.#records.get(this.#key(`uid:${uid}`)))
  }

  async findByUserCode() {
    return undefined
  }

  /** @param {string} id */
  async consume(id) {
    MapAdapter.#records.get(this.#key(id)).consumed = Math.floor(Date.now() / 1000)
  }

  /** @param {string} id */
  async destroy(id) {
    MapAdapter.#records.delete(this.#key(id))
  }

  async revokeByGrantId() {}
}

/**
 * @param {import('oidc-provider').KoaContextWithOIDC | undefined} _ctx
 * @param {string} accountId
 */
const findAccount = async (_ctx, accountId) => ({
  accountId,
  claims: async () => ({ sub: accountId, name: 'Nguyễn Văn An' }),
})

const { base, Check, Prompt } = interactionPolicy
const policy = base()
policy.add(
  new Prompt(
    { name: 'automatic' },
    new Check('automatic', 'never asks for a page', async (ctx) => {
      const { oidc } = ctx
      const { client, provider } = oidc
      const hint = /** @type {string} */ (oidc.params?.['login_hint'] ?? '')
      if (!hint.startsWith('auto:') || !client || !oidc.session) return Check.NO_NEED_TO_PROMPT
      const accountId = hint.slice('auto:'.length)
      oidc.session.loginAccount({ accountId, amr: ['pwd', 'otp'] })
      oidc.entity('Account', await findAccount(ctx, accountId))
      const grant = new provider.Grant({ accountId, clientId: client.clientId })
      grant.addOIDCScope(String(oidc.params?.['scope']))
      const grantId = await grant.save()
      oidc.session.ensureClientContainer(client.clientId)
      oidc.session.grantIdFor(client.clientId, grantId)
      oidc.entity('Grant', grant)
      Object.assign(oidc, { result: { login: { accountId }, consent: { grantId } } })
      return Check.NO_NEED_TO_PROMPT
    }),
  ),
  0,
)

const provider = new Provider(`http://localhost:${port}`, {
  adapter: MapAdapter,
  clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
  jwks: { keys: [JSON.parse(readFileSync(keyFile, 'utf8'))] },
  cookies: { keys: ['a secret for the bench'] },
  claims: { openid: ['sub'], profile: ['name'] },
  features: { devInteractions: { enabled: false } },
  findAccount,
  interactions: { policy, url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  pkce: { required: () => true },
  ttl: {
    AccessToken: 600,
    AuthorizationCode: 60,
    Grant: 600,
    IdToken: 600,
    Interaction: 600,
    Session: 600,
  },
})

provider.listen(Number(port), '127.0.0.1')
