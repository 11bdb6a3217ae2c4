import * as oidc from 'openid-client'
import { describe, expect, test } from 'vitest'
import type { JournalEntry } from '../../../src/journal/index.ts'
import { ClaimLost, StoreUnavailable, type Store } from '../../../src/kernel/index.ts'
import { Citizen } from '../../support/citizen.ts'
import { pass, request, signInOnPages } from '../../support/journeys.ts'
import { localServer } from '../../support/local-server.ts'
import { openProvider, type OpenedProvider } from '../../support/open-provider.ts'
import { refused } from '../../support/refused.ts'
import { relyingParty } from '../../support/relying-party.ts'

const decisionsOf = (entries: readonly JournalEntry[]) =>
  entries.map(({ endpoint, decided }) => `${endpoint}: ${decided}`)

const last = async ({ journal }: OpenedProvider, endpoint: string) =>
  (await journal.list({ endpoint })).at(-1)!

describe('the journal of a sign-in', () => {
  test('goes on from the code to the tokens and to what is asked with them', async () => {
    const world = await openProvider({ settings: { discovery: 'full' } })
    const portal = await relyingParty(world)
    const scope = { scope: 'openid offline_access', prompt: 'consent' }
    world.plan({ personId: 'adult-level-2', signInId: 'the-sign-in' })

    const tokens = await portal.redeem(await pass(new Citizen(world), portal, scope))
    await portal.userinfo(tokens.access_token, tokens.claims()!.sub)
    const renewed = await oidc.refreshTokenGrant(portal.config, tokens.refresh_token!)
    await oidc.tokenIntrospection(portal.config, renewed.access_token)
    await oidc.tokenRevocation(portal.config, renewed.access_token)

    const entries = await world.journal.list({ signIn: 'the-sign-in' })
    expect(decisionsOf(entries).filter((one) => !one.startsWith('sign-in:'))).toEqual([
      'authorization: code issued',
      'token: tokens issued',
      'userinfo: claims given',
      'token: tokens issued',
      'introspection: token active',
      'revocation: token revoked',
    ])
    for (const entry of entries)
      expect(entry).toMatchObject({ clientId: 'test-rp', personId: 'adult-level-2', isOk: true })
  })

  test('begins where the browser is sent to a page, under the id of that page', async () => {
    const world = await openProvider()
    const portal = await relyingParty(world)
    const citizen = new Citizen(world)
    const person = (await world.people.find('adult-level-2'))!

    await portal.redeem(await signInOnPages(citizen, portal, person))

    const [begun] = await world.journal.list({ endpoint: 'authorization' })
    const entries = await world.journal.list({ signIn: begun!.signInId })
    expect(begun).toMatchObject({ decided: 'sent to a page', isOk: true, status: 303 })
    expect(decisionsOf(entries)).toEqual(
      expect.arrayContaining(['resume: code issued', 'token: tokens issued']),
    )
  })

  test('is another for each, even where the session knew everything', async () => {
    const world = await openProvider()
    const portal = await relyingParty(world)
    const citizen = new Citizen(world)
    const person = (await world.people.find('adult-level-2'))!
    await signInOnPages(citizen, portal, person)

    await portal.redeem(await pass(citizen, portal))
    await portal.redeem(await pass(citizen, portal))

    const redeemed = await world.journal.list({ endpoint: 'token' })
    const ids = redeemed.map(({ signInId }) => signInId)
    expect(ids).not.toContain(undefined)
    expect(new Set(ids).size).toBe(2)
  })
})

