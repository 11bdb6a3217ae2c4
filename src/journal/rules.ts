import { decidedCloser, decidedRules } from './decided-rules.ts'
import { refusalRules, signInRules } from './sign-in-rules.ts'
import type { Why } from './why.ts'

/** What was said of a decision where it was made, for people. */
export interface Said {
  /** Where it was decided, as the journal names it: specifications differ in where they say so. */
  endpoint?: string | undefined
  /** At the token endpoint. */
  grantType?: string | undefined
  /** The `error_description` that the caller hears. */
  description?: string | undefined
  /** What is not told to the caller, and is the actual reason. */
  detail?: string | undefined
}

/** Rules that are told by what was said: the error alone is too wide. The first that fits counts. */
const closer: readonly (readonly [error: string, said: RegExp, rule: string, source: string])[] = [
  [
    'invalid_grant',
    /code_verifier|code_challenge|PKCE/,
    'the code_verifier must be the one whose hash was sent as code_challenge',
    'RFC 7636 §4.6',
  ],
  [
    'invalid_grant',
    /redirect_uri/,
    'the redirect_uri at the token endpoint must be the one of the authorization request',
    'RFC 6749 §4.1.3',
  ],
  [
    'invalid_grant',
    /code (?:is|has) (?:expired|.*used)|code already|code not found/,
    'a code is used once, within its short life, by the relying party it was issued to',
    'RFC 6749 §4.1.2',
  ],
  [
    'invalid_grant',
    /refresh token already/,
    'a refresh token that was replaced is not used again: all that came of it ends',
    'RFC 9700 §4.14.2',
  ],
  [
    'invalid_grant',
    /refresh token/,
    'a refresh token must be valid, and of the relying party it was issued to',
    'RFC 6749 §6',
  ],
  [
    'invalid_request',
    /code_challenge|PKCE/,
    'the request must carry a code_challenge, and code_challenge_method S256',
    'RFC 7636 §4.4.1',
  ],
  [
    'invalid_request',
    /post_logout_redirect_uri/,
    'the post_logout_redirect_uri must be one that the relying party registered',
    'OpenID Connect RP-Initiated Logout §3',
  ],
  [
    'invalid_request',
    /id_token_hint/,
    'the id_token_hint must be an ID token that was issued here, to this relying party',
    'OpenID Connect Core §3.1.2.1',
  ],
  [
    'invalid_request',
    /missing required .*redirect_uri/,
    'the redirect_uri must be sent, also where only one is registered',
    'OpenID Connect Core §3.1.2.1',
  ],
  [
    'invalid_request',
    /redirect_uri/,
    'the redirect_uri must be one that the relying party registered, character by character',
    'OpenID Connect Core §3.1.2.1',
  ],
]

const errorRules: Readonly<Record<string, Why>> = {
  access_denied: {
    rule: 'the person, or the provider for them, refused',
    source: 'RFC 6749 §4.1.2.1',
  },
  account_selection_required: {
    rule: 'with prompt=none nobody can be asked which account is meant',
    source: 'OpenID Connect Core §3.1.2.6',
  },
  authorization_pending: {
    rule: 'the person has not finished yet: ask again after the interval',
    source: 'RFC 8628 §3.5',
  },
  consent_required: {
    rule: 'with prompt=none nobody can be asked to agree',
    source: 'OpenID Connect Core §3.1.2.6',
  },
  expired_token: {
    rule: 'what was waited for has expired: begin again',
    source: 'RFC 8628 §3.5',
  },
  insufficient_scope: {
    rule: 'the access token does not reach that far',
    source: 'RFC 6750 §3.1',
  },
  interaction_required: {
    rule: 'with prompt=none nobody can be asked anything',
    source: 'OpenID Connect Core §3.1.2.6',
  },
  invalid_client: {
    rule: 'the relying party must be registered, and prove that it is itself',
    source: 'RFC 6749 §5.2',
  },
  invalid_client_metadata: {
    rule: 'what a relying party registers must be allowed together',
    source: 'RFC 7591 §3.2.2',
  },
  invalid_dpop_proof: {
    rule: 'the DPoP proof must be made with its key, for this very request',
    source: 'RFC 9449 §5',
  },
  invalid_grant: {
    rule: 'the code or refresh token must be valid, unused, and of this relying party',
    source: 'RFC 6749 §5.2',
  },
  invalid_redirect_uri: {
    rule: 'the redirect_uri must be one that the relying party registered, character by character',
    source: 'OpenID Connect Core §3.1.2.1',
  },
  invalid_request: {
    rule: 'a parameter is missing, unknown in value, repeated, or does not go with the others',
    source: 'RFC 6749 §5.2',
  },
  invalid_request_object: {
    rule: 'the request object must be signed by the relying party and say what it may',
    source: 'RFC 9101 §7',
  },
  invalid_request_uri: {
    rule: 'a request_uri is used once, within its short life',
    source: 'RFC 9126 §2.2',
  },
  invalid_scope: {
    rule: 'the scopes must be known, and allowed to the relying party',
    source: 'RFC 6749 §5.2',
  },
  invalid_target: { rule: 'the resource must be one that is known here', source: 'RFC 8707 §2' },
  invalid_token: {
    rule: 'the access token must have been issued here, and be neither expired nor revoked',
    source: 'RFC 6750 §3.1',
  },
  login_required: {
    rule: 'with prompt=none somebody must be signed in already: the one that is meant',
    source: 'OpenID Connect Core §3.1.2.6',
  },
  registration_not_supported: {
    rule: 'the registration parameter is not understood here',
    source: 'OpenID Connect Core §3.1.2.6',
  },
  request_not_supported: {
    rule: 'request objects are not understood here',
    source: 'OpenID Connect Core §3.1.2.6',
  },
  request_uri_not_supported: {
    rule: 'a request_uri is not understood here, but of a pushed request',
    source: 'OpenID Connect Core §3.1.2.6',
  },
  server_error: { rule: 'something broke here: see the log', source: 'RFC 6749 §4.1.2.1' },
  slow_down: { rule: 'asked again before the interval was over', source: 'RFC 8628 §3.5' },
  temporarily_unavailable: {
    rule: 'it cannot be answered for the moment: try again',
    source: 'RFC 6749 §4.1.2.1',
  },
  unauthorized_client: {
    rule: 'the relying party may not do it in this way',
    source: 'RFC 6749 §5.2',
  },
  unmet_authentication_requirements: {
    rule: 'the level that was demanded was not reached',
    source: 'OpenID Connect Core Unmet Authentication Requirements 1.0',
  },
  unsupported_grant_type: { rule: 'that grant_type is not known here', source: 'RFC 6749 §5.2' },
  unsupported_response_type: {
    rule: 'that response_type is not known here',
    source: 'RFC 6749 §4.1.2.1',
  },
  unsupported_token_type: {
    rule: 'tokens of that type cannot be revoked here',
    source: 'RFC 7009 §2.2.1',
  },
  use_dpop_nonce: {
    rule: 'the DPoP proof must carry the nonce of the reply',
    source: 'RFC 9449 §8',
  },
}

