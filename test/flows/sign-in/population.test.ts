import { describe, expect, test } from 'vitest'
import type { Person } from '../../../src/index.ts'
import { Citizen } from '../../support/citizen.ts'
import { request } from '../../support/journeys.ts'
import { startMock } from '../../support/mock.ts'
import { relyingParty } from '../../support/relying-party.ts'

const adult = { age: { from: 20 }, level: 2, kind: 'citizen', canSignIn: true } as const

const hasExpired = (card: Person['card']) =>
  card?.expiresOn !== undefined && Date.parse(card.expiresOn) < Date.now()

describe('somebody of the population', () => {
  test('signs in without a page', async () => {
    const mock = await startMock()
    const person = await mock.people.random(adult, 'without a page')

    const { claims } = await mock.signIn({ as: person, scope: 'openid profile vneid' })

    expect(claims).toMatchObject({
      sub: expect.any(String),
      name: person.name,
      personal_id_number: person.number,
      account_level: 2,
    })
  })

  test('signs in at the pages, by number', async () => {
    const mock = await startMock()
    const person = await mock.people.random(adult, 'at the pages')
    const citizen = new Citizen(mock)
    await request(citizen, await relyingParty(mock))

    await citizen.submit({ number: person.number, password: person.account.password })

    expect(citizen.page.text).toContain(person.givenName)
    expect(citizen.page.text).not.toContain('id="password"')
  })

  test('acts for their child', async () => {
    const mock = await startMock()
    const found = await mock.people.search({ ...adult, hasChildren: true }, { after: 'zzz' })
    const children = await Promise.all(
      found.flatMap(({ id, dependantIds }) =>
        dependantIds.map(async (child) => ({ id, child: await mock.people.get(child) })),
      ),
    )
    const { id, child } = children.find(
      ({ child: { account, card } }) => account.state === 'active' && !hasExpired(card),
    )!

    const { claims } = await mock.signIn({ as: id, role: child.id, scope: 'openid vneid' })

    expect(claims).toMatchObject({
      personal_id_number: child.number,
      act: { sub: expect.any(String) },
    })
  })

  test('is not in a world without people', async () => {
    const mock = await startMock()
    const world = await mock.world({ people: 'none' })

    await expect(world.people.random({ age: 40 })).rejects.toMatchObject({
      code: 'ERR_PERSON_NOT_FOUND',
      message:
        'nobody meets {"age":40}. Ask for less, or have more people: the setting "population" says how many.',
    })
    await expect(world.people.get('p-5')).rejects.toMatchObject({ code: 'ERR_PERSON_NOT_FOUND' })
  })

  test('follows from the seed of a world, when nobody says another', async () => {
    const mock = await startMock()
    const [one, same] = [await mock.world({ seed: '7' }), await mock.world({ seed: '7' })]

    expect(await one.people.random({ age: 13 })).toEqual(await same.people.random({ age: 13 }))
  })
})
