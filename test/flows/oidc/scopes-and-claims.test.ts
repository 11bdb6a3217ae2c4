import { describe, expect, test } from 'vitest'
import { persona } from '../../support/journeys.ts'
import { startMock } from '../../support/mock.ts'
import { relyingParty } from '../../support/relying-party.ts'

const scopes = [
  'profile',
  'phone',
  'email',
  'address',
  'vneid',
  'vneid:identity',
  'vneid:family',
  'vneid:organization',
] as const

type Scope = (typeof scopes)[number]

const names = ['name', 'family_name', 'middle_name', 'given_name']
const about = ['birthdate', 'gender', 'locale', 'updated_at']
const vneid = ['personal_id_number', 'account_type', 'account_level', 'passport_number']
const places = ['nationality', 'place_of_origin', 'place_of_birth_registration', 'card']
const aboutTheSignIn = ['sub', 'acr', 'amr', 'auth_time', 'authentication_level']

/** The claims that each scope opens, for each persona: what is not here must be absent. */
const table: Record<string, Record<Scope, readonly string[]>> = {
  'adult-level-2': {
    profile: [...names, ...about],
    phone: ['phone_number', 'phone_number_verified'],
    email: ['email', 'email_verified'],
    address: ['address'],
    vneid,
    'vneid:identity': [...places, 'previous_ids'],
    'vneid:family': [],
    'vneid:organization': [],
  },
  'child-13': {
    profile: [...names, ...about],
    phone: [],
    email: [],
    address: ['address'],
    vneid,
    'vneid:identity': places,
    'vneid:family': ['guardian'],
    'vneid:organization': [],
  },
  'guardian-of-two:child-13': {
    profile: [...names, ...about],
    phone: [],
    email: [],
    address: ['address'],
    vneid,
    'vneid:identity': places,
    'vneid:family': ['guardian'],
    'vneid:organization': [],
  },
  'guardian-of-two': {
    profile: [...names, ...about],
    phone: ['phone_number', 'phone_number_verified'],
    email: ['email', 'email_verified'],
    address: ['address'],
    vneid,
    'vneid:identity': [...places, 'previous_ids'],
    'vneid:family': ['dependants'],
    'vneid:organization': [],
  },
  'company-representative': {
    profile: [...names, ...about],
    phone: ['phone_number', 'phone_number_verified'],
    email: ['email', 'email_verified'],
    address: ['address'],
    vneid,
    'vneid:identity': [...places, 'previous_ids'],
    'vneid:family': [],
    'vneid:organization': [],
  },
  'company-representative:example-company': {
    profile: [],
    phone: [],
    email: [],
    address: ['address'],
    vneid: ['account_type'],
    'vneid:identity': [],
    'vneid:family': [],
    'vneid:organization': ['organization'],
  },
  'foreigner-level-2': {
    profile: ['name', 'family_name', 'given_name', ...about.filter((name) => name !== 'locale')],
    phone: ['phone_number', 'phone_number_verified'],
    email: ['email', 'email_verified'],
    address: ['address'],
    vneid,
    'vneid:identity': places,
    'vneid:family': [],
    'vneid:organization': [],
  },
  'year-only-birth-date': {
    profile: [...names, ...about],
    phone: ['phone_number', 'phone_number_verified'],
    email: ['email', 'email_verified'],
    address: ['address'],
    vneid: ['personal_id_number', 'account_type', 'account_level'],
    'vneid:identity': [...places, 'previous_ids'],
    'vneid:family': [],
    'vneid:organization': [],
  },
}

const isActing = (as: string) => as.includes(':')

describe.each(Object.entries(table))('what relying parties hear of %s', (as, expected) => {
  test('is exactly what each scope opens', async () => {
    const portal = await relyingParty(await startMock())

    for (const scope of scopes) {
      const { tokens, claims } = await portal.tokensFor(as, { scope: `openid ${scope}` })
      const userinfo = await portal.userinfo(tokens.access_token, claims.sub)
      const always = ['sub', 'authentication_level', ...(isActing(as) ? ['act'] : [])]

      expect([scope, Object.keys(userinfo).toSorted()]).toEqual([
        scope,
        [...always, ...expected[scope]].toSorted(),
      ])
    }
  })

  test('is, in the ID token, only how they signed in', async () => {
    const portal = await relyingParty(await startMock())

    const { claims } = await portal.tokensFor(as, { scope: `openid ${scopes.join(' ')}` })

    expect(Object.keys(claims).toSorted()).toEqual(
      [
        ...aboutTheSignIn,
        ...(isActing(as) ? ['act'] : []),
        'iss',
        'aud',
        'exp',
        'iat',
        'nonce',
      ].toSorted(),
    )
  })
})

