/** Parameters whose values may be read by everybody, by their names on the wire. */
const harmless: ReadonlySet<string> = new Set([
  'acr_values',
  'actor_token_type',
  'audience',
  'binding_message',
  'claims',
  'claims_locales',
  'client_assertion_type',
  'client_id',
  'code_challenge_method',
  'display',
  'dpop_jkt',
  'error',
  'error_description',
  'grant_type',
  'iss',
  'login_hint',
  'logout_hint',
  'max_age',
  'post_logout_redirect_uri',
  'prompt',
  'redirect_uri',
  'requested_expiry',
  'requested_token_type',
  'resource',
  'response_mode',
  'response_type',
  'scope',
  'sid',
  'subject_token_type',
  'token_type_hint',
  'ui_locales',
])

/** Those of which it is enough to know how long they were. A plain challenge is the verifier. */
const measured: ReadonlySet<string> = new Set(['state', 'nonce', 'code_challenge'])

/** Those that prove something by being known: all that is said is that they were there. */
export const secretParameters: ReadonlySet<string> = new Set([
  'access_token',
  'actor_token',
  'assertion',
  'auth_req_id',
  'authorization',
  'client_assertion',
  'client_notification_token',
  'client_secret',
  'code',
  'code_verifier',
  'cookie',
  'device_code',
  'dpop',
  'id_token',
  'id_token_hint',
  'login_hint_token',
  'logout_token',
  'passcode',
  'password',
  'refresh_token',
  'registration_access_token',
  'request',
  'request_uri',
  'subject_token',
  'token',
  'user_code',
])

/** What a secret is called by somebody who spells it their own way. */
const secretive =
  /secret|pass|token|assertion|auth|cookie|code|proof|credential|key|jwt|pin$|otp|[cx]srf/

const scheme = /^(?:Basic|Bearer|DPoP)(?= )/i

const hidden = '…'
const longestHarmless = 1000
const longestUnknown = 200
const longestName = 100
const mostParameters = 50

/**
 * What was asked, fit to be kept and shown: harmless values by an allow-list of names, of secrets
 * only that they were there, and of what nobody knows no more than its beginning.
 */
export function askedOf(params: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const asked: Record<string, unknown> = {}
  let count = 0
  for (const name in params) {
    const value = params[name]
    if (value === undefined || !Object.hasOwn(params, name) || name === '__proto__') continue
    if (++count > mostParameters) {
      asked[hidden] = `more than ${mostParameters} parameters`
      break
    }
    asked[cut(name, longestName)] = shown(name, value)
  }
  return asked
}

function shown(name: string, value: unknown): unknown {
  if (harmless.has(name)) return plain(value, longestHarmless)
  if (measured.has(name)) return lengthOf(value)
  const known = name.toLowerCase()
  if (secretParameters.has(known) || secretive.test(known)) return thatItWasThere(known, value)
  return looksLikeToken(value) ? hidden : plain(value, longestUnknown)
}

function plain(value: unknown, longest: number): unknown {
  if (typeof value === 'string') return cut(value, longest)
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value
  return cut(JSON.stringify(value) ?? '', longest)
}

/** An empty one is worth knowing of. */
function thatItWasThere(name: string, value: unknown): string {
  if (value === '') return ''
  const called = name === 'authorization' && typeof value === 'string' ? scheme.exec(value) : null
  return called ? `${called[0]} ${hidden}` : hidden
}

function lengthOf(value: unknown): string {
  return typeof value === 'string' ? `${hidden} (${value.length} characters)` : hidden
}

/** A JWT, whatever it is called: its header begins with `{"`. Anything nested may hold one. */
function looksLikeToken(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('eyJ')
  return typeof value === 'object' && value !== null
}

function cut(text: string, longest: number): string {
  return text.length <= longest
    ? text
    : `${text.slice(0, longest)}${hidden} (${text.length} characters)`
}
