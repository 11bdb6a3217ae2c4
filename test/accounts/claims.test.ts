import { describe, expect, test } from 'vitest'
import { claimsOf, extensionScopes, PersonNotFound, scopeClaims } from '../../src/accounts/index.ts'
import { aForeigner, anOrganization, aPerson, directoryOf } from './population.ts'

const people = directoryOf(
  [
    aPerson('mother', {
      name: 'Lê Thị Thu Hà',
      birth_date: '1985-02-03',
      number: '000185000001',
      phone: '+84990000001',
      email: 'mother@example.com',
      passport: 'X0000001',
      previous_numbers: ['000000101'],
      address: { street: '8 Ngõ Ví Dụ', commune: 'Phường Hoa Mẫu', province: 'Hải Phòng' },
      card: { issued_on: '2022-03-04', expires_on: '2032-03-04' },
    }),
    aPerson('child', {
      name: 'Phạm Nam',
      sex: 'male',
      birth_date: '2014-05-06',
      number: '003214000002',
      account: { level: 1 },
      guardians: ['mother'],
    }),
    aPerson('old', { name: 'Y', birth_date: 1950, card: { issued_on: '2021-01-01' } }),
    aForeigner('foreigner'),
    aPerson('huy', {
      name: 'Đặng Quốc Huy',
      birth_date: '1981-03-16',
      memberships: [{ organization: 'company', role: 'representative' }],
    }),
  ],
  { organizations: [anOrganization('company')] },
)

const subOf = async (id: string) => (await people.find(id))?.sub

const claims = (subjectId: string, actorId = subjectId) => claimsOf({ people, subjectId, actorId })

describe('the claims of a person as themself', () => {
  test('say everything that is known', async () => {
    expect(await claims('mother')).toEqual({
      sub: await subOf('mother'),
      name: 'Lê Thị Thu Hà',
      family_name: 'Lê',
      middle_name: 'Thị Thu',
      given_name: 'Hà',
      birthdate: '1985-02-03',
      gender: 'female',
      locale: 'vi-VN',
      updated_at: Date.parse('2022-03-04T00:00:00+07:00') / 1000,
      phone_number: '+84990000001',
      phone_number_verified: true,
      email: 'mother@example.com',
      email_verified: true,
      address: {
        formatted: '8 Ngõ Ví Dụ, Phường Hoa Mẫu, Hải Phòng, Việt Nam',
        street_address: '8 Ngõ Ví Dụ',
        locality: 'Phường Hoa Mẫu',
        region: 'Hải Phòng',
        country: 'Việt Nam',
      },
      personal_id_number: '000185000001',
      account_type: 'citizen',
      account_level: 2,
      passport_number: 'X0000001',
      nationality: 'VNM',
      place_of_origin: 'Hà Nội',
      place_of_birth_registration: 'Mộng Sơn',
      card: { issued_on: '2022-03-04', expires_on: '2032-03-04' },
      previous_ids: ['000000101'],
      dependants: [
        { name: 'Phạm Nam', birthdate: '2014-05-06', personal_id_number: '003214000002' },
      ],
    })
  })

  test('leave out what the person does not have', async () => {
    const old = await claims('old')

    expect(Object.keys(old).toSorted()).toEqual(
      [
        'account_level',
        'account_type',
        'address',
        'birthdate',
        'card',
        'gender',
        'given_name',
        'locale',
        'name',
        'nationality',
        'personal_id_number',
        'place_of_birth_registration',
        'place_of_origin',
        'sub',
        'updated_at',
      ].toSorted(),
    )
    expect(old).toMatchObject({ birthdate: '1950', card: { issued_on: '2021-01-01' } })
  })

  test('do not say which language a foreigner reads', async () => {
    expect(await claims('foreigner')).not.toHaveProperty('locale')
  })

  test('say that a foreigner is one', async () => {
    expect(await claims('foreigner')).toMatchObject({
      account_type: 'foreigner',
      nationality: 'DEU',
      passport_number: 'XX0000001',
      place_of_birth_registration: 'München, Đức',
    })
  })

  test('say of a minor that the guardian confirmed, and name no actor', async () => {
    const child = await claims('child')

    expect(child).toMatchObject({
      sub: await subOf('child'),
      guardian: { name: 'Lê Thị Thu Hà', personal_id_number: '000185000001', confirmed: true },
    })
    expect(child).not.toHaveProperty('act')
  })
})

