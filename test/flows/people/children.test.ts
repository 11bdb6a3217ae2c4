import { describe, expect, test } from 'vitest'
import type { MockWorld } from '../../../src/index.ts'
import { startMock } from '../../support/mock.ts'
import { signInForLong } from './support/lasting.ts'
import { refusalIn } from './support/outcomes.ts'

const scope = 'openid profile vneid vneid:family'

describe('the two ways in for a child', () => {
  const bothWays = async (child: string, guardian: string) => {
    const world = await (await startMock()).world()
    const alone = await world.signIn({ as: child, scope })
    const acted = await world.signIn({ as: guardian, role: child, scope })
    return { world, alone: alone.claims!, acted: acted.claims! }
  }

  test.each([
    ['child-13', 'guardian-of-two'],
    ['child-5', 'guardian-of-two'],
    ['child-13-level-2', 'guardian-of-twins-and-ward'],
    ['foreigner-child-5', 'foreigner-guardian'],
  ])('give %s the same sub, and only one of them names an actor', async (child, guardian) => {
    const { world, alone, acted } = await bothWays(child, guardian)

    expect(acted['sub']).toBe(alone['sub'])
    expect(alone).not.toHaveProperty('act')
    expect(acted['act']).toEqual({ sub: (await world.people.get(guardian)).sub })
  })

  test('say who the guardian is, and that they confirmed only where they did not act', async () => {
    const { world, alone, acted } = await bothWays('child-13-level-2', 'guardian-of-twins-and-ward')
    const { name, number } = await world.people.get('guardian-of-twins-and-ward')

    expect(alone['guardian']).toEqual({ name, personal_id_number: number, confirmed: true })
    expect(acted['guardian']).toEqual({ name, personal_id_number: number })
  })

  test('are at the level of whose account authenticated', async () => {
    const { alone, acted } = await bothWays('child-13-level-1', 'guardian-of-twins-and-ward')

    expect([alone['acr'], alone['account_level']]).toEqual(['urn:mock-vneid:level:1', 1])
    expect([acted['acr'], acted['account_level']]).toEqual(['urn:mock-vneid:level:2', 1])
  })
})

test('a guardian is told with all who depend on them, a ward too', async () => {
  const world = await (await startMock()).world()

  const { claims } = await world.signIn({ as: 'guardian-of-twins-and-ward', scope })

  expect(claims?.['dependants']).toMatchObject([
    { name: 'Hồ Gia Bảo' },
    { name: 'Hồ Bảo Ngọc' },
    { name: 'Trịnh Quang Vinh' },
  ])
})

