import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { Citizen } from '../../support/citizen.ts'
import { pass, refusalOf, signInOnPages } from '../../support/journeys.ts'
import { localServer } from '../../support/local-server.ts'
import { openProvider, type OpenedProvider } from '../../support/open-provider.ts'
import { refused } from '../../support/refused.ts'
import { relyingParty } from '../../support/relying-party.ts'

const aListener = (clientId: string, uri: string) => ({
  client_id: clientId,
  client_secret: `${clientId}-secret`,
  redirect_uris: ['http://localhost:8080/cb'],
  backchannel_logout_uri: uri,
  backchannel_logout_session_required: true,
})

/** A browser in which somebody is signed in at a relying party. */
async function signedIn(world: OpenedProvider, clientId: string, personId: string, subject = {}) {
  const portal = await relyingParty(world, { clientId })
  const citizen = new Citizen(world)
  world.plan({ personId, ...subject })
  const tokens = await portal.redeem(await pass(citizen, portal))
  const isSignedIn = async () =>
    refusalOf((await pass(citizen, portal, { prompt: 'none' })).url).error === null
  return { citizen, portal, tokens, isSignedIn }
}

describe('the sessions of a world', () => {
  test('say who is signed in, where, on whose behalf, how, and since when', async () => {
    const world = await openProvider({ clients: [aListener('hears', 'http://localhost:9/out')] })
    const { tokens } = await signedIn(world, 'hears', 'guardian-of-two', { subjectId: 'child-13' })

    const listed = await world.sessions.list()

    expect(listed).toEqual([
      {
        id: expect.any(String),
        personId: 'guardian-of-two',
        clients: [{ clientId: 'hears', sid: tokens.claims()!['sid'], subjectId: 'child-13' }],
        acr: 'urn:mock-vneid:level:2',
        amr: ['pwd', 'otp', 'pin', 'mfa'],
        signedInAt: iso(Math.floor(world.clock.now() / 1000) * 1000),
        expiresAt: iso(world.clock.now() + 600_000),
      },
    ])
  })

  test('are narrowed to a person and to a relying party', async () => {
    const world = await openProvider()
    await signedIn(world, 'test-rp', 'adult-level-1')
    await signedIn(world, 'test-rp', 'adult-level-2')
    await signedIn(world, 'dev', 'adult-level-2')
    const count = async (filter: object) => (await world.sessions.list(filter)).length

    await expect(count({})).resolves.toBe(3)
    await expect(count({ personId: 'adult-level-2' })).resolves.toBe(2)
    await expect(count({ personId: 'adult-level-2', clientId: 'dev' })).resolves.toBe(1)
    await expect(count({ personId: 'nobody' })).resolves.toBe(0)
  })

  test('do not count browsers that are only on a page', async () => {
    const world = await openProvider()
    const portal = await relyingParty(world)
    await new Citizen(world).open((await portal.begin()).url)

    await expect(world.sessions.list()).resolves.toEqual([])
  })
})

describe('ending sessions', () => {
  test('signs out as a browser would: grants end, relying parties are told', async () => {
    const server = await localServer()
    const world = await openProvider({ clients: [aListener('hears', `${server.origin}/out`)] })
    const { portal, tokens, isSignedIn } = await signedIn(world, 'hears', 'guardian-of-two', {
      subjectId: 'child-13',
    })

    await expect(world.sessions.end({ personId: 'guardian-of-two' })).resolves.toBe(1)

    const { sub, sid } = decodeJwt(server.received[0]!.form.get('logout_token')!)
    expect(server.received).toHaveLength(1)
    expect({ sub, sid }).toEqual({ sub: tokens.claims()!.sub, sid: tokens.claims()!['sid'] })
    await expect(isSignedIn()).resolves.toBe(false)
    await expect(portal.userinfo(tokens.access_token, tokens.claims()!.sub)).rejects.toEqual(
      refused('invalid_token'),
    )
  })

  test('leaves those of everybody else', async () => {
    const world = await openProvider()
    const one = await signedIn(world, 'test-rp', 'adult-level-1')
    const other = await signedIn(world, 'test-rp', 'adult-level-2')

    await world.sessions.end({ personId: 'adult-level-1' })

    await expect(one.isSignedIn()).resolves.toBe(false)
    await expect(other.isSignedIn()).resolves.toBe(true)
  })

  test('ends one by its id, whatever the cookie is called by now', async () => {
    const world = await openProvider()
    const portal = await relyingParty(world)
    const citizen = new Citizen(world)
    await signInOnPages(citizen, portal, (await world.people.find('adult-level-2'))!)
    const [{ id } = { id: '' }] = await world.sessions.list()
    await signInOnPages(citizen, portal, (await world.people.find('adult-level-2'))!, {
      params: { prompt: 'login' },
    })

    await expect(world.sessions.end({ sessionId: id })).resolves.toBe(1)
    await expect(world.sessions.end({ sessionId: id })).resolves.toBe(0)
    await expect(world.sessions.list()).resolves.toEqual([])
  })

  test('is written in the journal, token by token', async () => {
    const server = await localServer(() => ({ status: 400 }))
    const world = await openProvider({ clients: [aListener('refuses', `${server.origin}/out`)] })
    await signedIn(world, 'refuses', 'adult-level-2')

    await world.sessions.end({ personId: 'adult-level-2' })

    await expect(world.journal.list({ endpoint: 'back-channel-logout' })).resolves.toMatchObject([
      { clientId: 'refuses', personId: 'adult-level-2', isOk: false, status: 400 },
    ])
  })
})

describe('a logout token on its own', () => {
  test('is sent to every relying party that wants it, and ends nothing', async () => {
    const [hears, refuses] = [await localServer(), await localServer(() => ({ status: 500 }))]
    const world = await openProvider({
      clients: [
        aListener('hears', `${hears.origin}/out`),
        aListener('refuses', `${refuses.origin}/out`),
      ],
    })
    const { citizen, isSignedIn } = await signedIn(world, 'hears', 'adult-level-2')
    for (const clientId of ['refuses', 'test-rp']) {
      world.plan({ personId: 'adult-level-2' })
      await pass(citizen, await relyingParty(world, { clientId }))
    }
    const [session] = await world.sessions.list()

    const sent = await world.sessions.sendLogoutToken({ sessionId: session!.id })

    expect(sent?.toSorted((a, b) => a.clientId.localeCompare(b.clientId))).toEqual([
      { clientId: 'hears', isDelivered: true },
      { clientId: 'refuses', isDelivered: false, problem: expect.stringContaining('500') },
    ])
    await expect(isSignedIn()).resolves.toBe(true)
  })

  test('is sent to the one that is named, and to nobody of a session that is not there', async () => {
    const server = await localServer()
    const world = await openProvider({
      clients: [
        aListener('one', `${server.origin}/one`),
        aListener('other', `${server.origin}/other`),
      ],
    })
    const { citizen } = await signedIn(world, 'one', 'adult-level-2')
    world.plan({ personId: 'adult-level-2' })
    await pass(citizen, await relyingParty(world, { clientId: 'other' }))
    const [session] = await world.sessions.list()

    await world.sessions.sendLogoutToken({ sessionId: session!.id, clientId: 'other' })

    expect(server.received.map(({ path }) => path)).toEqual(['/other'])
    await expect(world.sessions.sendLogoutToken({ sessionId: 'none' })).resolves.toBeUndefined()
  })
})

const iso = (ms: number) => new Date(ms).toISOString()
