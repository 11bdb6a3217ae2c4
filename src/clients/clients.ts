import { isDeepStrictEqual } from 'node:util'
import { nearest, type Changes, type Json } from '../kernel/index.ts'
import type { RelyingParty } from './relying-party.ts'

/** All relying parties of one world. */
export interface Clients {
  find(clientId: string): Promise<RelyingParty | undefined>
  list(): Promise<readonly RelyingParty[]>
  /** The registered `client_id` that was most likely meant. */
  nearest(clientId: string): string | undefined
  /** Whether the operator's own file says it, and nobody has changed it while the world ran. */
  isFromFile(clientId: string): boolean
}

/** Relying parties that a file says, which may be read again while a world runs. */
export interface ReplaceableClients extends Clients {
  /** From now on these. One that did not change stays the same object. */
  replace(clients: readonly RelyingParty[]): void
}

/** What the world's changes say of one: what it is now, or that it was removed. */
export type ChangedClient = RelyingParty | { removed: true }

/** Under what a changed relying party stands in the world's changes. */
export const clientKey = (clientId: string): string => `client:${clientId}`

/**
 * The relying parties of a file, and what was changed about them while the world runs.
 *
 * @param changes Where changes are looked up; nothing is ever changed without.
 */
export function createClients(
  clients: readonly RelyingParty[],
  changes?: Pick<Changes, 'follow'>,
): ReplaceableClients {
  return new RegisteredClients(clients, changes)
}

type ById = ReadonlyMap<string, RelyingParty>

class RegisteredClients implements ReplaceableClients {
  #file: ById = new Map()
  readonly #changed = new Map<string, ChangedClient>()
  #all: Map<string, RelyingParty> = new Map()

  constructor(clients: readonly RelyingParty[], changes: Pick<Changes, 'follow'> | undefined) {
    this.replace(clients)
    changes?.follow('client', (id, value) => this.#take(id, value))
  }

  async find(clientId: string): Promise<RelyingParty | undefined> {
    return this.#all.get(clientId)
  }

  async list(): Promise<readonly RelyingParty[]> {
    return [...this.#all.values()]
  }

  nearest(clientId: string): string | undefined {
    return nearest(clientId, this.#all.keys())
  }

  isFromFile(clientId: string): boolean {
    return this.#file.has(clientId) && !this.#changed.has(clientId)
  }

  /** Those that did not change are the same objects as before. */
  replace(clients: readonly RelyingParty[]): void {
    const before = this.#file
    this.#file = new Map(
      clients.map((client) => {
        const known = before.get(client.client_id)
        return [client.client_id, isDeepStrictEqual(known, client) ? known! : client]
      }),
    )
    this.#all = new Map(this.#file)
    for (const [id, client] of this.#changed) this.#show(id, client)
  }

  #take(id: string, value: Json): void {
    if (value === null) {
      this.#changed.delete(id)
      const own = this.#file.get(id)
      if (own) this.#all.set(id, own)
      else this.#all.delete(id)
      return
    }
    const client = value as unknown as ChangedClient
    this.#changed.set(id, client)
    this.#show(id, client)
  }

  #show(id: string, client: ChangedClient): void {
    if ('removed' in client) this.#all.delete(id)
    else this.#all.set(id, client)
  }
}
