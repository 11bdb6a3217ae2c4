import { describe, expect, test } from 'vitest'
import { checkPeople } from '../../src/accounts/index.ts'
import { numberFor } from '../../src/accounts/number.ts'
import { anOrganization, aPerson, directoryOf, noon, problemsIn, type Raw } from './population.ts'

describe('a file of people with many mistakes', () => {
  test('has all of them reported at once, with the nearest names', () => {
    const problems = problemsIn(
      [
        aPerson('anna', { brithday: 'today', age: -1, sex: 'woman' }),
        aPerson('bo', { age: 5, guardians: ['ana'] }),
        aPerson('chi', {
          address: { province: 'Hải Phong' },
          account: { level: 3, passcode: 123456 },
        }),
        aPerson('dung', { memberships: [{ organization: 'compny', role: 'staff' }] }),
        aPerson('bo'),
        'somebody',
      ],
      [anOrganization('company', { tax_code: '12' })],
    )

    expect(problems).toEqual(
      expect.arrayContaining([
        {
          path: ['people', 0, 'brithday'],
          message: '"brithday" is not an option. Did you mean "birthday"?',
        },
        { path: ['people', 0, 'age'], message: 'must not be negative, got -1' },
        { path: ['people', 0, 'sex'], message: 'must be one of male, female, got "woman"' },
        {
          path: ['people', 1, 'guardians', 0],
          message: '"ana" does not exist. Did you mean "anna"?',
        },
        {
          path: ['people', 1, 'account', 'level'],
          message: expect.stringContaining('breaks the rule "level-2-from-6"'),
        },
        {
          path: ['people', 2, 'address', 'province'],
          message: 'must be a province of today (did you mean "Hải Phòng"?), got "Hải Phong"',
        },
        { path: ['people', 2, 'account', 'level'], message: 'must be one of 1, 2, got 3' },
        {
          path: ['people', 2, 'account', 'passcode'],
          message: 'must be a string, got 123456. Put it in quotes',
        },
        {
          path: ['people', 3, 'memberships', 0, 'organization'],
          message: '"compny" does not exist. Did you mean "company"?',
        },
        { path: ['people', 4, 'id'], message: 'must be its own, got "bo" of people[1]' },
        { path: ['people', 5], message: 'must be an object, got "somebody"' },
        {
          path: ['organizations', 0, 'tax_code'],
          message: 'must be ten digits, and three more after a hyphen for a branch, got "12"',
        },
      ]),
    )
    expect(problems).toHaveLength(12)
  })

  test.each([undefined, null, [], 'people', { people: {} }, { people: null }])(
    'is refused without a stack when it is %j',
    (input) => {
      expect(checkPeople(input, { now: noon })).toMatchObject({
        problems: [{ message: expect.any(String) }],
      })
    },
  )
})