describe('an entry', () => {
  test('says where, what was asked, what came of it, and how long it took', async () => {
    const world = await openProvider()
    const portal = await relyingParty(world)

    await portal.tokensFor('adult-level-2')

    const entry = await last(world, 'authorization')
    expect(entry).toMatchObject({
      method: 'GET',
      path: '/auth',
      status: 303,
      at: new Date(world.clock.now()).toISOString(),
      asked: {
        client_id: 'test-rp',
        response_type: 'code',
        scope: 'openid profile vneid',
        login_hint: 'auto:adult-level-2',
        code_challenge_method: 'S256',
      },
    })
    expect(entry.durationMs).toBeGreaterThan(0)
  })

  test('holds no secret, code or token', async () => {
    const world = await openProvider()
    const portal = await relyingParty(world, {
      auth: oidc.ClientSecretPost('test-rp-secret'),
    })
    const callback = await portal.signIn('adult-level-2', {
      scope: 'openid offline_access',
      prompt: 'consent',
    })
    const tokens = await portal.redeem(callback)
    await portal.userinfo(tokens.access_token, tokens.claims()!.sub)
    const renewed = await oidc.refreshTokenGrant(portal.config, tokens.refresh_token!)
    await oidc.tokenRevocation(portal.config, renewed.refresh_token!)

    const written = JSON.stringify(await world.journal.list())

    const secrets = [
      'test-rp-secret',
      callback.url.searchParams.get('code')!,
      callback.verifier,
      tokens.access_token,
      tokens.id_token!,
      tokens.refresh_token!,
      renewed.refresh_token!,
    ]
    for (const secret of secrets) expect(written).not.toContain(secret)
  })

  test('is there for discovery and keys, with nothing asked', async () => {
    const world = await openProvider()

    await fetch(`${world.issuer}/.well-known/openid-configuration`)
    await fetch(`${world.issuer}/jwks`)

    const entries = await world.journal.list()
    expect(decisionsOf(entries)).toEqual(['discovery: document given', 'jwks: keys given'])
    for (const { asked } of entries) expect(asked).toEqual({})
  })

  test('says by which rule it went well, wherever it did', async () => {
    const world = await openProvider({ settings: { discovery: 'full' } })
    const portal = await relyingParty(world)
    const citizen = new Citizen(world)
    const scope = { scope: 'openid offline_access', prompt: 'consent' }
    const person = (await world.people.find('adult-level-2'))!
    const callback = await signInOnPages(citizen, portal, person, { params: scope })
    const tokens = await portal.redeem(callback)
    await portal.userinfo(tokens.access_token, tokens.claims()!.sub)
    const renewed = await oidc.refreshTokenGrant(portal.config, tokens.refresh_token!)
    await oidc.tokenIntrospection(portal.config, renewed.access_token)
    await oidc.tokenRevocation(portal.config, renewed.access_token)
    await citizen.open(`${world.issuer}/session/end?client_id=test-rp`)

    const entries = await world.journal.list()
    const sources = entries.map(
      ({ endpoint, decided, why }) => `${endpoint}: ${decided}: ${why?.source}`,
    )
    expect(sources).toEqual(
      expect.arrayContaining([
        'discovery: document given: OpenID Connect Discovery §4.2',
        'authorization: sent to a page: OpenID Connect Core §3.1.2.3',
        'sign-in: passcode: assumed; sign_in.journey in settings.yaml',
        'resume: code issued: OpenID Connect Core §3.1.2.5',
        'token: tokens issued: OpenID Connect Core §3.1.3.3',
        'userinfo: claims given: OpenID Connect Core §5.3.2',
        'token: tokens issued: OpenID Connect Core §12.2',
        'introspection: token active: RFC 7662 §2.2',
        'revocation: token revoked: RFC 7009 §2.2',
        'end_session: sent to a page: OpenID Connect RP-Initiated Logout §2',
      ]),
    )
    for (const { why } of entries) expect(why?.rule).toMatch(/\w+ \w+/)
  })

  test('is not made of what is no endpoint', async () => {
    const world = await openProvider()

    await fetch(`${world.issuer}/nowhere`)
    await fetch(`${world.issuer}/token`, { method: 'OPTIONS' })

    await expect(world.journal.list()).resolves.toEqual([])
  })
})

