import type { Clients, RelyingParty } from '../clients/index.ts'
import type { Fetch } from '../http/index.ts'
import { isLoopbackUri } from './client-metadata.ts'

/** Metadata that makes us call somewhere. */
const calledUris = ['backchannel_logout_uri', 'jwks_uri', 'sector_identifier_uri'] as const

export interface OutboundOptions {
  clients: Clients
  /**
   * Origins that relying parties registered while we run may name, beside this machine's.
   *
   * @default none
   */
  outbound?: readonly string[] | undefined
  /** How to call. */
  fetch?: Fetch | undefined
}

/**
 * The only way out of this process: to origins that the world's clients name in their metadata.
 * What the operator's own file says may be anywhere; whoever registers a client over HTTP must not
 * make us call whom they cannot reach themselves, so theirs are on this machine, or listed.
 * Redirects are not followed. The library's own guard against private addresses is left out,
 * because the relying parties under test live there; this list stands in its place.
 */
export function createOutboundFetch(options: OutboundOptions): Fetch {
  const { clients, outbound = [], fetch: call = fetch } = options
  const isListed = (uri: string) => isLoopbackUri(uri) || outbound.includes(new URL(uri).origin)
  const names = (client: RelyingParty, origin: string) =>
    calledUris.some((key) => {
      const uri = client[key]
      return typeof uri === 'string' && URL.canParse(uri) && new URL(uri).origin === origin
    })
  return async (url, init = {}) => {
    const { origin, href } = new URL(url)
    const named = (await clients.list()).filter((client) => names(client, origin))
    if (named.length === 0)
      throw new Error(`"${href}" is called by no client's metadata. Register it in clients.yaml.`)
    if (!isListed(href) && !named.some((client) => clients.isFromFile(client.client_id)))
      throw new Error(
        `"${href}" is named by a client that was registered while this runs, so it must be on this machine or listed. Add "${origin}" to outbound in settings.yaml.`,
      )
    const { dispatcher: _guard, ...rest } = init as RequestInit & { dispatcher?: unknown }
    return call(href, { ...rest, redirect: 'error' })
  }
}
