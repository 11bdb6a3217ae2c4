import { extensionScopes, scopeClaims } from '../../accounts/index.ts'

/**
 * What the real service is known to offer: code, PKCE, refresh, userinfo, logout. Libraries use
 * whatever discovery lists, so everything else is kept out of sight until asked for, and works all
 * the same.
 */
const plain: ReadonlySet<string> = new Set([
  'issuer',
  'authorization_endpoint',
  'token_endpoint',
  'userinfo_endpoint',
  'jwks_uri',
  'end_session_endpoint',
  'revocation_endpoint',
  'scopes_supported',
  'claims_supported',
  'acr_values_supported',
  'response_types_supported',
  'response_modes_supported',
  'grant_types_supported',
  'subject_types_supported',
  'id_token_signing_alg_values_supported',
  'token_endpoint_auth_methods_supported',
  'code_challenge_methods_supported',
  'claims_parameter_supported',
  'ui_locales_supported',
  'authorization_response_iss_parameter_supported',
  'backchannel_logout_supported',
  'backchannel_logout_session_supported',
])

/** Of some lists, `plain` shows only what the real service is known to offer. */
const plainValues: Readonly<Record<string, readonly string[]>> = {
  response_types_supported: ['code'],
  response_modes_supported: ['query', 'form_post'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
}

/** What only this mock has: in `full` it is listed, and said to be an extension. */
const extensions: ReadonlySet<unknown> = new Set(
  extensionScopes.flatMap((scope) => [scope, ...(scopeClaims[scope] ?? [])]),
)

/** The discovery document as `plain` or `full`. OpenID Connect Discovery §3. */
export function discoveryAs(
  mode: 'plain' | 'full',
  document: Record<string, unknown>,
): Record<string, unknown> {
  const complete = { ...document, ui_locales_supported: ['vi', 'en'] }
  if (mode === 'full') return { ...complete, mock_vneid_extension_scopes: [...extensionScopes] }
  const shown = Object.entries(complete)
    .filter(([key]) => plain.has(key))
    .map(([key, value]) => [key, withoutExtensions(value)] as const)
  return { ...Object.fromEntries(shown), ...plainValues }
}

const withoutExtensions = (value: unknown): unknown =>
  Array.isArray(value) ? value.filter((one: unknown) => !extensions.has(one)) : value
