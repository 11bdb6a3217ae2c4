import { describe, expect, test } from 'vitest'
import type { People, Role } from '../../src/accounts/index.ts'
import { anOrganization, aPerson, directoryOf, MovableClock, noon, type Raw } from './population.ts'

const child = (otherwise: Raw = {}) =>
  aPerson('child', { age: 9, guardians: ['mother'], ...otherwise })

const find = async (people: People, id: string) => (await people.find(id))!

const rolesOf = async (people: People, id: string): Promise<readonly Role[]> =>
  people.rolesOf(await find(people, id))

const whyUnusable = async (people: People, id: string) => people.whyUnusable(await find(people, id))

describe('people', () => {
  const people = directoryOf([aPerson('bo'), aPerson('anna')])

  test('are found by id and by number', async () => {
    const anna = await find(people, 'anna')

    expect(await people.find(anna.number)).toBe(anna)
    expect(await people.find('nobody')).toBeUndefined()
  })

  test('come in the order of their file', async () => {
    expect((await people.personas()).map(({ id }) => id)).toEqual(['bo', 'anna'])
  })

  test('are guessed from a name that is nearly theirs', () => {
    expect(people.nearest('ana')).toBe('anna')
    expect(people.nearest('somebody-else')).toBeUndefined()
  })

  test('have an opaque subject of their own, the same after every restart', async () => {
    const again = directoryOf([aPerson('anna', { age: 50 })])
    const [bo, anna] = await people.personas()

    expect(anna?.sub).toMatch(/^[\w-]{22}$/)
    expect(anna?.sub).not.toBe(bo?.sub)
    expect((await find(again, 'anna')).sub).toBe(anna?.sub)
  })

  test('have a number that follows the province where their birth was registered', async () => {
    const registered = directoryOf([aPerson('p', { place_of_birth_registration: 'Vân Ảo' })])

    expect((await find(registered, 'p')).number).toMatch(/^097192/)
  })

  test('have names in NFC with single spaces, whatever the file has', async () => {
    const name = 'Nguyễn  Thị Ánh'.normalize('NFD')
    const people = directoryOf([aPerson('p', { name })])

    expect(await find(people, 'p')).toMatchObject({
      name: 'Nguyễn Thị Ánh'.normalize('NFC'),
      familyName: 'Nguyễn'.normalize('NFC'),
      givenName: 'Ánh'.normalize('NFC'),
    })
  })

  test.each([
    [{ name: 'Lê Nam' }, { familyName: 'Lê', givenName: 'Nam' }],
    [
      { name: 'Nguyễn Hoàng Thị Minh Anh' },
      { familyName: 'Nguyễn', middleName: 'Hoàng Thị Minh', givenName: 'Anh' },
    ],
    [{ name: 'Y' }, { familyName: '', givenName: 'Y' }],
    [
      { name: "H'Hen Niê", family_name: 'Niê', given_name: "H'Hen" },
      { familyName: 'Niê', givenName: "H'Hen" },
    ],
    [
      {
        name: 'Schneider Anna Maria',
        kind: 'foreigner',
        nationality: 'DEU',
        passport: 'XX0000001',
      },
      { familyName: 'Schneider', givenName: 'Anna Maria' },
    ],
  ])('%j have the name parts %j', async (otherwise, parts) => {
    const { familyName, middleName, givenName } = await find(
      directoryOf([aPerson('p', otherwise)]),
      'p',
    )

    expect({ familyName, ...(middleName !== undefined && { middleName }), givenName }).toEqual(
      parts,
    )
  })
})

describe('a role', () => {
  const coded = (nth: number): Raw => ({ code: `TC-${nth}`, tax_code: `000000000${nth}` })
  const organizations = [
    anOrganization('one'),
    anOrganization('two', coded(2)),
    anOrganization('three', coded(3)),
    anOrganization('four', { ...coded(4), state: 'dissolved' }),
    anOrganization('five', { ...coded(5), state: 'locked' }),
  ]
  const memberships = [
    { organization: 'one', role: 'representative' },
    { organization: 'two', role: 'authorised' },
    { organization: 'three', role: 'staff' },
    { organization: 'four', role: 'representative' },
    { organization: 'five', role: 'authorised' },
  ]

  test('is self first, then child, ward, and the organisations one may act for', async () => {
    const people = directoryOf(
      [
        aPerson('mother', { memberships }),
        aPerson('ward', { age: 70, ward: true, guardians: ['mother'] }),
        child(),
        aPerson('grown', { age: 14, guardians: ['mother'] }),
      ],
      { organizations },
    )

    expect(await rolesOf(people, 'mother')).toEqual([
      { kind: 'self', subjectId: 'mother', name: 'Nguyễn Thị Minh Anh' },
      { kind: 'ward', subjectId: 'ward', name: 'Nguyễn Thị Minh Anh' },
      { kind: 'child', subjectId: 'child', name: 'Nguyễn Thị Minh Anh' },
      { kind: 'organization', subjectId: 'one', name: 'Công ty TNHH Ví Dụ', as: 'representative' },
      { kind: 'organization', subjectId: 'two', name: 'Công ty TNHH Ví Dụ', as: 'authorised' },
    ])
  })

  test.each([
    ['of level 1', { account: { level: 1 }, unlawful: 'level 1' }],
    ['locked', { account: { state: 'locked' } }],
    ['of an expired card', { card: { issued_years_ago: 9, expires_in_years: -1 } }],
  ])('is self alone for a guardian whose account is %s', async (_what, otherwise) => {
    const people = directoryOf(
      [aPerson('mother', { memberships, ...otherwise }), child({ unlawful: 'no able guardian' })],
      { organizations },
    )

    expect((await rolesOf(people, 'mother')).map(({ kind }) => kind)).toEqual(['self'])
  })

  test.each([
    ['locked', { account: { state: 'locked' } }],
    ['deceased', { deceased_days_ago: 0 }],
  ])('is not a child who is %s', async (_what, otherwise) => {
    const people = directoryOf([aPerson('mother'), child(otherwise)])

    expect((await rolesOf(people, 'mother')).map(({ kind }) => kind)).toEqual(['self'])
  })
})

