import * as z from 'zod'
import { strictObject } from '../kernel/index.ts'

/** On whose behalf a relying party can let people act. */
export const roleKinds = ['self', 'child', 'ward', 'organization'] as const

/** What a relying party is spared, each by a name of its own. Strict without. */
export const leniencies = ['any-loopback-redirect-uri'] as const

/** How this mock treats a relying party, beside what the standards say of a client. */
export interface Treatment {
  /** Steps of a sign-in here; the world's setting without. */
  journey?: 'full' | 'short'
  /** The account level below which everybody is refused. */
  minimum_level?: 1 | 2
  allow?: readonly (typeof roleKinds)[number][]
  /** Scopes and claims that people may keep back here; the world's setting without. */
  optional_claims?: readonly string[]
  /** Everyone who comes from here is signed in at once as this person, without a page. */
  auto_sign_in?: string
  leniencies?: readonly (typeof leniencies)[number][]
}

/**
 * A relying party as the file has it: the client metadata of OpenID Connect Registration §2 and its
 * relatives, spelled as there, and our own {@link Treatment}.
 */
export type RelyingParty = Treatment & {
  client_id: string
  client_secret?: string
  client_name?: string
  client_uri?: string
  redirect_uris?: readonly string[]
  post_logout_redirect_uris?: readonly string[]
  backchannel_logout_uri?: string
  jwks_uri?: string
  token_endpoint_auth_method?: string
  [metadata: string]: unknown
}

const text = z.string().min(1)
/**
 * `{portal}` is wherever the demo portal is, and `{portal-internal}` where this process reaches it;
 * they become its URLs when the mock starts.
 */
const uri = z
  .string()
  .refine(
    (value) => /^\{portal(-internal)?\}\//.test(value) || /^[a-z][a-z\d+.-]*:\/\S*$/i.test(value),
    {
      error: 'must be an absolute URL',
    },
  )
const names = z.array(text)
/** Short enough to stand in a path, which would lose dots that stand alone. RFC 3986 §5.2.4. */
const clientId = text
  .max(500, 'must have at most 500 characters')
  .refine((value) => value !== '.' && value !== '..', { error: 'must be more than dots' })
const seconds = z.int().min(0)

const metadata = {
  client_id: clientId,
  client_secret: text.exactOptional(),
  client_name: text.exactOptional(),
  client_uri: uri.exactOptional(),
  logo_uri: uri.exactOptional(),
  policy_uri: uri.exactOptional(),
  tos_uri: uri.exactOptional(),
  contacts: names.exactOptional(),
  application_type: z.enum(['web', 'native']).exactOptional(),
  redirect_uris: z.array(uri).exactOptional(),
  post_logout_redirect_uris: z.array(uri).exactOptional(),
  initiate_login_uri: uri.exactOptional(),
  grant_types: names.exactOptional(),
  response_types: names.exactOptional(),
  response_modes: names.exactOptional(),
  scope: text.exactOptional(),
  subject_type: z.enum(['public', 'pairwise']).exactOptional(),
  sector_identifier_uri: uri.exactOptional(),
  token_endpoint_auth_method: z
    .enum([
      'none',
      'client_secret_basic',
      'client_secret_post',
      'client_secret_jwt',
      'private_key_jwt',
    ])
    .exactOptional(),
  token_endpoint_auth_signing_alg: text.exactOptional(),
  jwks: strictObject({ keys: z.array(z.record(text, z.unknown())) }).exactOptional(),
  jwks_uri: uri.exactOptional(),
  id_token_signed_response_alg: text.exactOptional(),
  id_token_encrypted_response_alg: text.exactOptional(),
  id_token_encrypted_response_enc: text.exactOptional(),
  userinfo_signed_response_alg: text.exactOptional(),
  userinfo_encrypted_response_alg: text.exactOptional(),
  userinfo_encrypted_response_enc: text.exactOptional(),
  introspection_signed_response_alg: text.exactOptional(),
  authorization_signed_response_alg: text.exactOptional(),
  request_object_signing_alg: text.exactOptional(),
  require_pushed_authorization_requests: z.boolean().exactOptional(),
  require_signed_request_object: z.boolean().exactOptional(),
  require_pkce: z.boolean().exactOptional(),
  default_max_age: seconds.exactOptional(),
  require_auth_time: z.boolean().exactOptional(),
  default_acr_values: names.exactOptional(),
  backchannel_logout_uri: uri.exactOptional(),
  backchannel_logout_session_required: z.boolean().exactOptional(),
  journey: z.enum(['full', 'short']).exactOptional(),
  minimum_level: z.literal([1, 2]).exactOptional(),
  allow: z.array(z.enum(roleKinds)).min(1).exactOptional(),
  optional_claims: names.exactOptional(),
  auto_sign_in: text.exactOptional(),
  leniencies: z.array(z.enum(leniencies)).exactOptional(),
}

/** Everything that may be said of one relying party. */
export const relyingPartySchema: z.ZodType<RelyingParty> = strictObject(metadata)

/** Of a new one: what is left out is made up or default. */
export const newRelyingPartySchema: z.ZodType<Partial<RelyingParty>> = strictObject({
  ...metadata,
  client_id: clientId.exactOptional(),
})

/** What changes of one that is there: `null` takes a key away. */
export const relyingPartyChangeSchema: z.ZodType<Readonly<Record<string, unknown>>> = strictObject(
  Object.fromEntries(
    Object.entries(metadata).map(([key, schema]) => [key, schema.nullable().exactOptional()]),
  ),
)
