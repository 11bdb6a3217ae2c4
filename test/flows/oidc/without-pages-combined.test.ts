import { randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import * as oidc from 'openid-client'
import { describe, expect, test } from 'vitest'
import { Citizen } from '../../support/citizen.ts'
import { aClient, configFolder } from '../../support/config-folder.ts'
import { FrozenClock } from '../../support/frozen-clock.ts'
import { pass, persona, refusalOf, signInAge } from '../../support/journeys.ts'
import { startMock } from '../../support/mock.ts'
import { relyingParty, type Callback } from '../../support/relying-party.ts'

const auto = { login_hint: 'auto:adult-level-2' }

describe('a sign-in without a page, asked with', () => {
  test('prompt=none, is refused where nobody is signed in', async () => {
    const portal = await relyingParty(await startMock())

    const { url } = await portal.signIn('adult-level-2', { prompt: 'none' })

    expect(refusalOf(url).error).toBe('login_required')
  })

  test('prompt=none, is refused where somebody else is signed in, who stays', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    await pass(citizen, portal, { login_hint: 'auto:adult-level-1' })

    const { url } = await pass(citizen, portal, { ...auto, prompt: 'none' })
    const still = await portal.redeem(await pass(citizen, portal))

    expect(refusalOf(url).error).toBe('login_required')
    expect(still.claims()!.sub).toBe((await persona(mock, 'adult-level-1')).sub)
  })

  test('prompt=none, passes where the same person is signed in', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    await pass(citizen, portal, auto)

    const again = await portal.redeem(await pass(citizen, portal, { ...auto, prompt: 'none' }))

    expect(again.claims()!.sub).toBe((await persona(mock, 'adult-level-2')).sub)
  })

  test('prompt=none, is refused where the same person acts for another, for whom they go on', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    const silently = async (as?: string) => {
      const hint = as === undefined ? {} : { login_hint: `auto:${as}` }
      return pass(citizen, portal, { ...hint, prompt: 'none' })
    }
    await pass(citizen, portal, { login_hint: 'auto:guardian-of-two:child-13' })

    for (const other of ['guardian-of-two', 'guardian-of-two:child-5'])
      expect(refusalOf((await silently(other)).url).error).toBe('login_required')
    expect(refusalOf((await silently('guardian-of-two:child-31')).url).error).toBe(
      'invalid_request',
    )
    for (const same of [undefined, 'guardian-of-two:child-13'])
      expect((await portal.redeem(await silently(same))).claims()!.sub).toBe(
        (await persona(mock, 'child-13')).sub,
      )
  })

  test('prompt=none, passes where the only roles are others than oneself', async () => {
    const config = configFolder({ clients: [aClient({ allow: ['child'] })] })
    const mock = await startMock({ config })
    const portal = await relyingParty(mock, { clientId: 'other-rp' })
    const citizen = new Citizen(mock)
    const hint = { login_hint: 'auto:guardian-of-two' }
    const first = await portal.redeem(await pass(citizen, portal, hint))

    const again = await portal.redeem(await pass(citizen, portal, { ...hint, prompt: 'none' }))

    expect(first.claims()).toHaveProperty('act')
    expect(again.claims()!.sub).toBe(first.claims()!.sub)
  })

  test.each(['login', 'consent', 'select_account', 'login consent'])(
    'prompt=%s, shows no page',
    async (prompt) => {
      const mock = await startMock()
      const portal = await relyingParty(mock)
      const citizen = new Citizen(mock)

      const first = await portal.redeem(await pass(citizen, portal, { ...auto, prompt }))
      const again = await portal.redeem(await pass(citizen, portal, { ...auto, prompt }))

      expect(again.claims()!.sub).toBe(first.claims()!.sub)
    },
  )

  test('prompt=login, is a new sign-in', async () => {
    const clock = new FrozenClock()
    const mock = await startMock({ clock })
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    await pass(citizen, portal, auto)
    clock.advance(100)

    const known = await portal.redeem(await pass(citizen, portal, auto))
    const anew = await portal.redeem(await pass(citizen, portal, { ...auto, prompt: 'login' }))

    expect(signInAge(known.claims())).toBeGreaterThanOrEqual(99)
    expect(signInAge(anew.claims())).toBeLessThan(50)
  })

  test('max_age, is a new sign-in when the last is older', async () => {
    const clock = new FrozenClock()
    const mock = await startMock({ clock })
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    await pass(citizen, portal, auto)
    clock.advance(61)

    const anew = await portal.redeem(await pass(citizen, portal, { ...auto, max_age: '60' }), 60)

    expect(signInAge(anew.claims())).toBeLessThan(50)
  })

  test('single claims, puts them where they were asked for', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const claims = JSON.stringify({
      userinfo: { email: null, card: { essential: true } },
      id_token: { personal_id_number: null },
    })

    const { tokens, claims: inIdToken } = await portal.tokensFor('adult-level-2', {
      scope: 'openid',
      claims,
    })
    const userinfo = await portal.userinfo(tokens.access_token, inIdToken.sub)

    expect(inIdToken['personal_id_number']).toBe((await persona(mock, 'adult-level-2')).number)
    expect(Object.keys(userinfo).toSorted()).toEqual([
      'authentication_level',
      'card',
      'email',
      'sub',
    ])
  })

  test('id_token_hint of another person, is an error and not a page', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const other = await portal.tokensFor('adult-level-1')
    const hint = { id_token_hint: other.tokens.id_token! }

    const wrong = await portal.signIn('adult-level-2', hint)
    const right = await portal.redeem(await portal.signIn('adult-level-1', hint))

    expect(refusalOf(wrong.url).error).toBe('login_required')
    expect(right.claims()!.sub).toBe(other.claims.sub)
  })

  test('a pushed request, needs one redirect as well', async () => {
    const config = configFolder({ settings: { provider: { discovery: 'full' } } })
    const portal = await relyingParty(await startMock({ config }))
    const verifier = oidc.randomPKCECodeVerifier()
    const url = await oidc.buildAuthorizationUrlWithPAR(portal.config, {
      ...auto,
      redirect_uri: portal.redirectUri,
      scope: 'openid',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })

    const reply = await fetch(url, { redirect: 'manual' })
    const tokens = await oidc.authorizationCodeGrant(
      portal.config,
      new URL(reply.headers.get('location')!),
      { pkceCodeVerifier: verifier },
    )

    expect(url.searchParams.has('login_hint')).toBe(false)
    expect(tokens.access_token).toEqual(expect.any(String))
  })

  test('response_mode=form_post, answers with the form', async () => {
    const portal = await relyingParty(await startMock())
    const { url, ...secrets } = await portal.begin({ ...auto, response_mode: 'form_post' })

    const reply = await fetch(url, { redirect: 'manual' })
    const html = await reply.text()
    const callback = new URL('http://localhost:8080/cb')
    for (const [, name, value] of html.matchAll(/name="(\w+)" value="([^"]*)"/g))
      callback.searchParams.set(name!, value!)
    const tokens = await portal.redeem({ ...secrets, url: callback } satisfies Callback)

    expect(reply.status).toBe(200)
    expect(tokens.claims()).toHaveProperty('sub')
  })

  test('a signed request object, heeds the hint inside it and none beside it', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256')
    const jwks = {
      keys: [{ ...(await exportJWK(publicKey)), kid: 'jar', alg: 'ES256', use: 'sig' }],
    }
    const config = configFolder({
      clients: [aClient({ jwks, request_object_signing_alg: 'ES256' })],
    })
    const mock = await startMock({ config })
    const portal = await relyingParty(mock, { clientId: 'other-rp' })
    const signed = (params: Record<string, string>) =>
      new SignJWT({
        client_id: 'other-rp',
        redirect_uri: portal.redirectUri,
        response_type: 'code',
        scope: 'openid',
        ...params,
      })
        .setProtectedHeader({ alg: 'ES256', kid: 'jar' })
        .setIssuer('other-rp')
        .setAudience(mock.issuer)
        .setIssuedAt()
        .setJti(randomUUID())
        .setExpirationTime('1m')
        .sign(privateKey)
    const open = async (params: Record<string, string>) => {
      const url = new URL(portal.config.serverMetadata().authorization_endpoint!)
      url.search = new URLSearchParams({ client_id: 'other-rp', ...params }).toString()
      const reply = await fetch(url, { redirect: 'manual' })
      return new URL(reply.headers.get('location')!, mock.issuer)
    }

    const inside = await open({ request: await signed(auto) })
    const beside = await open({ request: await signed({}), ...auto })

    expect(inside.searchParams.get('code')).toEqual(expect.any(String))
    expect(beside.pathname).toMatch(/^\/sign-in\//)
  })
})

test('hundreds of sign-ins without a page at once all succeed, each as who was asked for', async () => {
  const mock = await startMock()
  const portal = await relyingParty(mock)
  const usable = ['adult-level-1', 'adult-level-2', 'child-13', 'foreigner-level-2']
  const wanted = Array.from({ length: 100 }, (_, index) => usable[index % usable.length]!)

  const signedIn = await Promise.all(wanted.map((who) => portal.tokensFor(who)))

  const subs = await Promise.all(wanted.map(async (who) => (await persona(mock, who)).sub))
  expect(signedIn.map(({ claims }) => claims.sub)).toEqual(subs)
})
