import { createRemoteJWKSet, jwtVerify } from 'jose'
import * as oidc from 'openid-client'
import { describe, expect, test } from 'vitest'
import { Citizen } from '../../support/citizen.ts'
import { aClient, configFolder } from '../../support/config-folder.ts'
import { pass, persona, refusalOf, request } from '../../support/journeys.ts'
import { localServer, type LocalServer } from '../../support/local-server.ts'
import { startMock, type TestMock } from '../../support/mock.ts'
import { refused } from '../../support/refused.ts'
import { relyingParty, type RelyingParty } from '../../support/relying-party.ts'

const auto = (who: string) => ({ login_hint: `auto:${who}` })
const home = 'http://localhost:8080/'

const signOutUrl = (portal: RelyingParty, params: Record<string, string>) =>
  oidc.buildEndSessionUrl(portal.config, params)

const isSignedIn = async (citizen: Citizen, portal: RelyingParty) =>
  refusalOf((await pass(citizen, portal, { prompt: 'none' })).url).error === null

/** Presses a button of the library's own confirmation page. */
async function answerConfirmation(citizen: Citizen, logout: boolean): Promise<void> {
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(citizen.page.text)![1]!
  const action = /action="([^"]+)"/.exec(citizen.page.text)![1]!
  citizen.page = await citizen.agent
    .post(action.replace(citizen.origin, ''))
    .type('form')
    .send({ xsrf, ...(logout ? { logout: 'yes' } : {}) })
}

describe('signing out with the ID token of the session', () => {
  test('needs no page, ends session and tokens, and returns with the state', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    const tokens = await portal.redeem(await pass(citizen, portal, auto('adult-level-2')))

    await citizen.open(
      signOutUrl(portal, {
        id_token_hint: tokens.id_token!,
        post_logout_redirect_uri: home,
        state: 'a b',
      }),
    )

    expect(citizen.away.href).toBe(`${home}?state=a+b`)
    await expect(isSignedIn(citizen, portal)).resolves.toBe(false)
    await expect(portal.userinfo(tokens.access_token, tokens.claims()!.sub)).rejects.toEqual(
      refused('invalid_token'),
    )
  })

  test('leaves a refresh token that was to outlive the session', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    const tokens = await portal.redeem(
      await pass(citizen, portal, {
        ...auto('adult-level-2'),
        scope: 'openid offline_access',
        prompt: 'consent',
      }),
    )

    await citizen.open(signOutUrl(portal, { id_token_hint: tokens.id_token! }))

    await expect(
      oidc.refreshTokenGrant(portal.config, tokens.refresh_token!),
    ).resolves.toHaveProperty('access_token')
  })

  test('ends in a page of ours where no address to return to is given', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    const tokens = await portal.redeem(await pass(citizen, portal, auto('adult-level-2')))

    await citizen.open(signOutUrl(portal, { id_token_hint: tokens.id_token! }))

    expect(citizen.isOnPage).toBe(true)
    expect(citizen.page.status).toBe(200)
    expect(citizen.page.text).toContain('MÔ PHỎNG')
    await expect(isSignedIn(citizen, portal)).resolves.toBe(false)
  })

  test('needs no page either when a guardian acts for a child', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    const tokens = await portal.redeem(
      await pass(citizen, portal, auto('guardian-of-two:child-13')),
    )

    await citizen.open(
      signOutUrl(portal, { id_token_hint: tokens.id_token!, post_logout_redirect_uri: home }),
    )

    expect(citizen.away.href).toBe(home)
  })

  test('refuses an address to return to that is not registered', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    const tokens = await portal.redeem(await pass(citizen, portal, auto('adult-level-2')))

    await citizen.open(
      signOutUrl(portal, {
        id_token_hint: tokens.id_token!,
        post_logout_redirect_uri: 'http://localhost:8080/elsewhere',
      }),
    )

    expect(citizen.page.status).toBe(400)
    expect(citizen.page.text).toContain('post_logout_redirect_uri')
    await expect(isSignedIn(citizen, portal)).resolves.toBe(true)
  })

  test('returns dev to any address on this machine', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock, { clientId: 'dev' })
    const citizen = new Citizen(mock)
    const tokens = await portal.redeem(await pass(citizen, portal, auto('adult-level-2')))

    await citizen.open(
      signOutUrl(portal, {
        id_token_hint: tokens.id_token!,
        post_logout_redirect_uri: 'http://127.0.0.1:4999/bye',
      }),
    )

    expect(citizen.away.href).toBe('http://127.0.0.1:4999/bye')
  })
})

