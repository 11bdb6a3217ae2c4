import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import {
  createPeople,
  newPersonSchema,
  personViewSchema,
  personWishesSchema,
} from '../../src/accounts/index.ts'
import { family, fileOf, problemsOf, rulesBrokenBy, serve } from './changing-world.ts'
import { MovableClock } from './population.ts'

describe('a new person of whom nothing is said', () => {
  test('is a lawful adult with an active account of level 2, whom everybody finds', async () => {
    const { people } = serve()
    const person = await people.create()

    expect(person).toMatchObject({
      kind: 'citizen',
      nationality: 'VNM',
      account: { level: 2, state: 'active', password: 'Matkhau@1', passcode: '123456' },
      guardianIds: [],
    })
    expect(person.age).toBeGreaterThanOrEqual(18)
    expect(person.phone).toMatch(/^\+84990\d{6}$/)
    expect(person.number).toMatch(/^(000|003|005|097|098|099)/)
    expect(await rulesBrokenBy(people, [person])).toEqual([])
    expect(await people.find(person.id)).toBe(person)
    expect(await people.find(person.number)).toBe(person)
    expect(await people.personas()).toEqual([person])
  })

  test('is the same in every world of one seed, and another in one of another', async () => {
    const [one, same, other] = await Promise.all(
      ['a', 'a', 'b'].map((seed) => serve([], { seed }).people.create()),
    )

    expect(same).toEqual(one)
    expect(other?.id).not.toBe(one?.id)
    expect(other?.number).not.toBe(one?.number)
  })

  test('is what the schema of a person says, and so is everyone of a file', async () => {
    const { people } = serve(family)
    await people.create({ age: 3 })
    await people.create({ kind: 'foreigner', device: 'Pixel' })

    for (const person of await people.list()) expect(personViewSchema.parse(person)).toEqual(person)
  })
})

