import { describe, expect, test } from 'vitest'
import type { MockWorld, PersonWishes } from '../../../src/index.ts'
import { startMock } from '../../support/mock.ts'
import { signInForLong } from './support/lasting.ts'

const moment = '2030-05-05T09:00:00+07:00'

/** A world whose clock stands still, but for when it is advanced. */
const aWorld = async () => (await startMock()).world({ at: moment, isFrozen: true })

const seconds = (time: string) => Date.parse(time) / 1000

describe('what a relying party hears when it comes back', () => {
  const changes: readonly [what: string, wishes: PersonWishes, told: object][] = [
    ['a raised level', { level: 2 }, { account_level: 2 }],
    ['another phone', { phone: '+84990009999' }, { phone_number: '+84990009999' }],
    ['another e-mail', { email: 'new@example.com' }, { email: 'new@example.com' }],
    [
      'another name',
      { name: 'Trần Minh Khôi' },
      { name: 'Trần Minh Khôi', family_name: 'Trần', middle_name: 'Minh', given_name: 'Khôi' },
    ],
    ['a move', { province: 'Huế' }, { address: expect.objectContaining({ region: 'Huế' }) }],
    [
      'a new card',
      { card: { issuedOn: '2030-05-05', expiresOn: '2040-05-05' } },
      { card: { issued_on: '2030-05-05', expires_on: '2040-05-05' } },
    ],
  ]

  test.each(changes)('follows %s, and updated_at says when it was', async (_what, wishes, told) => {
    const world = await aWorld()
    const held = await signInForLong(world, { as: 'adult-level-1' })
    const before = await held.userinfo()
    await world.clock.advance({ by: '90s' })
    await world.people.change('adult-level-1', wishes)

    const after = await held.userinfo()

    expect(before).not.toMatchObject(told)
    expect(before['updated_at']).toBeLessThan(seconds(moment))
    expect(after).toMatchObject({ ...told, updated_at: seconds(moment) + 90 })
    expect((await held.refresh())['sub']).toBe(held.claims['sub'])
  })

  test('has no phone any more where it was taken away', async () => {
    const world = await aWorld()
    const held = await signInForLong(world, { as: 'adult-level-2' })
    await world.people.change('adult-level-2', { phone: null })

    const after = await held.userinfo()

    expect(held.claims).toHaveProperty('phone_number')
    expect(after).not.toHaveProperty('phone_number')
    expect(after).not.toHaveProperty('phone_number_verified')
  })

  test('says the level of the account as it is, and acr as it was when they signed in', async () => {
    const world = await aWorld()
    const held = await signInForLong(world, { as: 'adult-level-2' })
    await world.people.change('adult-level-2', { level: 1 })

    expect(await held.userinfo()).toMatchObject({ account_level: 1 })
    expect(await held.refresh()).toMatchObject({ acr: 'urn:mock-vneid:level:2' })
    expect((await world.signIn({ as: 'adult-level-2' })).claims).toMatchObject({
      acr: 'urn:mock-vneid:level:1',
    })
  })

  test('is a refusal below the level that the relying party wants of everybody', async () => {
    const world = await aWorld()
    await world.clients.change('test-rp', { minimum_level: 2 })
    const held = await signInForLong(world, { as: 'adult-level-2' })
    await world.people.change('adult-level-2', { level: 1 })

    expect(await held.userinfo()).toMatchObject({ error: 'invalid_token' })
    expect(await held.refresh()).toMatchObject({ error: 'invalid_grant' })

    await world.people.change('adult-level-2', { level: 2 })

    expect(await held.userinfo()).toMatchObject({ account_level: 2 })
  })

  test('is a refusal below the level that this sign-in had to have', async () => {
    const world = await aWorld()
    const acr = { essential: true, value: 'urn:mock-vneid:level:2' }
    const parameters = { claims: JSON.stringify({ id_token: { acr } }) }
    const held = await signInForLong(world, { as: 'adult-level-2', parameters })
    expect(await held.refresh()).toMatchObject({ acr: 'urn:mock-vneid:level:2' })
    await world.people.change('adult-level-2', { level: 1 })

    expect(await held.refresh()).toMatchObject({ error: 'invalid_grant' })
    expect(await held.userinfo()).toMatchObject({ error: 'invalid_token' })
  })

  test.each([
    ['locked', { state: 'locked' }],
    ['cancelled', { state: 'cancelled' }],
    ['dead', { deceasedOn: '2030-05-05' }],
    ['of a card that expired', { card: { issuedOn: '2020-05-05', expiresOn: '2030-05-04' } }],
  ] as const)('is a refusal when the person is %s', async (_what, wishes) => {
    const world = await aWorld()
    const held = await signInForLong(world, { as: 'adult-level-2' })
    await world.people.change('adult-level-2', wishes)

    expect(await held.userinfo()).toMatchObject({ error: 'invalid_token' })
    expect(await held.refresh()).toMatchObject({ error: 'invalid_grant' })
  })

  test('is an answer again when the lock is lifted', async () => {
    const world = await aWorld()
    const held = await signInForLong(world, { as: 'adult-level-2' })
    await world.people.change('adult-level-2', { state: 'locked' })
    await held.userinfo()
    await world.people.change('adult-level-2', { state: 'active' })

    expect(await held.userinfo()).toMatchObject({ name: 'Nguyễn Thị Minh Anh' })
  })
})