describe('an entry', () => {
  test.each([
    [
      { age: 34, birth_date: '1990-05-17' },
      'age',
      'must be given, or "birth_date" instead, but not both, got 34',
    ],
    [{ age: undefined }, 'age', 'must be given, or "birth_date" instead, but not both'],
    [
      { birth_date: 1990, birthday: 'today' },
      'birthday',
      'must stand beside "age" ("birth_date" already has the day), got "today"',
    ],
    [
      { birth_date: '1990-02-30' },
      'birth_date',
      'must be a year from 1900 to 2199, or a day such as "1990-05-17", got "1990-02-30"',
    ],
    [
      { birth_date: 1850 },
      'birth_date',
      'must be a year from 1900 to 2199, or a day such as "1990-05-17", got 1850',
    ],
    [
      { birth_date: '2027-01-01', card: { issued_on: '2027-01-02' }, unlawful: 'unborn' },
      'birth_date',
      'must not be after today, got 2027-01-01',
    ],
    [{ card: { issued_on: '2026-06-16' } }, 'card', 'must be issued by today, got 2026-06-16'],
    [
      { birth_date: 2000, card: { issued_on: '1999-12-31' } },
      'card',
      'must be issued after the birth on 2000, got 1999-12-31',
    ],
    [
      { card: { issued_on: '2020-01-01', expires_on: '2019-01-01' } },
      'card',
      'must expire after its issue on 2020-01-01, got 2019-01-01',
    ],
    [{ age: 20, deceased_days_ago: 8000 }, 'deceased_days_ago', 'must be after the birth on'],
    [{ age: 127 }, 'age', 'must be of someone born 1900 to 2199, got 1899-'],
    [{ birthday: '02-29' }, 'birthday', 'must be "today", "unknown"'],
    [
      { nationality: 'Vietnam' },
      'nationality',
      'must be a country of three letters (ISO 3166-1), such as "VNM", got "Vietnam"',
    ],
    [{ guardians: ['p'] }, 'guardians', 'must be somebody else'],
  ])('%j is refused at %s', (otherwise, key, message) => {
    expect(problemsIn([aPerson('p', otherwise)])).toContainEqual({
      path: expect.arrayContaining(['people', 0, key]),
      message: expect.stringContaining(message),
    })
  })

  test('has its contradictions reported beside its unknown keys', () => {
    const person = aPerson('p', { age: undefined, brithdate: 1990, card: { issued: 1 } })

    expect(problemsIn([person]).map(({ path }) => path.join('.'))).toEqual(
      expect.arrayContaining([
        'people.0.brithdate',
        'people.0.age',
        'people.0.card.issued',
        'people.0.card.issued_years_ago',
      ]),
    )
  })

  test('is judged by the law beside its unknown keys, and so are all others', () => {
    const weak = { account: { level: 2, password: 'weak', passcode: '1' } }
    const people = [
      aPerson('a', { ...weak, colour: 'red', card: { issued_years_ago: 0, colour: 'red' } }),
      aPerson('b', { ...weak, guardians: ['nobody'], sex: 'x' }),
      aPerson('c', { age: 5, guardians: ['a'] }),
    ]

    const broken = problemsIn(people, [anOrganization('o', { colour: 'red' })])

    expect(broken.map(({ path }) => path.join('.'))).toEqual([
      'people.0.card.colour',
      'people.0.colour',
      'people.1.sex',
      'organizations.0.colour',
      'people.1.guardians.0',
      'people.0.account.password',
      'people.0.account.passcode',
      'people.1.account.password',
      'people.1.account.passcode',
      'people.2.account.level',
    ])
  })

  test('is judged by the law beside its wrong values', () => {
    const small = aPerson('small', {
      nam: 'Bé',
      age: 5,
      account: { level: 2, password: 'abc', passcode: 123456 },
    })

    expect(
      problemsIn([small]).map(({ path, message }) => [path.slice(2).join('.'), message]),
    ).toEqual([
      ['nam', '"nam" is not an option. Did you mean "name"?'],
      ['account.passcode', 'must be a string, got 123456. Put it in quotes'],
      ['account.level', expect.stringContaining('"level-2-from-6"')],
      ['guardians', expect.stringContaining('"guardian-of-minor"')],
      ['account.password', expect.stringContaining('"password-form"')],
    ])
  })

  test.each<[Raw, ...string[]]>([
    [{ age: 'five' }, 'age', 'account.password'],
    [{ age: 127 }, 'age', 'account.password'],
    [{ age: undefined, birth_date: '2030-01-01' }, 'birth_date', 'card', 'account.password'],
    [{ age: 5, birthday: '31-02' }, 'birthday', 'account.level', 'guardians', 'account.password'],
    [{ age: 5, guardians: 'anna' }, 'guardians', 'account.level', 'account.password'],
    [{ age: 5, guardians: ['a b'] }, 'guardians.0', 'account.level', 'account.password'],
    [{ age: 5, gaurdians: ['anna'] }, 'gaurdians', 'account.level', 'account.password'],
    [{ card: { issued_on: 'long ago' } }, 'card.issued_on', 'account.password'],
    [{ card: undefined, crad: {} }, 'crad', 'account.password'],
    [{ card: undefined, kind: 'alien' }, 'kind', 'account.password'],
    [{ card: undefined, unlawful: '' }, 'unlawful'],
    [{ number: 12, nationality: 'DEU' }, 'number', 'nationality', 'account.password'],
    [{ sex: 'x', number: '000095000001' }, 'sex', 'account.password', 'number'],
    [{ id: 'An Na', number: '000192000009' }, 'id', 'account.password', 'number'],
    [{ phone: '0990', phone_holder: 'nobody' }, 'phone', 'phone_holder', 'account.password'],
    [
      { ward: 'yes', memberships: [{ organization: 'none', role: 'boss' }] },
      'ward',
      'memberships.0.role',
      'memberships.0.organization',
      'account.password',
    ],
    [
      { documents: { tax: 1, health_book: { number: '1', issued_on: '2030-01-01' } } },
      'documents.tax',
      'documents.health_book',
      'account.password',
    ],
    [{ address: 'Huế', place_of_origin: 5 }, 'place_of_origin', 'address', 'account.password'],
  ])('that says %j is not judged by what cannot be read of it', (otherwise, ...places) => {
    const person = aPerson('p', { ...otherwise, account: { level: 2, password: 'abc' } })
    const told = problemsIn([person]).map(({ path }) => path.slice(2).join('.'))

    expect(told).toEqual(places)
  })

  test('is judged by what can be read of its guardian', () => {
    const child = aPerson('child', { age: 7, guardians: ['parent'] })
    const parent = (otherwise: Raw) => problemsIn([child, aPerson('parent', otherwise)])
    const lowered = { level: 1 }

    expect(parent({ sex: 'x', account: lowered }).map(({ path }) => path.join('.'))).toEqual([
      'people.1.sex',
      'people.0.guardians',
    ])
    expect(parent({ ward: 'x', account: lowered })).toHaveLength(1)
    expect(parent({ account: { ...lowered, level: 'two' } })).toHaveLength(1)
    expect(parent({ age: 'old', account: lowered })).toHaveLength(1)
  })

  test('is judged by the law beside an id that somebody else has', () => {
    const people = [aPerson('a'), aPerson('a', { card: undefined }), aPerson('A'), aPerson('A')]

    expect(problemsIn(people).map(({ path }) => path.join('.'))).toEqual([
      'people.2.id',
      'people.3.id',
      'people.1.id',
      'people.3.id',
      'people.1.card',
    ])
  })

  test('may not take the number of somebody whose id cannot be read', () => {
    const people = ['a b', 'c'].map((id) =>
      aPerson(id, { birth_date: '1995-01-01', number: '000195000001' }),
    )

    expect(problemsIn(people).slice(1)).toEqual([
      {
        path: ['people', 1, 'number'],
        message: 'must be their own, got "000195000001" of people[0]',
      },
    ])
  })

  test('may not take the number of somebody else', () => {
    const [a, b] = ['a', 'b'].map((id) =>
      aPerson(id, { birth_date: '1995-01-01', number: '000195000001' }),
    )

    expect(problemsIn([a, b])).toEqual([
      { path: ['people', 1, 'number'], message: 'must be their own, got "000195000001" of "a"' },
    ])
  })

  test('gets a number of their own where the file gives none', async () => {
    const ids = Array.from({ length: 2000 }, (_, nth) => `nv-${nth}`)
    const birth_date = '1992-03-01'
    const first = (id: string) => numberFor({ id, sex: 'female', birthDate: birth_date })
    expect(new Set(ids.map(first)).size).toBeLessThan(ids.length)
    const number = first('nv-7')
    const all = [
      aPerson('given', { birth_date, number }),
      ...ids.map((id) => aPerson(id, { birth_date })),
    ]
    const directory = directoryOf(all)
    const numbers = await Promise.all(
      all.map(async ({ id }) => (await directory.find(String(id)))!.number),
    )

    expect(new Set(numbers).size).toBe(all.length)
    expect(await directory.find(number)).toMatchObject({ id: 'given' })
  })

  test('may not take the id of an organisation', () => {
    expect(problemsIn([aPerson('company')], [anOrganization('company')])).toEqual([
      { path: ['organizations', 0, 'id'], message: 'must be its own, got "company" of people[0]' },
    ])
  })

  test.each([
    [
      { phone_holder: 'bo' },
      'phone_holder',
      'must stand beside "phone", which is in their name, got "bo"',
    ],
    [{ phone: '+84990000001', phone_holder: 'p' }, 'phone_holder', 'must be somebody else'],
    [
      { phone: '+84990000001', phone_holder: 'boo' },
      'phone_holder',
      '"boo" does not exist. Did you mean "bo"?',
    ],
    [{ updated_days_ago: -1 }, 'updated_days_ago', 'must not be negative, got -1'],
    [
      { documents: { health_book: { number: '1', issued_years_ago: 40 } } },
      'documents.health_book',
      'must be issued between the birth on 1992-06-10 and today, got 1986-06-15',
    ],
    [
      { documents: { vehicles: [{ plate: '1', kind: 'Ô tô', issued_on: '2026-06-16' }] } },
      'documents.vehicles',
      'must be issued between the birth on 1992-06-10 and today, got 2026-06-16',
    ],
    [
      { documents: { health_book: { number: '1' } } },
      'documents.health_book.issued_years_ago',
      'must be given, or "issued_on" instead, but not both',
    ],
    [
      { documents: { driving_license: {} } },
      'documents.driving_license',
      '"driving_license" is not an option. Did you mean "driving_licence"?',
    ],
  ])('that says %j is refused for it', (otherwise, at, message) => {
    const person = aPerson('p', { birth_date: '1992-06-10', ...otherwise })

    expect(
      problemsIn([person, aPerson('bo')]).map((problem) => [
        problem.path.join('.'),
        problem.message,
      ]),
    ).toEqual([[`people.0.${at}`, message]])
  })

  test('without a number is told of the place that its number would say', () => {
    const of = (place: string, otherwise: Raw = {}) =>
      problemsIn([aPerson('p', { place_of_birth_registration: place, ...otherwise })])
    const path = ['people', 0, 'place_of_birth_registration']

    expect(of('0012')).toEqual([
      { path, message: expect.stringMatching(/"number-fits-place" .*, got "0012"\. Change it/) },
    ])
    expect(of('Hà Nội')).toEqual([
      { path, message: expect.stringMatching(/"number-unreal" .*, got "Hà Nội"\.$/) },
    ])
    expect(of('Thử Giang')).toEqual([])
    expect(of('0012', { birth_date: '1995-01-01', number: '000195000001' })).toMatchObject([
      { path: ['people', 0, 'number'] },
    ])
  })

  test('that names nobody is told whom it may have meant, as long as there are not too many', () => {
    const wrong = Array.from({ length: 21 }, (_, nth) => `annaa${nth}`)
    const people = [aPerson('annaa'), aPerson('p', { guardians: [...wrong, ...wrong.slice(0, 1)] })]
    const told = problemsIn(people).map(({ message }) => message)

    expect(told.map((message) => message.includes('Did you mean "annaa"?'))).toEqual([
      ...wrong.slice(0, 20).map(() => true),
      false,
      true,
    ])
  })

  test('whose guardian cannot be read is not refused for the guardian', () => {
    const child = aPerson('child', { age: 7, guardians: ['broken'] })

    expect(problemsIn([child, aPerson('broken', { sex: 'x' })])).toHaveLength(1)
  })
})

