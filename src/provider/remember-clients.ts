import type { Client, Provider } from 'oidc-provider'
import type { Clients, RelyingParty } from '../clients/index.ts'

/**
 * Finds the library's client by the relying party that it was made of, which is another object once
 * it changes. The library itself would hash the whole metadata on every request.
 */
export function rememberClients(provider: Provider, clients: Clients): void {
  const { Client } = provider
  const make = Client.find.bind(Client)
  const made = new WeakMap<RelyingParty, Client>()
  Client.find = async (id) => {
    const relyingParty = await clients.find(id)
    if (relyingParty === undefined) return undefined
    const known = made.get(relyingParty)
    if (known) return known
    const client = await make(id)
    if (client) made.set(relyingParty, client)
    return client
  }
}