describe('a refusal in the journal', () => {
  test('says the rule and where it stands: a wrong code_verifier', async () => {
    const world = await openProvider()
    const portal = await relyingParty(world)
    const callback = await portal.signIn('adult-level-2')

    const redeemed = portal.redeem({ ...callback, verifier: oidc.randomPKCECodeVerifier() })

    await expect(redeemed).rejects.toEqual(refused('invalid_grant'))
    await expect(last(world, 'token')).resolves.toMatchObject({
      decided: 'invalid_grant',
      isOk: false,
      status: 400,
      clientId: 'test-rp',
      personId: 'adult-level-2',
      why: { rule: expect.stringContaining('code_verifier'), source: 'RFC 7636 §4.6' },
    })
  })

  test('belongs to the sign-in whose code is presented a second time', async () => {
    const world = await openProvider()
    const portal = await relyingParty(world)
    world.plan({ personId: 'adult-level-2', signInId: 'the-sign-in' })
    const callback = await pass(new Citizen(world), portal)
    await portal.redeem(callback)

    await expect(portal.redeem(callback)).rejects.toEqual(refused('invalid_grant'))

    await expect(last(world, 'token')).resolves.toMatchObject({
      signInId: 'the-sign-in',
      decided: 'invalid_grant',
      why: { source: 'RFC 6749 §4.1.2' },
    })
  })

  test('knows whom a planned sign-in was of, and its id', async () => {
    const world = await openProvider()
    const portal = await relyingParty(world)
    world.plan({ personId: 'deceased', signInId: 'the-sign-in' })

    await pass(new Citizen(world), portal)

    await expect(last(world, 'authorization')).resolves.toMatchObject({
      signInId: 'the-sign-in',
      personId: 'deceased',
      decided: 'access_denied',
      isOk: false,
      why: { source: expect.stringContaining('69/2024/NĐ-CP') },
    })
  })

  test('knows the relying party that did not prove who it is', async () => {
    const world = await openProvider()
    const portal = await relyingParty(world, { auth: oidc.ClientSecretBasic('wrong') })
    const callback = await portal.signIn('adult-level-2')

    await expect(portal.redeem(callback)).rejects.toEqual(refused('invalid_client'))

    await expect(last(world, 'token')).resolves.toMatchObject({
      clientId: 'test-rp',
      decided: 'invalid_client',
      status: 401,
    })
  })

  test('is what was answered when another had redeemed the code at that moment', async () => {
    const world = await openProvider({ storeWith: losing('AuthorizationCode') })
    const portal = await relyingParty(world)
    const callback = await portal.signIn('adult-level-2')

    await expect(portal.redeem(callback)).rejects.toEqual(refused('invalid_grant'))

    const entries = await world.journal.list({ endpoint: 'token' })
    expect(entries).toHaveLength(1)
    expect(entries[0]).toMatchObject({
      decided: 'invalid_grant',
      isOk: false,
      status: 400,
      why: { rule: expect.stringContaining('authorization code already used') },
    })
  })

  test('is what was answered when the store was gone for a moment', async () => {
    let isGone = false
    const world = await openProvider({
      storeWith: (store) => ({
        find: async (kind, id) => {
          if (isGone && kind === 'AuthorizationCode')
            throw new StoreUnavailable('redis://localhost:1', new Error('gone'), 'gone')
          return store.find(kind, id)
        },
      }),
    })
    const portal = await relyingParty(world)
    const callback = await portal.signIn('adult-level-2')
    isGone = true

    await expect(portal.redeem(callback)).rejects.toThrow('unexpected HTTP response status code')

    await expect(last(world, 'token')).resolves.toMatchObject({
      decided: 'temporarily_unavailable',
      isOk: false,
      status: 503,
    })
  })
})

