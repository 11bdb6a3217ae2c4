import type { RelyingParty } from '../clients/index.ts'

/** What the clients room says of a client that the library has no word for. */
const treatmentKeys = [
  'journey',
  'minimum_level',
  'allow',
  'optional_claims',
  'auto_sign_in',
  'require_pkce',
] as const

/** Metadata of our own that the library carries along, to be read on its client objects. */
export const extraMetadata: readonly string[] = ['leniencies', 'require_pkce']

const made = new WeakMap<RelyingParty, Record<string, unknown>>()

/**
 * A relying party as the library wants it: made once for each, since it is asked for on every
 * request.
 */
export function metadataOf(client: RelyingParty): Record<string, unknown> {
  const known = made.get(client)
  if (known) return known
  const metadata = translate(client)
  made.set(client, metadata)
  return metadata
}

function translate(client: RelyingParty): Record<string, unknown> {
  const metadata: Record<string, unknown> = {
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    backchannel_logout_session_required: client.backchannel_logout_uri !== undefined,
    ...client,
  }
  for (const key of treatmentKeys) if (!extraMetadata.includes(key)) delete metadata[key]
  if (isLenientOnRedirects(client) && (client.redirect_uris ?? []).length === 0)
    metadata['redirect_uris'] = ['http://localhost/']
  return metadata
}

const isLenientOnRedirects = ({ leniencies }: RelyingParty) =>
  leniencies?.includes('any-loopback-redirect-uri') ?? false

/** Whether a redirect URI leads to this machine. RFC 8252 §7.3. */
export function isLoopbackUri(uri: string): boolean {
  if (!URL.canParse(uri)) return false
  const { protocol, hostname } = new URL(uri)
  return /^https?:$/.test(protocol) && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
}