describe('integrated documents', () => {
  const documents = {
    driving_licence: { number: '1', class: 'B', issued_on: '2020-01-02', expires_in_years: 4 },
    tax: {},
  }
  const told = async (otherwise: object) => {
    const people = directoryOf([aPerson('p', { documents, ...otherwise })])
    return claimsOf({ people, subjectId: 'p', actorId: 'p' })
  }

  test('are told as they are integrated, by an account of level 2', async () => {
    const claims = await told({})

    expect(claims).toMatchObject({
      driving_licence: {
        number: '1',
        class: 'B',
        issued_on: '2020-01-02',
        expires_on: '2030-06-15',
      },
      tax: { code: claims['personal_id_number'] },
    })
    expect(claims).not.toHaveProperty('vehicles')
  })

  test('are not told by an account of level 1', async () => {
    const claims = await told({ account: { level: 1 } })

    expect(Object.keys(claims)).not.toContain('driving_licence')
    expect(Object.keys(claims)).not.toContain('tax')
  })

  test('are all that the extension opens', () => {
    expect(extensionScopes.flatMap((scope) => scopeClaims[scope])).toEqual(
      scopeClaims['vneid:documents'],
    )
  })
})

describe('the claims of a child whom a guardian acts for', () => {
  test('are the child’s, at the level of the child, with the guardian as actor', async () => {
    expect(await claims('child', 'mother')).toMatchObject({
      sub: await subOf('child'),
      act: { sub: await subOf('mother') },
      name: 'Phạm Nam',
      account_level: 1,
      guardian: { name: 'Lê Thị Thu Hà', personal_id_number: '000185000001' },
    })
  })

  test('do not say that the guardian confirmed', async () => {
    expect((await claims('child', 'mother'))['guardian']).not.toHaveProperty('confirmed')
  })
})

describe('the claims of an organisation', () => {
  test('are the organisation’s, and the person is only in act', async () => {
    expect(await claims('company', 'huy')).toEqual({
      sub: (await people.organization('company'))?.sub,
      act: { sub: await subOf('huy'), name: 'Đặng Quốc Huy', birthdate: '1981-03-16' },
      address: {
        formatted: 'Phường Hoa Mẫu, Đồng Nai, Việt Nam',
        locality: 'Phường Hoa Mẫu',
        region: 'Đồng Nai',
        country: 'Việt Nam',
      },
      account_type: 'organization',
      organization: {
        id: 'TC-000001',
        tax_code: '0000000019',
        name: 'Công ty TNHH Ví Dụ',
        role: 'representative',
      },
    })
  })
})

test('claims of nobody are refused with the nearest name', async () => {
  await expect(claims('mothr')).rejects.toThrow(PersonNotFound)
  await expect(claims('mothr')).rejects.toMatchObject({
    code: 'ERR_PERSON_NOT_FOUND',
    message:
      'person "mothr" does not exist. Did you mean "mother"? "mock-vneid people" and GET /_mock/people say who is there.',
  })
})

test('every claim belongs to one scope', async () => {
  const known = Object.values(scopeClaims).flat()
  const seen = await Promise.all([
    claims('mother'),
    claims('child', 'mother'),
    claims('company', 'huy'),
  ])

  expect(new Set(known).size).toBe(known.length)
  expect(seen.flatMap(Object.keys).filter((claim) => !known.includes(claim))).toEqual([])
})