describe('what somebody holds who acts for another', () => {
  const held = async (as: string, role: string) => {
    const world = await aWorld()
    return { world, acting: await signInForLong(world, { as, role }) }
  }

  test.each<[what: string, change: (world: MockWorld) => Promise<unknown>]>([
    [
      'the child has died',
      (world) => world.people.change('child-13', { deceasedOn: '2030-05-05' }),
    ],
    ['the child is locked', (world) => world.people.change('child-13', { state: 'locked' })],
    [
      'the mother is locked',
      (world) => world.people.change('guardian-of-two', { state: 'locked' }),
    ],
    [
      'the mother is lowered to level 1',
      (world) => world.people.change('guardian-of-two', { level: 1, unlawful: 'lowered' }),
    ],
    [
      'another guardian takes her place',
      (world) => world.people.change('child-13', { guardians: ['no-email'] }),
    ],
  ])('is worth nothing when %s', async (_what, change) => {
    const { world, acting } = await held('guardian-of-two', 'child-13')
    const before = await acting.userinfo()
    await change(world)

    expect(before).toMatchObject({ name: 'Phạm Hoàng Nam' })
    expect(await acting.userinfo()).toMatchObject({ error: 'invalid_token' })
    expect(await acting.refresh()).toMatchObject({ error: 'invalid_grant' })
  })

  test.each([
    ['has left the organisation', { memberships: [] }],
    [
      'is mere staff of it now',
      { memberships: [{ organizationId: 'example-company', role: 'staff' }] },
    ],
  ] as const)('is worth nothing when they %s', async (_what, wishes) => {
    const { world, acting } = await held('company-authorised', 'example-company')
    await world.people.change('company-authorised', wishes)

    expect(await acting.userinfo()).toMatchObject({ error: 'invalid_token' })
    expect(await acting.refresh()).toMatchObject({ error: 'invalid_grant' })
  })

  test('is silent sign-in no more: the relying party is told to ask', async () => {
    const world = await aWorld()
    const first = await world.signIn({ as: 'guardian-of-two', role: 'child-13' })
    await world.people.change('child-13', { state: 'locked' })
    const url = new URL(`${world.issuer}/auth`)
    url.search = new URLSearchParams({
      client_id: 'test-rp',
      response_type: 'code',
      redirect_uri: first.redirectUri,
      scope: 'openid profile vneid',
      prompt: 'none',
    }).toString()
    const cookie = first.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')

    const reply = await fetch(url, { headers: { cookie }, redirect: 'manual' })

    expect(new URL(reply.headers.get('location')!).searchParams.get('error')).toBe(
      'consent_required',
    )
  })
})

test('somebody who is renamed is still known by what they were called before', async () => {
  const world = await aWorld()
  await world.people.change('adult-level-1', { name: 'Trần Minh Khôi' })
  await world.people.change('adult-level-1', { givenName: 'Khoa' })

  const { name, previousNames } = await world.people.get('adult-level-1')

  expect([name, previousNames]).toEqual(['Trần Minh Khoa', ['Trần Văn Khôi', 'Trần Minh Khôi']])
})
