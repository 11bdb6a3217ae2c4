import type { Why } from './why.ts'

const signOut = 'OpenID Connect RP-Initiated Logout §2'

/** Why what was asked at an endpoint was done, by what was decided there. */
export const decidedRules: Readonly<Record<string, Why>> = {
  'claims given': {
    rule: 'the access token is good, and its scopes and what the person agreed to cover these claims',
    source: 'OpenID Connect Core §5.3.2',
  },
  'code issued': {
    rule: 'the person is signed in and has agreed: the code goes to the redirect_uri that is registered',
    source: 'OpenID Connect Core §3.1.2.5',
  },
  'document given': {
    rule: 'everybody may read where the endpoints are, and what they know',
    source: 'OpenID Connect Discovery §4.2',
  },
  'keys given': {
    rule: 'everybody may read the public keys, to check what was signed',
    source: 'OpenID Connect Core §10.1.1',
  },
  'page shown': {
    rule: 'no post_logout_redirect_uri was asked for, so the browser stays here',
    source: signOut,
  },
  'request kept': {
    rule: 'the request is as it must be: its request_uri can be used once, within its short life',
    source: 'RFC 9126 §2.2',
  },
  'sent to a page': {
    rule: 'the person must be asked: who they are, or what they agree to',
    source: 'OpenID Connect Core §3.1.2.3',
  },
  'signed out': {
    rule: 'the person agreed, or the relying party proved by an id_token_hint of this session that it may ask',
    source: signOut,
  },
  'token active': {
    rule: 'the token was issued here, and has neither expired nor been revoked',
    source: 'RFC 7662 §2.2',
  },
  'token described': { rule: 'the caller may ask about tokens', source: 'RFC 7662 §2.2' },
  'token inactive': {
    rule: 'the token was not issued here, has expired or been revoked, or the caller may not know',
    source: 'RFC 7662 §2.2',
  },
  'token revoked': {
    rule: 'the relying party ends what it was given; what is no good any more counts as ended',
    source: 'RFC 7009 §2.2',
  },
  'tokens issued': {
    rule: 'what was presented is good, unused, and of this relying party',
    source: 'RFC 6749 §5.1',
  },
}

/**
 * The same where a closer rule is known, by the endpoint, or by the grant_type at the token
 * endpoint.
 */
export const decidedCloser: Readonly<Record<string, Readonly<Record<string, Why>>>> = {
  authorization_code: {
    'tokens issued': {
      rule: 'the code is good, unused, and of this relying party, and the code_verifier is its own',
      source: 'OpenID Connect Core §3.1.3.3',
    },
  },
  refresh_token: {
    'tokens issued': {
      rule: 'the refresh token is good, unused, and of this relying party',
      source: 'OpenID Connect Core §12.2',
    },
  },
  end_session: {
    'sent to a page': {
      rule: 'without an id_token_hint of this session the person is asked whether they want to sign out',
      source: signOut,
    },
  },
}