describe('an account', () => {
  test.each([
    ['account_not_activated', { account: { state: 'not-activated' } }],
    ['account_locked', { account: { state: 'locked' } }],
    ['account_cancelled', { account: { state: 'cancelled' } }],
    ['card_expired', { card: { issued_years_ago: 9, expires_in_years: -1 } }],
    ['deceased', { deceased_days_ago: 3, account: { state: 'locked' } }],
    [undefined, {}],
    [undefined, { card: { issued_years_ago: 9 } }],
  ])('is unusable for the reason %s', async (why, otherwise) => {
    expect(await whyUnusable(directoryOf([aPerson('p', otherwise)]), 'p')).toBe(why)
  })

  test('can be used through the last day of the card, and not on the next', async () => {
    const clock = new MovableClock(noon)
    const card = { issued_on: '2020-01-01', expires_on: '2026-12-31' }
    const people = directoryOf([aPerson('p', { card })], { clock })

    clock.set('2026-12-31T23:59:59+07:00')
    expect(await whyUnusable(people, 'p')).toBeUndefined()
    clock.set('2027-01-01T00:00:00+07:00')
    expect(await whyUnusable(people, 'p')).toBe('card_expired')
  })

  test.each([
    ['locked', { account: { state: 'locked' } }],
    ['deceased', { deceased_days_ago: 1 }],
    ['of level 1', { account: { level: 1 } }],
  ])('of a minor is unusable when the only guardian is %s', async (_what, otherwise) => {
    const people = directoryOf([
      aPerson('mother', otherwise),
      child({ unlawful: 'no able guardian' }),
    ])

    expect(await whyUnusable(people, 'child')).toBe('guardian_unable')
  })

  test('of a minor can be used while one of two guardians is able', async () => {
    const people = directoryOf([
      aPerson('father', { deceased_days_ago: 1 }),
      aPerson('mother'),
      child({ guardians: ['father', 'mother'] }),
    ])

    expect(await whyUnusable(people, 'child')).toBeUndefined()
  })
})

describe('the phone that codes arrive on', () => {
  test('is an adult’s own', async () => {
    const people = directoryOf([aPerson('p')])
    const person = await find(people, 'p')

    expect(await people.phoneHolder(person)).toBe(person)
  })

  test('is for a minor that of the first guardian who is able', async () => {
    const people = directoryOf([
      aPerson('father', { account: { state: 'locked' } }),
      aPerson('mother'),
      child({ guardians: ['father', 'mother'], phone: '+84990000009' }),
    ])

    expect(await people.phoneHolder(await find(people, 'child'))).toMatchObject({ id: 'mother' })
  })

  test('is for a minor the first guardian’s when none is able', async () => {
    const people = directoryOf([aPerson('mother', { account: { state: 'locked' } }), child()])

    expect(await people.phoneHolder(await find(people, 'child'))).toMatchObject({ id: 'mother' })
  })
})

describe('a phone in somebody else’s name', () => {
  const people = directoryOf([
    aPerson('son', { phone: '+84990000001', account: { device: 'a phone' } }),
    aPerson('mother', { phone: '+84990000001', phone_holder: 'son' }),
    aPerson('child', { age: 9, guardians: ['mother'] }),
  ])
  const holderOf = async (id: string) => people.phoneHolder(await find(people, id))

  test('is where codes arrive, as text messages: the app there is of another account', async () => {
    const holder = await holderOf('mother')

    expect(holder).toMatchObject({ id: 'son', phone: '+84990000001' })
    expect(holder.account).not.toHaveProperty('device')
  })

  test('is nobody’s for whom a guardian is asked', async () => {
    expect(await holderOf('child')).toMatchObject({ id: 'mother' })
  })
})

test('a ward acts for nobody', async () => {
  const people = directoryOf([
    aPerson('guardian'),
    aPerson('ward', { ward: true, guardians: ['guardian'] }),
    aPerson('child', {
      age: 9,
      guardians: ['ward'],
      unlawful: 'to see that nobody can confirm',
    }),
  ])

  expect((await rolesOf(people, 'ward')).map(({ kind }) => kind)).toEqual(['self'])
  expect(await whyUnusable(people, 'child')).toBe('guardian_unable')
})
