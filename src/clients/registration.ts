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
  #last: Promise<unknown> = Promise.resolve()

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
  register(metadata: Partial<RelyingParty> = {}): Promise<RelyingParty> {
    return this.#inTurn(() => this.#register(metadata))
  }

  async #register(metadata: Partial<RelyingParty>): Promise<RelyingParty> {
    const { clients } = this.#options
    const client = { ...this.#defaultsFor(metadata), ...metadata }
    if (await clients.find(client.client_id)) throw new ClientTaken(client.client_id)
    if ((await clients.list()).length >= mostClients)
      throw new LimitReached(
        mostClients,
        `this world has ${mostClients} relying parties`,
        'Remove some, or end it.',
      )
    return this.#keep(client)
  }

  /**
   * Changes what is said; the rest stays. `null` takes a key away.
   *
   * @throws {@link MetadataRefused} And {@link ClientNotFound}.
   */
  change(clientId: string, metadata: Readonly<Record<string, unknown>>): Promise<RelyingParty> {
    return this.#inTurn(() => this.#change(clientId, metadata))
  }

  async #change(
    clientId: string,
    metadata: Readonly<Record<string, unknown>>,
  ): Promise<RelyingParty> {
    const before = await this.get(clientId)
    if ('client_id' in metadata && metadata['client_id'] !== clientId)
      throw new MetadataRefused([
        { path: ['client_id'], message: 'cannot be changed. Register another instead' },
      ])
    const kept = Object.entries({ ...before, ...metadata }).filter(([, value]) => value !== null)
    return this.#keep(Object.fromEntries(kept) as RelyingParty)
  }

  /** @throws {@link ClientNotFound} */
  async remove(clientId: string): Promise<void> {
    const { client_id: id } = await this.get(clientId)
    await this.#options.changes.change({ [clientKey(id)]: { removed: true } })
  }

  /** @throws {@link ClientNotFound} */
  async get(clientId: string): Promise<RelyingParty> {
    const { clients } = this.#options
    const client = await clients.find(clientId)
    if (client) return client
    const known = (await clients.list()).map(({ client_id: id }) => id)
    throw new ClientNotFound(clientId, known)
  }

  /** One after the other, each with what the one before left: each reads before it writes. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const earlier = this.#last
    const done = (async () => {
      await earlier
      await this.#options.changes.refresh()
      return work()
    })()
    this.#last = done.catch(() => undefined)
    return done
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

  async #keep(client: RelyingParty): Promise<RelyingParty> {
    const { clients: read = [], problems } = checkClients({ clients: [client] })
    const found = [...problems, ...read.flatMap((one) => this.#options.problemsOf(one))]
    // Without the place in a list of one that nobody wrote.
    const own = found.map(({ path, message }) => ({ path: path.slice(2), message }))
    if (own.length > 0) throw new MetadataRefused(own)
    const known = read[0]!.client
    await this.#options.changes.change({ [clientKey(known.client_id)]: known as unknown as Json })
    return known
  }
}