describe('a new person', () => {
  test('is what was asked', async () => {
    const { people } = serve(family)
    const person = await people.create({
      id: 'anna',
      name: 'Nguyễn  Thị Ánh',
      sex: 'female',
      age: 30,
      birthday: 'today',
      placeOfBirthRegistration: 'Vân Ảo',
      province: 'Đà Nẵng',
      phone: null,
      email: 'anna@example.com',
      card: { issuedOn: '2024-01-31' },
      level: 1,
      state: 'locked',
      password: 'Khac@1234',
      device: 'Máy của Ánh',
      memberships: [{ organizationId: 'company', role: 'staff' }],
      deceasedOn: '2026-06-10',
      previousNumbers: ['000000123'],
    })

    expect(person).toMatchObject({
      id: 'anna',
      name: 'Nguyễn Thị Ánh',
      middleName: 'Thị',
      birthDate: '1996-06-15',
      age: 30,
      placeOfBirthRegistration: 'Vân Ảo',
      address: { province: 'Đà Nẵng' },
      email: 'anna@example.com',
      card: { issuedOn: '2024-01-31' },
      account: { level: 1, state: 'locked', password: 'Khac@1234', device: 'Máy của Ánh' },
      memberships: [{ organizationId: 'company', role: 'staff' }],
      deceasedOn: '2026-06-10',
      previousNumbers: ['000000123'],
    })
    expect(person.number).toMatch(/^097196/)
    expect(person.phone).toBeUndefined()
    expect(person.card?.expiresOn).toBeUndefined()
  })

  test.each([
    [
      { sex: 'male', name: 'Lê Nam' },
      { sex: 'male', familyName: 'Lê', givenName: 'Nam' },
    ],
    [
      { number: '000192123456' },
      {
        number: '000192123456',
        sex: 'female',
        birthDate: expect.stringMatching(/^1992-/) as string,
      },
    ],
    [{ birthDate: '1950' }, { birthDate: '1950', age: 76 }],
    [{ guardians: ['mother'] }, { guardianIds: ['mother'] }],
    [{ nationality: 'FRA' }, { kind: 'foreigner', nationality: 'FRA' }],
    [
      { age: 14, birthday: 'today' },
      { birthDate: '2012-06-15', guardianIds: [] },
    ],
  ] as const)('%j has the rest to fit', async (wishes, fits) => {
    const { people } = serve(family)
    const person = await people.create(wishes)

    expect(person).toMatchObject(fits)
    expect(await rulesBrokenBy(people, [person])).toEqual([])
  })

  test('of a foreign country has a passport, a card and a number', async () => {
    const { people } = serve()
    const person = await people.create({ kind: 'foreigner' })

    expect(person.nationality).not.toBe('VNM')
    expect(person.passport).toMatch(/^XX\d{7}$/)
    expect(person.card).toBeDefined()
    expect(person.number).toMatch(/^\d{12}$/)
  })

  test.each([
    [0, 1],
    [5, 1],
    [6, 2],
    [13, 2],
  ])('of %i has level %i, and a parent who is made with them', async (age, level) => {
    const { people } = serve()
    const child = await people.create({ age })
    const [parentId = ''] = child.guardianIds
    const parent = await people.find(parentId)

    expect(child.account.level).toBe(level)
    expect(parent).toMatchObject({ dependantIds: [child.id], account: { level: 2 } })
    expect(parentId).toBe(`${parent?.sex === 'female' ? 'mother' : 'father'}-of-${child.id}`)
    expect(parent?.phone).toBeDefined()
    expect((await people.phoneHolder(child)).id).toBe(parentId)
    expect(await rulesBrokenBy(people, await people.personas())).toEqual([])
  })

  test('whose father is made too has his family name', async () => {
    const { people } = serve()
    const children = await Promise.all(Array.from({ length: 8 }, () => people.create({ age: 7 })))
    const fathers = await Promise.all(children.map(({ id }) => people.find(`father-of-${id}`)))
    const families = fathers.flatMap((father, index) =>
      father ? [[father.familyName, children[index]?.familyName]] : [],
    )

    expect(families.length).toBeGreaterThan(0)
    expect(families.filter(([father, child]) => father !== child)).toEqual([])
  })

  test('who is a ward has a guardian who is made with them', async () => {
    const { people } = serve()
    const ward = await people.create({ age: 70, isWard: true })

    expect(ward.guardianIds).toEqual([`guardian-of-${ward.id}`])
    expect(await people.rolesOf((await people.find(`guardian-of-${ward.id}`))!)).toMatchObject([
      { kind: 'self' },
      { kind: 'ward', subjectId: ward.id },
    ])
  })

  test.each([0, 5, 13])('of %i has a card that lasts beyond 14', async (age) => {
    const clock = new MovableClock()
    const { people } = serve([], { clock })
    const { id } = await people.create({ age, birthday: 'today' })
    clock.set(`${2026 + 14 - age}-06-15T12:00:00+07:00`)
    const person = (await people.find(id))!

    expect(person).toMatchObject({ age: 14, guardianIds: [] })
    expect(await people.whyUnusable(person)).toBeUndefined()
  })

  test('may break the law by saying why', async () => {
    const { people } = serve()
    const wishes = { age: 5, level: 2, unlawful: 'a wrong record', guardians: [] } as const

    expect(await people.create(wishes)).toMatchObject({ age: 5, account: { level: 2 } })
  })
})