describe('the values of the claims', () => {
  const allOf = async (as: string) => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const { tokens, claims } = await portal.tokensFor(as, { scope: `openid ${scopes.join(' ')}` })
    return { mock, claims, userinfo: await portal.userinfo(tokens.access_token, claims.sub) }
  }

  test('of an adult are theirs, each by its standard name and form', async () => {
    const { mock, userinfo } = await allOf('adult-level-2')
    const adult = await persona(mock, 'adult-level-2')

    expect(userinfo).toEqual({
      sub: adult.sub,
      authentication_level: 2,
      name: adult.name,
      family_name: adult.familyName,
      middle_name: adult.middleName,
      given_name: adult.givenName,
      birthdate: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
      gender: 'female',
      locale: 'vi-VN',
      updated_at: expect.any(Number),
      phone_number: '+84990000001',
      phone_number_verified: true,
      email: 'adult-level-2@example.com',
      email_verified: true,
      address: {
        formatted: '12 Phố Thử Nghiệm, Phường Mẫu Đơn, Hà Nội, Việt Nam',
        street_address: '12 Phố Thử Nghiệm',
        locality: 'Phường Mẫu Đơn',
        region: 'Hà Nội',
        country: 'Việt Nam',
      },
      personal_id_number: adult.number,
      account_type: 'citizen',
      account_level: 2,
      passport_number: 'X0000001',
      nationality: 'VNM',
      place_of_origin: adult.placeOfOrigin,
      place_of_birth_registration: 'Mộng Sơn',
      card: { issued_on: adult.card!.issuedOn, expires_on: adult.card!.expiresOn },
      previous_ids: ['000000101'],
    })
  })

  test('of a child who signs in say that the guardian confirmed, and nobody acts', async () => {
    const { mock, userinfo } = await allOf('child-13')
    const guardian = await persona(mock, 'guardian-of-two')

    expect(userinfo).toMatchObject({
      account_level: 2,
      guardian: { name: guardian.name, personal_id_number: guardian.number, confirmed: true },
    })
    expect(userinfo).not.toHaveProperty('act')
  })

  test('of a child whose guardian acts say who acts, and nothing was confirmed', async () => {
    const { mock, claims, userinfo } = await allOf('guardian-of-two:child-13')
    const guardian = await persona(mock, 'guardian-of-two')
    const child = await persona(mock, 'child-13')

    expect(claims).toMatchObject({ sub: child.sub, act: { sub: guardian.sub } })
    expect(userinfo).toMatchObject({
      sub: child.sub,
      act: { sub: guardian.sub },
      name: child.name,
      personal_id_number: child.number,
      guardian: { name: guardian.name, personal_id_number: guardian.number },
    })
    expect(userinfo['guardian']).not.toHaveProperty('confirmed')
  })

  test('of a mother name both children', async () => {
    const { mock, userinfo } = await allOf('guardian-of-two')
    const children = await Promise.all(['child-13', 'child-5'].map((id) => persona(mock, id)))

    expect(userinfo['dependants']).toEqual(
      children.map(({ name, birthDate, number }) => ({
        name,
        birthdate: birthDate,
        personal_id_number: number,
      })),
    )
  })

  test('of an organisation have the person in act alone', async () => {
    const { mock, claims, userinfo } = await allOf('company-representative:example-company')
    const person = await persona(mock, 'company-representative')
    const act = { sub: person.sub, name: person.name, birthdate: person.birthDate }

    expect(claims.sub).not.toBe(person.sub)
    expect(claims['act']).toEqual(act)
    expect(userinfo).toMatchObject({
      act,
      account_type: 'organization',
      organization: {
        id: 'TC-000001',
        tax_code: '0000000019',
        name: 'Công ty TNHH Ví Dụ',
        role: 'representative',
      },
    })
  })

  test('of a foreigner have a nationality, and no middle name', async () => {
    const { userinfo } = await allOf('foreigner-level-2')

    expect(userinfo).toMatchObject({
      account_type: 'foreigner',
      nationality: 'DEU',
      family_name: 'Schneider',
      given_name: 'Anna Maria',
      personal_id_number: expect.stringMatching(/^\d{12}$/),
    })
  })

  test('have a birth date of four digits where only the year is known', async () => {
    const { userinfo } = await allOf('year-only-birth-date')

    expect(userinfo).toMatchObject({ birthdate: expect.stringMatching(/^\d{4}$/) })
  })

  test('have no personal number in sub, for anybody', async () => {
    const mock = await startMock()

    for (const { sub, number } of await mock.personas()) expect(sub).not.toContain(number)
  })
})

test('a scope that was not asked for opens nothing, whatever was granted before', async () => {
  const portal = await relyingParty(await startMock())

  const { tokens, claims } = await portal.tokensFor('adult-level-2', { scope: 'openid' })
  const userinfo = await portal.userinfo(tokens.access_token, claims.sub)

  expect(Object.keys(userinfo).toSorted()).toEqual(['authentication_level', 'sub'])
})
