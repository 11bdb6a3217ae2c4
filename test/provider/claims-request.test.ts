import { describe, expect, test } from 'vitest'
import { assertClaimsRequest, assertKnownAcr } from '../../src/provider/claims-request.ts'

const refusalOf = (description: string) =>
  expect.objectContaining({ error: 'invalid_request', error_description: description })

describe('a claims parameter', () => {
  test.each([
    {},
    { id_token: {}, userinfo: {} },
    { id_token: { acr: null, name: { essential: true } } },
    { id_token: { acr: { essential: true, values: ['a', 'b'] }, sub: { value: 'x' } } },
    { userinfo: { age: { value: 5, values: [1, null, {}] } } },
  ])('may be %j', (claims) => {
    expect(() => assertClaimsRequest(claims)).not.toThrow()
  })

  test.each([
    [{ id_token: { acr: 5 } }, 'claims.id_token.acr must be null or an object'],
    [{ userinfo: { name: [] } }, 'claims.userinfo.name must be null or an object'],
    [
      { id_token: { name: { essential: 'yes' } } },
      'claims.id_token.name.essential must be true or false',
    ],
    [{ userinfo: { name: { values: 'x' } } }, 'claims.userinfo.name.values must be an array'],
    [{ id_token: { acr: { values: {} } } }, 'claims.id_token.acr.values must be an array'],
    [{ id_token: { acr: { value: 2 } } }, 'claims.id_token.acr.value must be a string'],
    [{ id_token: { sub: { value: null } } }, 'claims.id_token.sub.value must be a string'],
    [
      { id_token: { acr: { values: ['a', 5] } } },
      'claims.id_token.acr.values must be an array of strings',
    ],
    [{ id_token: { 'a"\né': 5 } }, 'claims.id_token.a??? must be null or an object'],
  ])('is refused where it is of another shape: %j', (claims, description) => {
    expect(() => assertClaimsRequest(claims)).toThrow(refusalOf(description))
  })
})

describe('an essential acr', () => {
  const known = ['level-1', 'level-2']

  test.each([
    {},
    { id_token: { acr: null } },
    { id_token: { acr: { essential: true } } },
    { id_token: { acr: { value: 'unheard-of' } } },
    { id_token: { acr: { essential: true, value: 'level-2' } } },
    { id_token: { acr: { essential: true, values: ['unheard-of', 'level-1'] } } },
  ])('is a question for the sign-in when it is %j', (claims) => {
    expect(() => assertKnownAcr(claims, known)).not.toThrow()
  })

  test.each([
    [{ value: 'level-3' }, "'level-3'"],
    [{ values: ['level-3', 'é"'] }, "'level-3', '??'"],
  ])('is refused by name when nobody knows it: %j', (acr, shown) => {
    const claims = { id_token: { acr: { essential: true, ...acr } } }

    expect(() => assertKnownAcr(claims, known)).toThrow(
      expect.objectContaining({
        error: 'unmet_authentication_requirements',
        error_description: `acr_unknown (no level is called ${shown}. The acr values here are 'level-1', 'level-2')`,
      }),
    )
  })
})
