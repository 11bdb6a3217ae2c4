import type { Clients } from '../clients/index.ts'
import type { Fetch } from '../http/index.ts'

/** Metadata that makes us call somewhere. */
const calledUris = ['backchannel_logout_uri', 'jwks_uri', 'sector_identifier_uri'] as const

/**
 * The only way out of this process: to origins that the world's clients name in their metadata.
 * Redirects are not followed. The library's own guard against private addresses is left out,
 * because the relying parties under test live there; this list stands in its place.
 */
export function createOutboundFetch(clients: Clients, call: Fetch = fetch): Fetch {
  return async (url, options = {}) => {
    const { origin, href } = new URL(url)
    const allowed = (await clients.list()).some((client) =>
      calledUris.some((key) => {
        const uri = client[key]
        return typeof uri === 'string' && URL.canParse(uri) && new URL(uri).origin === origin
      }),
    )
    if (!allowed)
      throw new Error(`"${href}" is called by no client's metadata. Register it in clients.yaml.`)
    const { dispatcher: _guard, ...rest } = options as RequestInit & { dispatcher?: unknown }
    return call(href, { ...rest, redirect: 'error' })
  }
}