describe('signing out without proof', () => {
  const begin = async (mock: TestMock, params: Record<string, string>) => {
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    await pass(citizen, portal, auto('adult-level-2'))
    await citizen.open(signOutUrl(portal, params))
    return { portal, citizen }
  }

  test('asks first, and ends everything when the person agrees', async () => {
    const { portal, citizen } = await begin(await startMock(), { post_logout_redirect_uri: home })

    expect(citizen.page.text).toContain('Cổng thử nghiệm')
    await expect(isSignedIn(citizen, portal)).resolves.toBe(true)
    await citizen.open(signOutUrl(portal, { post_logout_redirect_uri: home, state: 's-1' }))
    await answerConfirmation(citizen, true)

    expect(citizen.away.href).toBe(`${home}?state=s-1`)
    await expect(isSignedIn(citizen, portal)).resolves.toBe(false)
  })

  test('keeps the person signed in elsewhere who does not agree', async () => {
    const mock = await startMock()
    const { portal, citizen } = await begin(mock, {})
    const other = await relyingParty(mock, { clientId: 'dev' })
    await pass(citizen, other, auto('adult-level-2'))
    await citizen.open(signOutUrl(portal, {}))

    await answerConfirmation(citizen, false)

    await expect(isSignedIn(citizen, other)).resolves.toBe(true)
  })

  test('asks too when the hint is of another person', async () => {
    const mock = await startMock()
    const stranger = await (await relyingParty(mock)).tokensFor('adult-level-1')

    const { portal, citizen } = await begin(mock, { id_token_hint: stranger.tokens.id_token! })

    expect(citizen.page.text).toContain('name="xsrf"')
    await expect(isSignedIn(citizen, portal)).resolves.toBe(true)
  })

  test('by a forged form changes nothing', async () => {
    const { portal, citizen } = await begin(await startMock(), {})

    const reply = await citizen.agent
      .post('/session/end/confirm')
      .type('form')
      .send({ xsrf: 'guessed', logout: 'yes' })

    expect(reply.status).toBe(400)
    await expect(isSignedIn(citizen, portal)).resolves.toBe(true)
  })

  test('of nobody returns at once', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)

    await citizen.open(signOutUrl(portal, { post_logout_redirect_uri: home, state: 'x' }))

    expect(citizen.away.href).toBe(`${home}?state=x`)
  })
})

