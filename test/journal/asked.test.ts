import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { askedOf, secretParameters } from '../../src/journal/index.ts'

describe('what was asked', () => {
  test('keeps what everybody may read as it is', () => {
    const asked = {
      client_id: 'test-rp',
      response_type: 'code',
      redirect_uri: 'https://portal.example/cb?a=b',
      scope: 'openid profile',
      acr_values: 'urn:mock-vneid:level:2',
      claims: '{"id_token":{"acr":{"essential":true}}}',
      prompt: 'login',
      max_age: 60,
      ui_locales: 'vi',
      login_hint: 'anna',
      code_challenge_method: 'S256',
    }

    expect(askedOf(asked)).toEqual(asked)
  })

  test('says of state, nonce and code_challenge only how long they were', () => {
    expect(askedOf({ state: 'abc', nonce: '', code_challenge: 'x'.repeat(43) })).toEqual({
      state: '… (3 characters)',
      nonce: '… (0 characters)',
      code_challenge: '… (43 characters)',
    })
  })

  test('says of a secret only that it was there, and whether it was empty', () => {
    expect(
      askedOf({ client_secret: 'hush', code: 'c', password: '', id_token_hint: ['a', 'b'] }),
    ).toEqual({ client_secret: '…', code: '…', password: '', id_token_hint: '…' })
  })

  test('says of the Authorization header how it was used', () => {
    const shown = (value: string) => askedOf({ Authorization: value })['Authorization']

    expect(shown('Basic dGVzdA==')).toBe('Basic …')
    expect(shown('Bearer abc')).toBe('Bearer …')
    expect(shown('abc')).toBe('…')
  })

  test('cuts what it does not know at 200 characters, and says how long it was', () => {
    expect(askedOf({ colour: 'x'.repeat(200), taste: 'y'.repeat(5000) })).toEqual({
      colour: 'x'.repeat(200),
      taste: `${'y'.repeat(200)}… (5000 characters)`,
    })
  })

  test('takes for a secret what is spelt like one, looks like a token, or may hold one', () => {
    const asked = askedOf({
      clientSecret: 'a',
      ClientAssertion: 'b',
      my_api_key: 'c',
      xsrf: 'e',
      colour: 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln',
      nested: { deep: { secret: 'd' } },
    })

    expect(new Set(Object.values(asked))).toEqual(new Set(['…']))
  })

  test('leaves out what is not there, and is bounded however much is', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`p${index}`, '1']))

    expect(askedOf({ scope: undefined })).toEqual({})
    expect(Object.keys(askedOf(many))).toHaveLength(51)
    expect(
      askedOf(JSON.parse('{"__proto__":{"polluted":true}}') as Record<string, unknown>),
    ).toEqual({})
  })

  test('never has a secret’s value in it, whatever that is', () => {
    const anySecret = fc.constantFrom(...secretParameters)
    const spelling = fc.constantFrom(
      (name: string) => name,
      (name: string) => name.toUpperCase(),
      (name: string) => name.replace(/^./, (first) => first.toUpperCase()),
    )
    const around = fc.tuple(fc.string(), fc.string())
    const wrapping = fc.constantFrom<(value: string) => unknown>(
      (value) => value,
      (value) => [value, value],
      (value) => ({ inner: value }),
      (value) => `Bearer ${value}`,
      (value) => `Basic ${value}`,
    )
    const others = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean()))

    fc.assert(
      fc.property(
        anySecret,
        spelling,
        around,
        wrapping,
        others,
        (name, spelt, [before, after], wrap, rest) => {
          const asked = askedOf({ ...rest, [spelt(name)]: wrap(`${before}tOpSeCrEt${after}`) })

          expect(JSON.stringify(asked)).not.toContain('tOpSeCrEt')
          expect(asked).toHaveProperty([spelt(name)])
        },
      ),
      { numRuns: 500 },
    )
  })
})
