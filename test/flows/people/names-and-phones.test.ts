import { describe, expect, test } from 'vitest'
import { Citizen } from '../../support/citizen.ts'
import { request } from '../../support/journeys.ts'
import { startMock, type TestMock } from '../../support/mock.ts'
import { textOf } from '../../support/page-parts.ts'
import { relyingParty } from '../../support/relying-party.ts'

const scope = 'openid profile phone email address vneid vneid:identity'

const toldOf = async (as: string) => {
  const world = await (await startMock()).world()
  const { claims = {}, idToken } = await world.signIn({ as, scope })
  return { world, claims, idToken }
}

describe('a name', () => {
  test.each(['name-in-nfd', 'long-name', 'ethnic-minority-name', 'renamed', 'province-merged'])(
    'of %s is sent in composed letters (NFC), like all that is sent',
    async (as) => {
      const { claims } = await toldOf(as)
      const sent = JSON.stringify(claims)

      expect(claims['name']).toEqual(expect.any(String))
      expect(sent).toBe(sent.normalize('NFC'))
    },
  )

  test.each(['NFC', 'NFD'] as const)('that is given in %s is the same name', async (form) => {
    const world = await (await startMock()).world()
    const name = 'Huỳnh Thị Mỹ Phượng'.normalize(form)
    const { id } = await world.people.create({ name, sex: 'female', age: 30 })

    expect((await world.people.get(id)).name).toBe((await world.people.get('name-in-nfd')).name)
  })

  test('that is given again in other letters is no other name', async () => {
    const { world } = await toldOf('name-in-nfd')
    await world.people.change('name-in-nfd', { name: 'Huỳnh Thị Mỹ Phượng'.normalize('NFD') })

    expect(await world.people.get('name-in-nfd')).not.toHaveProperty('previousNames')
  })

  test.each([
    ['single-given-name', { name: "K'Brèo", given_name: "K'Brèo" }, ['family_name', 'middle_name']],
    [
      'ethnic-minority-name',
      { name: "H'Juôn Kbuôr", family_name: 'Kbuôr', given_name: "H'Juôn" },
      ['middle_name'],
    ],
    [
      'long-name',
      {
        name: 'Công Tằng Tôn Nữ Thị Ngọc Hoàng Anh Thư',
        family_name: 'Công Tằng Tôn Nữ',
        middle_name: 'Thị Ngọc Hoàng Anh',
        given_name: 'Thư',
      },
      [],
    ],
  ])('of %s has the parts that it has', async (as, parts, absent) => {
    const { claims } = await toldOf(as)

    expect(claims).toMatchObject(parts)
    for (const part of absent) expect(claims).not.toHaveProperty(part)
  })

  test('that was changed a week ago says so by updated_at, and the old one is not told', async () => {
    const { world, claims } = await toldOf('renamed')
    const { now } = await world.clock.read()
    const days = (Date.parse(now) / 1000 - Number(claims['updated_at'])) / (24 * 3600)

    expect(Math.floor(days)).toBe(7)
    expect(JSON.stringify(claims)).not.toContain('Quách Thị Tý')
    expect((await world.people.get('renamed')).previousNames).toEqual(['Quách Thị Tý'])
  })
})

test('somebody born in a province that was merged keeps its name and its prefix', async () => {
  const { claims } = await toldOf('province-merged')

  expect(claims).toMatchObject({
    personal_id_number: expect.stringMatching(/^097/),
    place_of_birth_registration: 'Vân Ảo',
    address: expect.objectContaining({ region: 'Mộng Hải' }),
  })
})

test('two old numbers of one person are both told', async () => {
  const { claims } = await toldOf('legacy-cmnd')

  expect(claims['previous_ids']).toEqual(['000000140', '000000141'])
})