describe('a new person is refused', () => {
  const { people } = serve(family)

  test.each([
    [{ nam: 'x' }, ['nam: "nam" is not an option. Did you mean "name"?']],
    [{ age: 5, birthDate: '2000' }, ['age: must not stand beside "birthDate", got 5']],
    [
      { birthday: '05-17' },
      ['birthday: must stand beside "age" ("birthDate" already has the day), got "05-17"'],
    ],
    [
      { province: 'Hà Nội', address: { province: 'Huế' } },
      ['province: must not stand beside "address.province", which it is short for, got "Hà Nội"'],
    ],
    [
      { phone: '0990', level: 3, address: { province: 'Hà Nộ' } },
      [
        'address.province: must be a province of today (did you mean "Hà Nội"?), got "Hà Nộ"',
        'phone: must be a number with its country, such as "+84990000001", got "0990"',
        'level: must be one of 1, 2, got 3',
      ],
    ],
    [
      { guardians: ['mothr'], age: 5 },
      ['guardians.0: "mothr" does not exist. Did you mean "mother"?'],
    ],
    [
      { memberships: [{ organizationId: 'compny', role: 'staff' }] },
      ['memberships.0.organizationId: "compny" does not exist. Did you mean "company"?'],
    ],
    [{ age: 300 }, [expect.stringMatching(/^age: must be of someone born 1900 to 2199, got 17/)]],
    [
      { birthDate: '2026-06-16', guardians: ['mother'] },
      expect.arrayContaining(['birthDate: must not be after today, got 2026-06-16']),
    ],
    [
      { deceasedOn: '1980-01-01', birthDate: '1990' },
      ['deceasedOn: must be after the birth on 1990, got 1980-01-01'],
    ],
    [
      { age: 5, level: 2 },
      [
        'level: breaks the rule "level-2-from-6" (Decree 69/2024/NĐ-CP Art. 7): a citizen under 6 has no account of level 2, got level 2 at age 5. Change it, or say unlawful: "<why>".',
      ],
    ],
    [{ passcode: '12', unlawful: ' ' }, ['unlawful: must not be empty, got " "']],
  ])('for %j', async (wishes, problems) => {
    expect(await problemsOf(people.create(wishes as object))).toEqual(problems)
  })

  test.each([
    ['bo', 'Trần Văn Bo'],
    ['company', 'Công ty TNHH Ví Dụ'],
  ])('whose id "%s" somebody has: %s', async (id, holder) => {
    await expect(people.create({ id })).rejects.toMatchObject({
      code: 'ERR_PERSON_TAKEN',
      message: expect.stringContaining(`got "${id}" of "${holder}". Give another`) as string,
    })
  })

  test('whose number somebody has', async () => {
    const { number } = (await people.find('bo'))!

    expect(await problemsOf(people.create({ number }))).toContain(
      `number: must be their own, got "${number}" of "bo"`,
    )
  })

  test('with every problem in the message, and nothing changes', async () => {
    const before = await people.personas()

    await expect(people.create({ card: null, passcode: '12' })).rejects.toMatchObject({
      code: 'ERR_PERSON_INVALID',
      message: expect.stringMatching(
        /^the person cannot be so \(2 problems\):\n {2}card {2}breaks the rule "citizen-card".*\n {2}passcode {2}breaks the rule "passcode-form".*\nNothing was changed\.$/,
      ) as string,
    })
    expect(await people.personas()).toEqual(before)
  })

  test('beyond as many as a world may change', async () => {
    const { people } = serve(family, { mostChanges: 2 })
    await people.change('bo', { level: 1 })
    await expect(people.create({ age: 3 })).rejects.toMatchObject({
      code: 'ERR_LIMIT_REACHED',
      message:
        'this world has 2 changed people, which is the most. Remove some that were added, reset the world, or make another.',
    })
    const { id } = await people.create()
    await people.change('bo', { level: 2 })
    await people.remove(id)

    expect(await people.create()).toMatchObject({ account: { level: 2 } })
  })
})

describe('ten thousand new people', () => {
  test('have a number and a phone each of their own, and are found by both names', async () => {
    const people = createPeople({ file: fileOf(family), clock: new MovableClock() })
    for (let count = 0; count < 10_000; count++) await people.create({ age: 34, sex: 'female' })
    const all = await people.personas()

    expect(all).toHaveLength(10_003)
    expect(new Set(all.map(({ number }) => number)).size).toBe(10_003)
    expect(new Set(all.slice(3).map(({ phone }) => phone)).size).toBe(10_000)
    expect(await people.find(all[9000]!.number)).toBe(all[9000])
  }, 120_000)
})

describe('the schema of wishes', () => {
  test.each([
    ['newPersonSchema', newPersonSchema],
    ['personWishesSchema', personWishesSchema],
    ['personViewSchema', personViewSchema],
  ])('%s can be said as a JSON schema', (_name, schema) => {
    expect(z.toJSONSchema(schema, { io: 'input' })).toMatchObject({
      type: 'object',
      additionalProperties: false,
      properties: { name: { type: 'string' }, sex: { enum: ['male', 'female'] } },
    })
  })
})
