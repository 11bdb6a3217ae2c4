import * as z from 'zod'
import { nearest, problemsOf, strictObject, type Problem } from '../kernel/index.ts'
import { relyingPartySchema, type RelyingParty } from './relying-party.ts'

/** All relying parties of one world. */
export interface Clients {
  find(clientId: string): Promise<RelyingParty | undefined>
  list(): Promise<readonly RelyingParty[]>
  /** The registered `client_id` that was most likely meant. */
  nearest(clientId: string): string | undefined
}

const fileSchema: z.ZodType<{ clients: RelyingParty[] }> = strictObject({
  clients: z.array(relyingPartySchema),
})

export type CheckedClients = { clients: readonly RelyingParty[] } | { problems: readonly Problem[] }

/** Checks what a clients file says, and reports every problem in it at once. */
export function checkClients(input: unknown): CheckedClients {
  const parsed = fileSchema.safeParse(input)
  if (!parsed.success) return { problems: problemsOf(parsed.error, input) }
  const { clients } = parsed.data
  const problems = clients.flatMap((client, index) => contradictions(client, index, clients))
  return problems.length > 0 ? { problems } : { clients }
}

export function createClients(clients: readonly RelyingParty[]): Clients {
  const byId = new Map(clients.map((client) => [client.client_id, client]))
  return {
    find: async (clientId) => byId.get(clientId),
    list: async () => clients,
    nearest: (clientId) => nearest(clientId, byId.keys()),
  }
}

/** What each key allows by itself and the client as a whole does not. */
function contradictions(
  client: RelyingParty,
  index: number,
  all: readonly RelyingParty[],
): Problem[] {
  const problems: Problem[] = []
  const report = (key: string, message: string) =>
    problems.push({ path: ['clients', index, key], message })
  const { client_id: id, client_secret: secret } = client
  const { token_endpoint_auth_method: method = 'client_secret_basic' } = client
  if (all.findIndex((other) => other.client_id === id) < index)
    report('client_id', `must be unique, got "${id}" a second time`)
  if (method.startsWith('client_secret') && secret === undefined)
    report(
      'client_secret',
      `is missing, and ${method} needs one. Give one, or say token_endpoint_auth_method: none for a public client`,
    )
  if (method === 'private_key_jwt' && !client['jwks'] && !client.jwks_uri)
    report('jwks', 'is missing, and private_key_jwt needs jwks or jwks_uri')
  const isLenient = client.leniencies?.includes('any-loopback-redirect-uri')
  if (!isLenient && (client.redirect_uris ?? []).length === 0)
    report('redirect_uris', 'is missing: list at least one absolute URL')
  return problems
}
