import * as oidc from 'openid-client'
import { expect, test } from 'vitest'
import { Citizen } from '../../support/citizen.ts'
import { FrozenClock } from '../../support/frozen-clock.ts'
import { pass, refusalOf } from '../../support/journeys.ts'
import { openProvider, type OpenedProvider } from '../../support/open-provider.ts'
import { refused } from '../../support/refused.ts'
import { relyingParty } from '../../support/relying-party.ts'

const offline = { scope: 'openid offline_access', prompt: 'consent' }
const quietly = { scope: 'openid', prompt: 'none' }

async function begun(world: OpenedProvider, signInId: string, personId = 'adult-level-2') {
  const portal = await relyingParty(world)
  const citizen = new Citizen(world)
  world.plan({ personId, signInId })
  return { portal, citizen, callback: await pass(citizen, portal, offline) }
}

const lastOf = async ({ journal }: OpenedProvider, endpoint: string) =>
  (await journal.list({ endpoint })).at(-1)

test('an authorization code expires at once, of one sign-in only', async () => {
  const world = await openProvider({ clock: new FrozenClock(Date.parse('2031-02-03')) })
  const one = await begun(world, 'one')
  const other = await begun(world, 'other')

  await expect(world.expire('authorization code', { signInId: 'one' })).resolves.toBe(1)

  await expect(one.portal.redeem(one.callback)).rejects.toEqual(refused('invalid_grant'))
  await expect(lastOf(world, 'token')).resolves.toMatchObject({
    signInId: 'one',
    why: { rule: expect.stringContaining('authorization code is expired') },
  })
  await expect(other.portal.redeem(other.callback)).resolves.toHaveProperty('id_token')
})

test('an access token expires at once, of one person only, and the refresh token lives on', async () => {
  const world = await openProvider()
  const { portal, callback } = await begun(world, 'one')
  const tokens = await portal.redeem(callback)
  const other = await portal.tokensFor('adult-level-1')
  const { sub } = tokens.claims()!

  await expect(world.expire('access token', { personId: 'adult-level-2' })).resolves.toBe(1)

  await expect(portal.userinfo(tokens.access_token, sub)).rejects.toEqual(refused('invalid_token'))
  await expect(lastOf(world, 'userinfo')).resolves.toMatchObject({
    signInId: 'one',
    personId: 'adult-level-2',
    decided: 'invalid_token',
  })
  await expect(
    portal.userinfo(other.tokens.access_token, other.claims.sub),
  ).resolves.toHaveProperty('sub')
  const renewed = await oidc.refreshTokenGrant(portal.config, tokens.refresh_token!)
  await expect(portal.userinfo(renewed.access_token, sub)).resolves.toHaveProperty('sub', sub)
})

test('a refresh token expires at once, of one relying party only', async () => {
  const world = await openProvider()
  const { portal, callback } = await begun(world, 'one')
  const tokens = await portal.redeem(callback)

  await expect(world.expire('refresh token', { clientId: 'dev' })).resolves.toBe(0)
  await expect(world.expire('refresh token', { clientId: 'test-rp' })).resolves.toBe(1)
  await expect(world.expire('refresh token')).resolves.toBe(0)

  await expect(oidc.refreshTokenGrant(portal.config, tokens.refresh_token!)).rejects.toEqual(
    refused('invalid_grant'),
  )
})

test('a session expires at once, and nobody is told', async () => {
  const world = await openProvider()
  const { portal, citizen } = await begun(world, 'one')
  const other = await begun(world, 'other', 'adult-level-1')
  const isSignedIn = async (browser: Citizen) =>
    refusalOf((await pass(browser, portal, quietly)).url).error === null

  await expect(world.expire('session', { signInId: 'one' })).resolves.toBe(1)

  await expect(isSignedIn(citizen)).resolves.toBe(false)
  await expect(isSignedIn(other.citizen)).resolves.toBe(true)
  await expect(world.journal.list({ endpoint: 'back-channel-logout' })).resolves.toEqual([])
})

test('what was used already does not expire again', async () => {
  const world = await openProvider()
  const { portal, callback } = await begun(world, 'one')
  await portal.redeem(callback)

  await expect(world.expire('authorization code')).resolves.toBe(0)
})
