import * as oidc from 'openid-client'
import { expect, test } from 'vitest'
import { plannableClaims } from '../../../src/provider/index.ts'
import { Citizen } from '../../support/citizen.ts'
import { pass } from '../../support/journeys.ts'
import { openProvider, type OpenedProvider } from '../../support/open-provider.ts'
import { relyingParty, type RelyingParty } from '../../support/relying-party.ts'

const scope = 'openid profile phone vneid'
const aliceSays = { name: 'Nguyễn Văn Thử', phone_number: null, account_level: 1 }

async function signIn(
  world: OpenedProvider,
  portal: RelyingParty,
  { citizen = new Citizen(world), claims = {}, params = {} } = {},
) {
  world.plan({ personId: 'adult-level-2', claims })
  return portal.redeem(await pass(citizen, portal, { scope, ...params }))
}

const told = async (portal: RelyingParty, tokens: Awaited<ReturnType<typeof signIn>>) =>
  portal.userinfo(tokens.access_token, tokens.claims()!.sub)

test('what a sign-in says wins over what is known, and null leaves a claim out', async () => {
  const world = await openProvider()
  const portal = await relyingParty(world)
  const tokens = await signIn(world, portal, { claims: aliceSays })

  const userinfo = await told(portal, tokens)

  const person = (await world.people.find('adult-level-2'))!
  expect(userinfo).toMatchObject({
    name: 'Nguyễn Văn Thử',
    account_level: 1,
    personal_id_number: person.number,
  })
  expect(person.phone).toBeDefined()
  expect(userinfo).not.toHaveProperty('phone_number')
})

test('it is told in the ID token too, where the relying party asks for it there', async () => {
  const world = await openProvider()
  const portal = await relyingParty(world)
  const claims = JSON.stringify({ id_token: { name: null } })

  const tokens = await signIn(world, portal, { claims: aliceSays, params: { claims } })

  expect(tokens.claims()).toMatchObject({ name: 'Nguyễn Văn Thử' })
})

test('nothing is told that no scope opens', async () => {
  const world = await openProvider()
  const portal = await relyingParty(world)
  const claims = { email: 'thu@example.com' }

  const userinfo = await told(portal, await signIn(world, portal, { claims }))

  expect(userinfo).not.toHaveProperty('email')
})

test('a refresh token remembers it', async () => {
  const world = await openProvider()
  const portal = await relyingParty(world)
  const params = { scope: `${scope} offline_access`, prompt: 'consent' }
  const tokens = await signIn(world, portal, { claims: aliceSays, params })

  const once = await oidc.refreshTokenGrant(portal.config, tokens.refresh_token!)
  const twice = await oidc.refreshTokenGrant(portal.config, once.refresh_token!)

  await expect(told(portal, twice as never)).resolves.toMatchObject({ name: 'Nguyễn Văn Thử' })
})

test('the next sign-in in the same browser forgets it, and the tokens of the first do not', async () => {
  const world = await openProvider()
  const portal = await relyingParty(world)
  const citizen = new Citizen(world)
  const first = await signIn(world, portal, { citizen, claims: aliceSays })

  const again = await portal.redeem(await pass(citizen, portal, { scope }))

  const { name } = (await world.people.find('adult-level-2'))!
  await expect(told(portal, again)).resolves.toMatchObject({ name })
  await expect(told(portal, first)).resolves.toMatchObject({ name: 'Nguyễn Văn Thử' })
})

test('another relying party in the same browser never hears it', async () => {
  const world = await openProvider()
  const portal = await relyingParty(world)
  const other = await relyingParty(world, {
    clientId: 'test-spa',
    auth: oidc.None(),
    redirectUri: 'http://localhost:8080/',
  })
  const citizen = new Citizen(world)
  await signIn(world, portal, { citizen, claims: aliceSays })

  world.plan({ personId: 'adult-level-2' })
  const elsewhere = await other.redeem(await pass(citizen, other, { scope }))

  const { name } = (await world.people.find('adult-level-2'))!
  await expect(told(other, elsewhere)).resolves.toMatchObject({ name })
})

test('who signed in and how is not among what can be said', () => {
  expect(plannableClaims).toContain('name')
  expect(plannableClaims).toContain('organization')
  for (const name of ['sub', 'act', 'acr', 'amr', 'auth_time', 'authentication_level'])
    expect(plannableClaims).not.toContain(name)
})
