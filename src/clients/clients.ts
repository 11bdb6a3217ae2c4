import { isDeepStrictEqual } from 'node:util'
import { nearest } from '../kernel/index.ts'
import type { RelyingParty } from './relying-party.ts'

/** All relying parties of one world. */
export interface Clients {
  find(clientId: string): Promise<RelyingParty | undefined>
  list(): Promise<readonly RelyingParty[]>
  /** The registered `client_id` that was most likely meant. */
  nearest(clientId: string): string | undefined
}

/** Relying parties that a file says, which may be read again while a world runs. */
export interface ReplaceableClients extends Clients {
  /** From now on these. One that did not change stays the same object. */
  replace(clients: readonly RelyingParty[]): void
}

export function createClients(clients: readonly RelyingParty[]): ReplaceableClients {
  let all = clients
  let byId = new Map(all.map((client) => [client.client_id, client]))
  return {
    find: async (clientId) => byId.get(clientId),
    list: async () => all,
    nearest: (clientId) => nearest(clientId, byId.keys()),
    replace: (next) => {
      all = next.map((client) => {
        const before = byId.get(client.client_id)
        return isDeepStrictEqual(before, client) ? before! : client
      })
      byId = new Map(all.map((client) => [client.client_id, client]))
    },
  }
}