describe('a birthday begins at midnight in Viet Nam', () => {
  const born = '2024-05-17'
  /** Somebody born then, in a world that stands still a second before a birthday. */
  const onTheEveOf = async (age: number) => {
    const year = 2024 + age
    const eve = `${year}-05-16T23:59:59+07:00`
    const world = await (await startMock()).world({ at: eve, isFrozen: true })
    const card = { issuedOn: `${year - 1}-01-01`, expiresOn: `${year + 9}-01-01` }
    const phone = '+84990001234'
    const wishes = { birthDate: born, card, level: 1, phone } as const
    const person = await world.people.create({ id: 'anna', ...wishes })
    return { world, person, guardian: person.guardianIds[0] ?? '' }
  }
  const aSecondLater = (world: MockWorld) => world.clock.advance({ by: '1s' })

  test('of six: only then may an account have level 2', async () => {
    const { world } = await onTheEveOf(6)
    const before = await world.people.change('anna', { level: 2 }).catch((error: unknown) => error)
    await aSecondLater(world)

    expect(before).toMatchObject({
      code: 'ERR_PERSON_INVALID',
      message: expect.stringContaining('level-2-from-6'),
    })
    expect((await world.people.change('anna', { level: 2 })).account.level).toBe(2)
    expect((await world.signIn({ as: 'anna', scope })).claims).toMatchObject({ account_level: 2 })
  })

  test('of fourteen: nobody confirms any more, and nobody acts', async () => {
    const { world, guardian } = await onTheEveOf(14)
    const codeOf = async () => (await world.signIn({ as: 'anna', scope })).claims
    const before = await codeOf()
    await aSecondLater(world)

    expect(before).toHaveProperty('guardian.confirmed', true)
    expect(await codeOf()).not.toHaveProperty('guardian')
    expect((await world.people.get(guardian)).dependantIds).toEqual([])
    await expect(world.signIn({ as: guardian, role: 'anna' })).rejects.toMatchObject({
      errorDescription: expect.stringContaining('cannot act for'),
    })
  })

  test('of fourteen: what a guardian holds ends at its next use', async () => {
    const { world, guardian } = await onTheEveOf(14)
    const acting = await signInForLong(world, { as: guardian, role: 'anna' })
    const own = await signInForLong(world, { as: 'anna' })
    const before = await acting.userinfo()
    await aSecondLater(world)

    expect(before['sub']).toBe(own.claims['sub'])
    expect(await acting.userinfo()).toMatchObject({ error: 'invalid_token' })
    expect(await acting.refresh()).toMatchObject({ error: 'invalid_grant' })
    expect(await own.userinfo()).not.toHaveProperty('error')
    expect(await own.refresh()).toMatchObject({ sub: own.claims['sub'] })
  })

  test('of fourteen: a guardian who lost the account is in nobody’s way', async () => {
    const { world, guardian } = await onTheEveOf(14)
    await world.people.change(guardian, { state: 'locked' })
    const before = await world.signIn({ as: 'anna' }).catch(refusalIn)
    await aSecondLater(world)

    expect(before).toEqual({ error: 'access_denied', reason: 'guardian_unable' })
    await expect(world.signIn({ as: 'anna' })).resolves.toHaveProperty('idToken')
  })

  test('of eighteen: nothing is another for the account', async () => {
    const { world } = await onTheEveOf(18)
    const { age: before, ...unchanged } = await world.people.get('anna')
    const { claims: told } = await world.signIn({ as: 'anna', scope })
    await aSecondLater(world)
    const { age: after, ...person } = await world.people.get('anna')
    const { claims: toldLater } = await world.signIn({ as: 'anna', scope })
    const always = { personal_id_number: told!['personal_id_number'], account_level: 1 }

    expect([before, after]).toEqual([17, 18])
    expect(person).toEqual(unchanged)
    expect(Object.keys(toldLater!)).toEqual(Object.keys(told!))
    expect(toldLater).toMatchObject({ ...always, acr: told!['acr'], sub: told!['sub'] })
  })
})

describe('a guardian who cannot confirm', () => {
  test.each([
    ['has level 1', { level: 1, unlawful: 'lowered' }],
    ['is locked', { state: 'locked' }],
    ['never activated the account', { state: 'not-activated' }],
    ['has died', { deceasedOn: '2020-01-01' }],
    ['has a card that expired', { card: { issuedOn: '2010-01-01', expiresOn: '2020-01-01' } }],
  ] as const)('because of this: %s', async (_what, wishes) => {
    const world = await (await startMock()).world()
    await world.people.change('guardian-of-two', wishes)

    const refused = await world.signIn({ as: 'child-13' }).catch(refusalIn)

    expect(refused).toEqual({ error: 'access_denied', reason: 'guardian_unable' })
  })

  test('leaves it to the other one', async () => {
    const world = await (await startMock()).world()
    await world.people.change('child-13', { guardians: ['guardian-of-two', 'no-email'] })
    await world.people.change('guardian-of-two', { state: 'locked' })

    const { claims } = await world.signIn({ as: 'child-13', scope })

    expect(claims).toMatchObject({ guardian: { name: 'Đào Thị Thùy Linh', confirmed: true } })
  })
})