describe('back-channel logout', () => {
  const told = async (extra: Record<string, unknown> = {}, server?: LocalServer) => {
    const listener = server ?? (await localServer())
    const config = configFolder({
      clients: [
        aClient({
          backchannel_logout_uri: `${listener.origin}/logout`,
          post_logout_redirect_uris: [home],
          ...extra,
        }),
      ],
    })
    const mock = await startMock({ config })
    return { server: listener, mock, portal: await relyingParty(mock, { clientId: 'other-rp' }) }
  }

  const verified = async (mock: TestMock, { received }: LocalServer) => {
    const jwks = createRemoteJWKSet(new URL(`${mock.issuer}/jwks`))
    return jwtVerify(received[0]!.form.get('logout_token')!, jwks, {
      issuer: mock.issuer,
      audience: 'other-rp',
      typ: 'logout+jwt',
    })
  }

  test.each([
    ['adult-level-2', 'adult-level-2'],
    ['guardian-of-two:child-13', 'child-13'],
  ])('tells by a signed token that %s is gone, whose sub is %s’s', async (as, subject) => {
    const { server, mock, portal } = await told()
    const citizen = new Citizen(mock)
    const tokens = await portal.redeem(await pass(citizen, portal, auto(as)))

    await citizen.open(signOutUrl(portal, { id_token_hint: tokens.id_token! }))
    const { payload } = await verified(mock, server)

    expect(server.received).toMatchObject([{ method: 'POST', path: '/logout' }])
    expect(payload).toEqual({
      iss: mock.issuer,
      aud: 'other-rp',
      sub: (await persona(mock, subject)).sub,
      sid: tokens.claims()!['sid'],
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      iat: expect.any(Number),
      exp: expect.any(Number),
      jti: expect.any(String),
    })
    expect(payload['sid']).toEqual(expect.any(String))
  })

  test('tells, from the confirmation page, that the child is gone for whom a guardian acts', async () => {
    const { server, mock, portal } = await told()
    const citizen = new Citizen(mock)
    await pass(citizen, portal, auto('guardian-of-two:child-13'))

    await citizen.open(signOutUrl(portal, {}))
    await answerConfirmation(citizen, true)
    const { payload } = await verified(mock, server)

    expect(payload.sub).toBe((await persona(mock, 'child-13')).sub)
  })

  test('reaches every relying party of the session, whichever began', async () => {
    const { server, mock, portal } = await told()
    const other = await relyingParty(mock)
    const citizen = new Citizen(mock)
    await pass(citizen, portal, auto('adult-level-2'))
    const tokens = await other.redeem(await pass(citizen, other, auto('adult-level-2')))

    await citizen.open(signOutUrl(other, { id_token_hint: tokens.id_token! }))

    expect(server.received).toHaveLength(1)
  })

  test('that fails is noticed, and the person is signed out all the same', async () => {
    const server = await localServer(() => ({ status: 500 }))
    const { mock, portal } = await told({}, server)
    const citizen = new Citizen(mock)
    const tokens = await portal.redeem(await pass(citizen, portal, auto('adult-level-2')))

    await citizen.open(
      signOutUrl(portal, { id_token_hint: tokens.id_token!, post_logout_redirect_uri: home }),
    )

    expect(citizen.away.href).toBe(home)
    expect(mock.logged).toContainEqual({
      event: 'notice',
      message: expect.stringContaining('the logout token for "other-rp" was not delivered'),
    })
    await expect(isSignedIn(citizen, portal)).resolves.toBe(false)
  })

  test('is not carried on to where the relying party redirects', async () => {
    const elsewhere = await localServer()
    const server = await localServer(() => ({
      status: 307,
      headers: { location: `${elsewhere.origin}/logout` },
    }))
    const { mock, portal } = await told({}, server)
    const citizen = new Citizen(mock)
    const tokens = await portal.redeem(await pass(citizen, portal, auto('adult-level-2')))

    await citizen.open(signOutUrl(portal, { id_token_hint: tokens.id_token! }))

    expect(server.received).toHaveLength(1)
    expect(elsewhere.received).toHaveLength(0)
  })

  test('follows when another person signs in on pages in that browser', async () => {
    const { server, mock, portal } = await told()
    const citizen = new Citizen(mock)
    const tokens = await portal.redeem(await pass(citizen, portal, auto('guardian-of-two:child-5')))
    const { number, account } = await persona(mock, 'adult-level-2')

    await request(citizen, portal, { prompt: 'login' })
    await citizen.submit({ number, password: account.password })
    await citizen.submit({ code: citizen.code })
    await citizen.submit({ agree: 'yes' })
    await citizen.submit({ passcode: account.passcode })
    const { payload } = await verified(mock, server)

    expect(citizen.away.searchParams.has('code')).toBe(true)
    expect(payload).toMatchObject({ sub: tokens.claims()!.sub, sid: tokens.claims()!['sid'] })
  })
})