/** Errors that other specifications define at an endpoint than at the token endpoint. */
const definedAt: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  authorization: {
    invalid_request: 'RFC 6749 §4.1.2.1',
    invalid_scope: 'RFC 6749 §4.1.2.1',
    unauthorized_client: 'RFC 6749 §4.1.2.1',
  },
  pushed_authorization_request: {
    invalid_request: 'RFC 9126 §2.3',
    invalid_scope: 'RFC 9126 §2.3',
    unauthorized_client: 'RFC 9126 §2.3',
  },
  end_session: { invalid_request: 'OpenID Connect RP-Initiated Logout §4' },
  introspection: { invalid_request: 'RFC 7662 §2.3' },
  registration: { invalid_request: 'RFC 7591 §3.2.2' },
  revocation: { invalid_request: 'RFC 7009 §2.2.1' },
  userinfo: { invalid_request: 'RFC 6750 §3.1' },
}

/** Descriptions that say no more than the error itself. */
const empty: ReadonlySet<string> = new Set([
  'request is invalid',
  'grant request is invalid',
  'invalid token provided',
  'client authentication failed',
])

const longestSaid = 200

/**
 * Why an outcome was decided: an OAuth error, what was done at an endpoint, or a step, problem or
 * refusal of a sign-in. What is not in the table is explained by what was said of it.
 */
export function whyOf(outcome: string, said: Said = {}): Why {
  const texts = [said.detail, said.description].filter((text) => text !== undefined)
  const known =
    closerRule(outcome, texts) ??
    refusalRule(outcome, said) ??
    decidedRule(outcome, said) ??
    tableRule(outcome, said.endpoint)
  const telling = texts.find((text) => text !== '' && !empty.has(text))?.slice(0, longestSaid)
  if (known === undefined) return { rule: telling ?? outcome }
  return telling === undefined ? known : { ...known, rule: `${known.rule}: ${telling}` }
}

function closerRule(outcome: string, texts: readonly string[]): Why | undefined {
  if (texts.length === 0) return undefined
  const found = closer.find(
    ([error, pattern]) => error === outcome && texts.some((text) => pattern.test(text)),
  )
  return found && { rule: found[2], source: found[3] }
}

/** The first word of what a relying party hears of a refused sign-in is the reason. */
function refusalRule(outcome: string, { description = '' }: Said): Why | undefined {
  if (outcome !== 'access_denied' && outcome !== 'unmet_authentication_requirements')
    return undefined
  const reason = /^\w+/.exec(description)?.[0] ?? ''
  return Object.hasOwn(refusalRules, reason) ? refusalRules[reason] : undefined
}

function decidedRule(outcome: string, { endpoint = '', grantType = '' }: Said): Why | undefined {
  if (!Object.hasOwn(decidedRules, outcome)) return undefined
  const closest = [grantType, endpoint].find((name) => Object.hasOwn(decidedCloser, name)) ?? ''
  return decidedCloser[closest]?.[outcome] ?? decidedRules[outcome]
}

function tableRule(outcome: string, endpoint: string = ''): Why | undefined {
  if (Object.hasOwn(signInRules, outcome)) return signInRules[outcome]
  const known = Object.hasOwn(errorRules, outcome) ? errorRules[outcome] : undefined
  const source = definedAt[endpoint]?.[outcome]
  return known && source ? { ...known, source } : known
}
