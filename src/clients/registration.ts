import {
  LimitReached,
  type Changes,
  type Json,
  type Problem,
  type Random,
} from '../kernel/index.ts'
import { checkClients, type ReadClient } from './check-clients.ts'
import { clientKey, type Clients } from './clients.ts'
import { ClientNotFound, ClientTaken, MetadataRefused } from './errors.ts'
import type { RelyingParty } from './relying-party.ts'

export interface RegistrationOptions {
  clients: Clients
  changes: Changes
  random: Random
  /** What whoever speaks the protocol has against it, beside what this room checks. */
  problemsOf: (client: ReadClient) => readonly Problem[]
}

/** How many relying parties one world may have. */
const mostClients = 10_000

/** Registers, changes and removes relying parties while a world runs, for all who serve it. */
export class Registration {
  readonly #options: RegistrationOptions

  constructor(options: RegistrationOptions) {
    this.#options = options
  }

  /**
   * Registers one. What is not said is made up: an id, a secret, `http://localhost/cb` to come back
   * to.
   *
   * @throws {@link MetadataRefused} With everything that is wrong with it.
   * @throws {@link ClientTaken} When somebody has its `client_id`.
   */
  async register(metadata: Partial<RelyingParty> = {}): Promise<RelyingParty> {
    const { clients } = this.#options
    const client = this.#checked({ ...this.#defaultsFor(metadata), ...metadata })
    await this.#update(client.client_id, async () => {
      if (await clients.find(client.client_id)) throw new ClientTaken(client.client_id)
      if ((await clients.list()).length >= mostClients)
        throw new LimitReached(
          mostClients,
          `this world has ${mostClients} relying parties`,
          'Remove some, or end it.',
        )
      return client
    })
    return client
  }

  /**
   * Changes what is said; the rest stays. `null` takes a key away.
   *
   * @throws {@link MetadataRefused} And {@link ClientNotFound}.
   */
  async change(
    clientId: string,
    metadata: Readonly<Record<string, unknown>>,
  ): Promise<RelyingParty> {
    let changed!: RelyingParty
    await this.#update(clientId, async () => {
      const before = await this.get(clientId)
      if ('client_id' in metadata && metadata['client_id'] !== clientId)
        throw new MetadataRefused([
          { path: ['client_id'], message: 'cannot be changed. Register another instead' },
        ])
      const kept = Object.entries({ ...before, ...metadata }).filter(([, value]) => value !== null)
      changed = this.#checked(Object.fromEntries(kept) as RelyingParty)
      return changed
    })
    return changed
  }

  /** @throws {@link ClientNotFound} */
  async remove(clientId: string): Promise<void> {
    await this.#update(clientId, async () => {
      await this.get(clientId)
      return { removed: true }
    })
  }

  /** @throws {@link ClientNotFound} */
  async get(clientId: string): Promise<RelyingParty> {
    const { clients } = this.#options
    const client = await clients.find(clientId)
    if (client) return client
    const known = (await clients.list()).map(({ client_id: id }) => id)
    throw new ClientNotFound(clientId, known)
  }

  #update(
    clientId: string,
    decide: () => Promise<RelyingParty | { removed: true }>,
  ): Promise<void> {
    return this.#options.changes.update(async () => ({
      [clientKey(clientId)]: (await decide()) as unknown as Json,
    }))
  }

  #defaultsFor(metadata: Partial<RelyingParty>): RelyingParty {
    const { random } = this.#options
    const method = metadata.token_endpoint_auth_method ?? 'client_secret_basic'
    return {
      client_id: `rp-${random.id()}`,
      ...(method.startsWith('client_secret')
        ? { client_secret: random.bytes(24).toString('base64url') }
        : {}),
      redirect_uris: ['http://localhost/cb'],
    }
  }

  /** @throws {@link MetadataRefused} */
  #checked(client: RelyingParty): RelyingParty {
    const { clients: read = [], problems } = checkClients({ clients: [client] })
    const found = [...problems, ...read.flatMap((one) => this.#options.problemsOf(one))]
    // Without the place in a list of one that nobody wrote.
    const own = found.map(({ path, message }) => ({ path: path.slice(2), message }))
    if (own.length > 0) throw new MetadataRefused(own)
    return read[0]!.client
  }
}
