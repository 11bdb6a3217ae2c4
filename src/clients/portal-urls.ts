import type { RelyingParty } from './relying-party.ts'

/** Where the demo portal is. */
export interface PortalUrls {
  /** For browsers: `{portal}` in a clients file. */
  '{portal}': string
  /** For this process: `{portal-internal}`. */
  '{portal-internal}': string
}

/** A relying party whose URLs lead to where the demo portal is. */
export function withPortalUrls(client: RelyingParty, urls: PortalUrls): RelyingParty {
  const text = JSON.stringify(client).replaceAll(
    /\{portal(?:-internal)?\}/g,
    (place) => urls[place as keyof PortalUrls],
  )
  return JSON.parse(text) as RelyingParty
}
