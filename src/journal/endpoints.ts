/** Where the provider lets a browser ask first whether it may ask. */
const withPreflight = [
  'discovery',
  'jwks',
  'token',
  'userinfo',
  'introspection',
  'revocation',
  'pushed_authorization_request',
] as const

const withoutPreflight = [
  'authorization',
  'resume',
  'end_session',
  'end_session_confirm',
  'end_session_success',
] as const

const elsewhere = ['sign-in', 'back-channel-logout', 'shared-data'] as const

/** Where the provider answers, as its library calls it. */
export type ProviderEndpoint =
  | (typeof withPreflight)[number]
  | (typeof withoutPreflight)[number]
  | `cors.${(typeof withPreflight)[number]}`

/** Where anything happens that the journal has an entry of. */
export type Endpoint = ProviderEndpoint | (typeof elsewhere)[number]

export const providerEndpoints: readonly ProviderEndpoint[] = [
  ...withPreflight,
  ...withoutPreflight,
  ...withPreflight.map((name) => `cors.${name}` as const),
]

export const endpoints: readonly Endpoint[] = [...elsewhere, ...providerEndpoints]