test('a birth date of which only the year is known has four digits wherever it stands', async () => {
  const world = await (await startMock()).world()
  const asked = { userinfo: { birthdate: null }, id_token: { birthdate: null } }
  const parameters = { claims: JSON.stringify(asked) }
  await world.people.change('ward', {
    birthDate: '1980',
    number: '099080000001',
    guardians: ['year-only-birth-date'],
  })
  await world.people.change('year-only-birth-date', {
    memberships: [{ organizationId: 'example-company', role: 'authorised' }],
  })

  const self = await world.signIn({ as: 'year-only-birth-date', scope: 'openid', parameters })
  const guardian = await world.signIn({
    as: 'year-only-birth-date',
    scope: 'openid vneid:family',
  })
  const company = await world.signIn({ as: 'year-only-birth-date', role: 'example-company' })

  expect(self.claims?.['birthdate']).toMatch(/^\d{4}$/)
  expect(guardian.claims).toMatchObject({ dependants: [{ birthdate: '1980' }] })
  expect(company.claims).toMatchObject({ act: { birthdate: expect.stringMatching(/^\d{4}$/) } })
})

describe('a phone or e-mail', () => {
  test.each([
    ['no-phone', ['email', 'email_verified']],
    ['no-email', ['phone_number', 'phone_number_verified']],
    ['child-13', []],
  ])('that %s has not is not told', async (as, expected) => {
    const { claims } = await toldOf(as)

    expect(Object.keys(claims).filter((name) => /^(phone|email)/.test(name))).toEqual(expected)
  })

  test('of two people is told of both', async () => {
    const [one, two] = await Promise.all(['shared-phone-one', 'shared-phone-two'].map(toldOf))

    expect(one?.claims['phone_number']).toBe(two?.claims['phone_number'])
    expect(one?.claims['sub']).not.toBe(two?.claims['sub'])
    expect(one?.claims).toMatchObject({ phone_number_verified: true })
  })

  test('in somebody else’s name is told, and not as verified', async () => {
    const { claims } = await toldOf('phone-not-own')

    expect(claims).toMatchObject({ phone_number: '+84990000035', phone_number_verified: false })
  })
})

describe('a code', () => {
  /** Goes to the code in a browser, and says what arrived. */
  const codeOf = async (mock: TestMock, as: string) => {
    const citizen = new Citizen(mock)
    const { number, account } = await mock.people.get(as)
    await request(citizen, await relyingParty(mock))
    await citizen.submit({ number, password: account.password })
    const { phoneOf, phone, channel } = await mock.messages.take({ person: as })
    return [channel, phoneOf, phone]
  }

  test.each([
    ['adult-level-2', 'app', 'adult-level-2', '+84990000001'],
    ['child-13', 'app', 'guardian-of-two', '+84990000003'],
    ['child-13-level-1', 'app', 'guardian-of-twins-and-ward', '+84990000015'],
    ['child-13-level-2', 'app', 'guardian-of-twins-and-ward', '+84990000015'],
    ['child-14-today', 'app', 'child-14-today', '+84990000021'],
    ['ward', 'app', 'ward', '+84990000020'],
    ['no-phone', 'app', 'no-phone', undefined],
    ['shared-phone-one', 'app', 'shared-phone-one', '+84990000032'],
    ['shared-phone-two', 'sms', 'shared-phone-two', '+84990000032'],
    ['phone-not-own', 'sms', 'province-merged', '+84990000035'],
    ['foreigner-child-5', 'app', 'foreigner-guardian', '+84990000024'],
  ])('of %s arrives by %s at %s', async (as, channel, phoneOf, phone) => {
    expect(await codeOf(await startMock(), as)).toEqual([channel, phoneOf, phone])
  })

  test('says on the page where it went, and calls nobody a guardian who is none', async () => {
    const mock = await startMock()
    const citizen = new Citizen(mock)
    const { number, account } = await mock.people.get('phone-not-own')
    await request(citizen, await relyingParty(mock))
    await citizen.submit({ number, password: account.password })

    expect(textOf(citizen.page.text)).toContain('tới số 099****035 đứng tên Kiều Văn Toàn.')
    expect(textOf(citizen.page.text)).not.toContain('người giám hộ')
  })

  test('goes to the own phone again when somebody gets a number of their own', async () => {
    const mock = await startMock()
    await mock.people.change('phone-not-own', { phone: '+84990007777' })

    expect(await codeOf(mock, 'phone-not-own')).toEqual(['sms', 'phone-not-own', '+84990007777'])
  })
})
