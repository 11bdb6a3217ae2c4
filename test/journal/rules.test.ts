import { describe, expect, test } from 'vitest'
import { whyOf } from '../../src/journal/index.ts'

describe('why something was decided', () => {
  test.each([
    ['invalid_request', 'RFC 6749 §5.2'],
    ['invalid_client', 'RFC 6749 §5.2'],
    ['invalid_grant', 'RFC 6749 §5.2'],
    ['invalid_redirect_uri', 'OpenID Connect Core §3.1.2.1'],
    ['login_required', 'OpenID Connect Core §3.1.2.6'],
    ['consent_required', 'OpenID Connect Core §3.1.2.6'],
    ['interaction_required', 'OpenID Connect Core §3.1.2.6'],
    [
      'unmet_authentication_requirements',
      'OpenID Connect Core Unmet Authentication Requirements 1.0',
    ],
    ['invalid_token', 'RFC 6750 §3.1'],
    ['insufficient_scope', 'RFC 6750 §3.1'],
    ['second-factor', 'Decree 69/2024/NĐ-CP Art. 20(1)'],
    ['card_expired', 'Decree 69/2024/NĐ-CP Art. 15'],
    ['guardian_unable', 'Decree 69/2024/NĐ-CP Art. 10(1)d'],
    ['passcode', 'assumed; sign_in.journey in settings.yaml'],
    ['code issued', 'OpenID Connect Core §3.1.2.5'],
    ['tokens issued', 'RFC 6749 §5.1'],
  ])('as %s stands in %s', (outcome, source) => {
    expect(whyOf(outcome)).toEqual({ rule: expect.stringMatching(/\w+ \w+/) as string, source })
  })

  test.each([
    ['invalid_grant', 'code_verifier does not match code_challenge', 'RFC 7636 §4.6'],
    ['invalid_grant', 'authorization code redirect_uri mismatch', 'RFC 6749 §4.1.3'],
    ['invalid_grant', 'authorization code is expired', 'RFC 6749 §4.1.2'],
    ['invalid_grant', 'authorization code already consumed', 'RFC 6749 §4.1.2'],
    ['invalid_grant', 'refresh token already used', 'RFC 9700 §4.14.2'],
    ['invalid_grant', 'refresh token is expired', 'RFC 6749 §6'],
  ])('as %s is told closer by what was not told the caller: %s', (error, detail, source) => {
    const why = whyOf(error, { description: 'grant request is invalid', detail })

    expect(why.source).toBe(source)
    expect(why.rule).toMatch(new RegExp(`^.+: ${detail}$`))
  })

  test.each([
    ['Authorization Server policy requires PKCE to be used for this request', 'RFC 7636 §4.4.1'],
    ['post_logout_redirect_uri not registered', 'OpenID Connect RP-Initiated Logout §3'],
    ['could not validate id_token_hint', 'OpenID Connect Core §3.1.2.1'],
  ])('is told closer by what the caller hears: %s', (description, source) => {
    expect(whyOf('invalid_request', { description })).toMatchObject({ source })
  })

  test.each([
    ['authorization', 'invalid_request', 'RFC 6749 §4.1.2.1'],
    ['authorization', 'invalid_scope', 'RFC 6749 §4.1.2.1'],
    ['pushed_authorization_request', 'invalid_request', 'RFC 9126 §2.3'],
    ['userinfo', 'invalid_request', 'RFC 6750 §3.1'],
    ['token', 'invalid_request', 'RFC 6749 §5.2'],
    ['userinfo', 'invalid_token', 'RFC 6750 §3.1'],
  ])('stands, at the endpoint %s, for %s in %s', (endpoint, error, source) => {
    expect(whyOf(error, { endpoint }).source).toBe(source)
  })

  test('is the sign-in’s refusal, where the relying party hears one', () => {
    const described = (description: string) => whyOf('access_denied', { description }).source

    expect(described('card_expired (the card has expired)')).toBe('Decree 69/2024/NĐ-CP Art. 15')
    expect(described('the gate is closed')).toBe('RFC 6749 §4.1.2.1')
    expect(
      whyOf('unmet_authentication_requirements', { description: 'level_too_low (…)' }).source,
    ).toBe('Decree 69/2024/NĐ-CP Art. 7')
  })

  test('is not repeated by what says no more than the error', () => {
    const said = { description: 'request is invalid' }

    expect(whyOf('invalid_request', said)).toEqual(whyOf('invalid_request'))
  })

  test('is what was said, where no rule is known', () => {
    expect(whyOf('odd', { description: 'it was odd' })).toEqual({ rule: 'it was odd' })
    expect(whyOf('odd', { description: 'x'.repeat(300) }).rule).toHaveLength(200)
    expect(whyOf('toString')).toEqual({ rule: 'toString' })
  })
})
