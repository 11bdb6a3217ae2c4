import * as oidc from 'openid-client'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import type { MockWorld } from '../../../src/index.ts'
import { Citizen } from '../../support/citizen.ts'
import { doors, openDoorTo, type Door } from '../../support/doors.ts'
import { refusalOf, request, signInOnPages } from '../../support/journeys.ts'
import { localServer } from '../../support/local-server.ts'
import { relyingParty, type RelyingParty } from '../../support/relying-party.ts'

const offline = { scope: 'openid profile offline_access', parameters: { prompt: 'consent' } }

const userinfo = async ({ issuer }: MockWorld, token = '') =>
  (await fetch(`${issuer}/me`, { headers: { authorization: `Bearer ${token}` } })).status

async function refresh(portal: RelyingParty, token = ''): Promise<string> {
  const renewed = oidc.refreshTokenGrant(portal.config, token)
  return renewed.then(
    () => 'renewed',
    ({ error }: { error: string }) => error,
  )
}

/** A mock with somebody called "z" in it. */
async function worldWith(door: Door): Promise<MockWorld> {
  const world = await openDoorTo(door)
  await world.people.create({ id: 'z', age: 40, level: 2 })
  return world
}

describe.each(doors)('somebody who was removed, %s', (door) => {
  test('leaves nothing behind for whoever is called the same', async () => {
    const world = await worldWith(door)
    const portal = await relyingParty(world)
    const { accessToken, refreshToken, cookies } = await world.signIn({ as: 'z', ...offline })
    const others = await world.signIn({ as: 'adult-level-2', ...offline })
    await world.people.remove('z')

    expect(await userinfo(world, accessToken)).toBe(401)
    expect((await world.sessions.list()).map(({ personId }) => personId)).toEqual(['adult-level-2'])

    await world.people.create({ id: 'z', age: 40, level: 2 })

    expect(await userinfo(world, accessToken)).toBe(401)
    expect(await refresh(portal, refreshToken)).toBe('invalid_grant')
    const again = world.signIn({ as: 'z', cookies, parameters: { prompt: 'none' } })
    await expect(again).rejects.toMatchObject({ error: 'login_required' })
    expect(await userinfo(world, others.accessToken)).toBe(200)
    expect(await refresh(portal, others.refreshToken)).toBe('renewed')
  })

  test('stays who they were to the relying parties that are told', async () => {
    const world = await worldWith(door)
    const server = await localServer()
    await world.clients.register({
      client_id: 'hears',
      redirect_uris: ['http://localhost:8080/cb'],
      backchannel_logout_uri: `${server.origin}/logout`,
    })
    const { idToken = '' } = await world.signIn({ as: 'z', client: 'hears' })
    await world.people.remove('z')

    const tokens = server.received.map(({ form }) => decodeJwt(form.get('logout_token')!))
    expect(tokens).toMatchObject([{ sub: decodeJwt(idToken).sub }])
  })

  test('stays when the law is against it, with all that they hold', async () => {
    const world = await openDoorTo(door)
    const child = await world.people.create({ age: 10 })
    const [guardian = ''] = child.guardianIds
    const { accessToken } = await world.signIn({ as: guardian })

    await expect(world.people.remove(guardian)).rejects.toMatchObject({
      code: 'ERR_PERSON_INVALID',
    })
    expect(await userinfo(world, accessToken)).toBe(200)
  })

  test('is acted for by nobody, whoever is called the same', async () => {
    const world = await openDoorTo(door)
    const make = () =>
      world.people.create({ id: 'c', age: 10, guardians: ['adult-level-2'], level: 2 })
    await make()
    const { accessToken } = await world.signIn({ as: 'adult-level-2', role: 'c' })
    await world.people.remove('c')
    await make()

    expect(await userinfo(world, accessToken)).toBe(401)
    expect(await world.sessions.list()).toHaveLength(1)
  })

  test('does not end the sign-in that they began', async () => {
    const world = await worldWith(door)
    const portal = await relyingParty(world)
    const { number, account } = await world.people.get('z')
    const citizen = new Citizen(world)
    await request(citizen, portal)
    await citizen.submit({ number, password: account.password })
    await world.people.remove('z')
    await world.people.create({ id: 'z', age: 40, level: 2 })
    await citizen.open(citizen.path)

    expect(citizen.step).toBe('refused')
    await citizen.submit({ do: 'leave' })
    expect(refusalOf(citizen.away)).toEqual({ error: 'access_denied', reason: 'expired' })
  })

  test('is signed out of the browser in which they are asked at another relying party', async () => {
    const world = await worldWith(door)
    const portal = await relyingParty(world)
    const person = await world.people.get('z')
    const citizen = new Citizen(world)
    await signInOnPages(citizen, portal, person)
    await request(citizen, portal, { prompt: 'consent' })
    const before = citizen.step
    await world.people.remove('z')
    await citizen.open(citizen.path)

    expect([before, citizen.page.status]).toEqual(['consent', 410])
    await request(citizen, portal)
    expect(citizen.step).toBe('identify')
  })

  test('does not sign in by what they approved before', async () => {
    const world = await worldWith(door)
    const portal = await relyingParty(world)
    const citizen = new Citizen(world)
    await request(citizen, portal)
    const { id } = await world.signIns.wait({ step: 'identify' })
    await world.signIns.answer(id, { as: 'z' })
    await world.people.remove('z')
    await world.people.create({ id: 'z', age: 40, level: 2 })
    await citizen.open(citizen.path)

    expect(citizen.page.status).toBe(410)
    expect(await world.sessions.list()).toEqual([])
  })

  test('is neither remembered to have agreed, nor locked out', async () => {
    const world = await worldWith(door)
    const portal = await relyingParty(world)
    const { number, account } = await world.people.get('z')
    const type = async (password: string) => {
      const citizen = new Citizen(world)
      await request(citizen, portal)
      await citizen.submit({ number, password })
      return citizen
    }
    for (let tries = 0; tries < 5; tries++) await type('Wrong-1234')
    const before = (await type(account.password)).step
    await world.people.remove('z')
    await world.people.create({ id: 'z', number, age: 40, level: 2, password: account.password })

    expect([before, (await type(account.password)).step]).toEqual(['refused', 'second-factor'])
  })
})