describe('an organisation', () => {
  const company = anOrganization('company')

  test('has a code and a tax code of its own', () => {
    const other = anOrganization('other', { code: 'TC-000002' })
    const third = anOrganization('third', { tax_code: '0000000027' })

    expect(problemsIn([], [company, other, third])).toEqual([
      {
        path: ['organizations', 2, 'code'],
        message: 'must be its own, got "TC-000001" of "company"',
      },
      {
        path: ['organizations', 1, 'tax_code'],
        message: 'must be its own, got "0000000019" of "company"',
      },
    ])
  })

  test('is judged beside its wrong values', () => {
    const other = anOrganization('other', { name: 5, code: 'TC-000002' })
    const third = anOrganization('A third', { founded_on: '2030-01-01', tax_code: '1' })

    expect(problemsIn([], [company, other, third]).map(({ path }) => path.join('.'))).toEqual([
      'organizations.1.name',
      'organizations.2.id',
      'organizations.2.tax_code',
      'organizations.2.code',
      'organizations.1.tax_code',
      'organizations.2.founded_on',
    ])
  })

  test('is founded today or before', () => {
    const founded = (founded_on: string) => problemsIn([], [{ ...company, founded_on }])

    expect(founded('2026-06-15')).toEqual([])
    expect(founded('2026-06-16')).toEqual([
      {
        path: ['organizations', 0, 'founded_on'],
        message: 'must not be after today, got 2026-06-16',
      },
    ])
  })
})