describe('signing out in the journal', () => {
  test('is followed by every logout token, delivered or not', async () => {
    const [hears, refuses] = [await localServer(), await localServer(() => ({ status: 500 }))]
    const world = await openProvider({
      clients: [
        aListener('hears', `${hears.origin}/logout`),
        aListener('refuses', `${refuses.origin}/logout`),
      ],
    })
    const citizen = new Citizen(world)
    const portal = await relyingParty(world, { clientId: 'hears' })
    const other = await relyingParty(world, { clientId: 'refuses' })
    world.plan({ personId: 'adult-level-2', signInId: 'at-hears' })
    const tokens = await portal.redeem(await pass(citizen, portal))
    world.plan({ personId: 'adult-level-2', signInId: 'at-refuses' })
    await pass(citizen, other)

    const hint = { id_token_hint: tokens.id_token! }
    await citizen.open(oidc.buildEndSessionUrl(portal.config, hint))

    const entries = await world.journal.list({ endpoint: 'back-channel-logout' })
    expect(entries.toSorted((a, b) => a.clientId!.localeCompare(b.clientId!))).toMatchObject([
      {
        clientId: 'hears',
        personId: 'adult-level-2',
        signInId: 'at-hears',
        decided: 'logout token delivered',
        isOk: true,
      },
      {
        clientId: 'refuses',
        personId: 'adult-level-2',
        signInId: 'at-refuses',
        decided: 'logout token not delivered',
        status: 500,
        isOk: false,
        why: { source: 'OpenID Connect Back-Channel Logout §2.5' },
      },
    ])
    await expect(last(world, 'end_session')).resolves.toMatchObject({
      clientId: 'hears',
      personId: 'adult-level-2',
      signInId: 'at-hears',
      decided: 'signed out',
      why: { source: 'OpenID Connect RP-Initiated Logout §2' },
    })
  })

  test.each([
    ['their own', { personId: 'adult-level-2' }],
    ['of a child for whom they act', { personId: 'guardian-of-two', subjectId: 'child-13' }],
  ])('knows who it was by the hint alone: %s', async (_, plan) => {
    const world = await openProvider()
    const portal = await relyingParty(world)
    world.plan({ personId: 'adult-level-1', signInId: 'another' })
    await pass(new Citizen(world), portal)
    world.plan({ ...plan, signInId: 'the-sign-in' })
    const tokens = await portal.redeem(await pass(new Citizen(world), portal))
    world.plan({ personId: 'guardian-of-two', signInId: 'a-third' })
    await pass(new Citizen(world), portal)

    const hint = { id_token_hint: tokens.id_token! }
    await fetch(oidc.buildEndSessionUrl(portal.config, hint), { redirect: 'manual' })

    await expect(last(world, 'end_session')).resolves.toMatchObject({
      clientId: 'test-rp',
      personId: plan.personId,
      signInId: 'the-sign-in',
    })
  })

  test('is there when somebody else signs in on pages, too', async () => {
    const server = await localServer()
    const world = await openProvider({ clients: [aListener('hears', `${server.origin}/logout`)] })
    const citizen = new Citizen(world)
    const portal = await relyingParty(world, { clientId: 'hears' })
    world.plan({ personId: 'guardian-of-two', subjectId: 'child-13', signInId: 'the-first' })
    await pass(citizen, portal)

    const person = (await world.people.find('adult-level-2'))!
    await signInOnPages(citizen, portal, person, { params: { prompt: 'login' } })

    await expect(last(world, 'back-channel-logout')).resolves.toMatchObject({
      personId: 'guardian-of-two',
      signInId: 'the-first',
      isOk: true,
    })
    expect(server.received).toHaveLength(1)
  })
})

test('a request that is shown a page is nobody’s yet', async () => {
  const world = await openProvider()
  const portal = await relyingParty(world)

  await request(new Citizen(world), portal)

  expect(await last(world, 'authorization')).not.toHaveProperty('personId')
})

const aListener = (clientId: string, uri: string) => ({
  client_id: clientId,
  client_secret: `${clientId}-secret`,
  redirect_uris: ['http://localhost:8080/cb'],
  backchannel_logout_uri: uri,
})

/**
 * As on a store of many replicas: what was claimed turns out to be another's when the unit is
 * written, and nothing of the unit is.
 */
function losing(kind: string): (store: Store) => Partial<Store> {
  return (store) => {
    let lost: string | undefined
    let held: (() => Promise<void>)[] = []
    return {
      claim: async (claimed, id) => {
        if (claimed === kind) lost = id
        return store.claim(claimed, id)
      },
      note: async (...note) => void held.push(() => store.note(...note)),
      unit: async (work) => {
        const done = await work()
        const notes = held
        const id = lost
        held = []
        lost = undefined
        if (id !== undefined) throw new ClaimLost(kind, id)
        for (const write of notes) await write()
        return done
      },
    }
  }
}
