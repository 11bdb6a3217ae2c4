import type { RelyingParty } from './relying-party.ts'

/** A relying party as pages show it to people. */
export function shownOf(client: RelyingParty): {
  name: string
  uri?: string
  policyUri?: string
  tosUri?: string
} {
  const link = (key: string) => (typeof client[key] === 'string' ? client[key] : undefined)
  const links = { uri: link('client_uri'), policyUri: link('policy_uri'), tosUri: link('tos_uri') }
  const known = Object.entries(links).filter(([, uri]) => uri !== undefined)
  return { name: client.client_name ?? client.client_id, ...Object.fromEntries(known) }
}
