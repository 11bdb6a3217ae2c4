import * as oidc from 'openid-client'
import { describe, expect, test } from 'vitest'
import { Citizen } from '../../support/citizen.ts'
import { aClientKey } from '../../support/client-keys.ts'
import { aClient, configFolder } from '../../support/config-folder.ts'
import { FrozenClock } from '../../support/frozen-clock.ts'
import { pass, persona, refusalOf, request, signInOnPages, walk } from '../../support/journeys.ts'
import { startMock } from '../../support/mock.ts'
import { refused } from '../../support/refused.ts'
import { relyingParty, type RelyingParty } from '../../support/relying-party.ts'

const full = { provider: { discovery: 'full' } }
const auto = { login_hint: 'auto:adult-level-2' }

const fieldsOf = (html: string) =>
  new Map(
    [...html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
      ([, name, value]) => [name!, value!],
    ),
  )

async function pushed(portal: RelyingParty, params: Record<string, string> = {}) {
  const verifier = oidc.randomPKCECodeVerifier()
  const url = await oidc.buildAuthorizationUrlWithPAR(portal.config, {
    redirect_uri: portal.redirectUri,
    scope: 'openid profile vneid',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...params,
  })
  return { url, verifier }
}

describe('a pushed authorization request', () => {
  test('is walked on pages like any other', async () => {
    const mock = await startMock({ config: configFolder({ settings: full }) })
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    const { url, verifier } = await pushed(portal)
    await citizen.open(url)
    const away = await walk(citizen, await persona(mock, 'adult-level-2'))

    const tokens = await oidc.authorizationCodeGrant(portal.config, away, {
      pkceCodeVerifier: verifier,
    })

    expect([...url.searchParams.keys()].toSorted()).toEqual(['client_id', 'request_uri'])
    expect(tokens.claims()!.sub).toBe((await persona(mock, 'adult-level-2')).sub)
  })

  test('is good once', async () => {
    const mock = await startMock({ config: configFolder({ settings: full }) })
    const { url } = await pushed(await relyingParty(mock), auto)

    const first = await fetch(url, { redirect: 'manual' })
    const again = await fetch(url, { redirect: 'manual' })

    expect(new URL(first.headers.get('location')!).searchParams.has('code')).toBe(true)
    expect(again.status).toBe(400)
    await expect(again.text()).resolves.toContain('invalid_request_uri')
  })

  test('is forgotten after a minute of the world’s time', async () => {
    const clock = new FrozenClock()
    const mock = await startMock({ clock, config: configFolder({ settings: full }) })
    const { url } = await pushed(await relyingParty(mock), auto)
    clock.advance(61)

    const late = await fetch(url, { redirect: 'manual' })

    expect(late.status).toBe(400)
  })

  test('needs the client’s secret', async () => {
    const mock = await startMock({ config: configFolder({ settings: full }) })
    const impostor = await relyingParty(mock, { auth: oidc.ClientSecretBasic('guessed') })

    await expect(pushed(impostor)).rejects.toEqual(refused('invalid_client'))
  })

  test('is the only way in for a client that says so', async () => {
    const config = configFolder({
      settings: full,
      clients: [aClient({ require_pushed_authorization_requests: true })],
    })
    const portal = await relyingParty(await startMock({ config }), { clientId: 'other-rp' })

    const plain = await portal.signIn('adult-level-2')
    const { url } = await pushed(portal, auto)
    const reply = await fetch(url, { redirect: 'manual' })

    expect(refusalOf(plain.url).error).toBe('invalid_request')
    expect(new URL(reply.headers.get('location')!).searchParams.has('code')).toBe(true)
  })
})

describe('a signed request object', () => {
  const prepare = async (metadata: Record<string, unknown> = {}) => {
    const key = await aClientKey('ES256')
    const config = configFolder({
      settings: full,
      clients: [aClient({ jwks: { keys: [key.jwk] }, ...metadata })],
    })
    const mock = await startMock({ config })
    return { key, mock, portal: await relyingParty(mock, { clientId: 'other-rp' }) }
  }

  test('is what counts, and is walked on pages', async () => {
    const { key, mock, portal } = await prepare()
    const citizen = new Citizen(mock)
    const verifier = oidc.randomPKCECodeVerifier()
    const url = await oidc.buildAuthorizationUrlWithJAR(
      portal.config,
      {
        redirect_uri: portal.redirectUri,
        scope: 'openid profile',
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ui_locales: 'en',
      },
      { key: key.privateKey, kid: key.kid },
    )
    await citizen.open(url)

    expect(citizen.page.text).toContain('lang="en"')
    const away = await walk(citizen, await persona(mock, 'adult-level-2'))
    const tokens = await oidc.authorizationCodeGrant(portal.config, away, {
      pkceCodeVerifier: verifier,
    })
    expect(tokens.scope).toBe('openid profile')
  })

  test('signed by somebody else is refused, and its redirect URI not believed', async () => {
    const { key, portal } = await prepare()
    const other = await aClientKey('ES256')
    const url = await oidc.buildAuthorizationUrlWithJAR(
      portal.config,
      { redirect_uri: portal.redirectUri, scope: 'openid', ...auto },
      { key: other.privateKey, kid: key.kid },
    )

    const reply = await fetch(url, { redirect: 'manual' })

    expect({ status: reply.status, location: reply.headers.get('location') }).toEqual({
      status: 400,
      location: null,
    })
    expect(await reply.text()).toContain('<code>invalid_request_object</code>')
  })

  test('is the only way in for a client that says so', async () => {
    const { portal } = await prepare({ require_signed_request_object: true })

    const { url } = await portal.signIn('adult-level-2')

    expect(refusalOf(url).error).toBe('invalid_request')
  })
})

describe('response_mode=form_post', () => {
  test('posts the code by a marked page that submits itself', async () => {
    const portal = await relyingParty(await startMock())
    const { url, ...secrets } = await portal.begin({ ...auto, response_mode: 'form_post' })

    const reply = await fetch(url, { redirect: 'manual' })
    const html = await reply.text()
    const posted = new Request('http://localhost:8080/cb', {
      method: 'POST',
      body: new URLSearchParams([...fieldsOf(html)]),
    })
    const tokens = await oidc.authorizationCodeGrant(portal.config, posted, {
      pkceCodeVerifier: secrets.verifier,
      expectedState: secrets.state,
      expectedNonce: secrets.nonce,
    })

    expect(tokens.claims()).toHaveProperty('sub')
    expect(html).toContain('MÔ PHỎNG')
    expect(html).toContain('action="http://localhost:8080/cb"')
    expect(reply.headers.get('content-security-policy')).toMatch(
      /form-action [^;]*http:\/\/localhost:8080/,
    )
  })

  test('follows a sign-in on pages as well', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    const { number, account } = await persona(mock, 'adult-level-2')
    await request(citizen, portal, { response_mode: 'form_post' })

    await citizen.submit({ number, password: account.password })
    await citizen.submit({ code: citizen.code })
    await citizen.submit({ agree: 'yes' })
    await citizen.submit({ passcode: account.passcode })

    expect(fieldsOf(citizen.page.text).get('code')).toEqual(expect.any(String))
  })

  test('posts errors too, with the state', async () => {
    const portal = await relyingParty(await startMock())
    const { url, state } = await portal.begin({
      login_hint: 'auto:locked',
      response_mode: 'form_post',
    })

    const fields = fieldsOf(await (await fetch(url)).text())

    expect(Object.fromEntries(fields)).toMatchObject({ error: 'access_denied', state })
    expect(fields.get('error_description')).toMatch(/^account_locked/)
  })

  test('escapes what the relying party sent', async () => {
    const portal = await relyingParty(await startMock())
    const state = '"><script>alert(1)</script>'
    const { url } = await portal.begin({ ...auto, response_mode: 'form_post', state })

    const html = await (await fetch(url)).text()

    expect(html).not.toContain('<script>alert(1)')
    expect(html).toMatch(/name="state" value="&quot;&gt;&lt;script/)
  })
})

describe('response_mode=jwt', () => {
  test('answers with a signed response', async () => {
    const portal = await relyingParty(await startMock({ config: configFolder({ settings: full }) }))
    oidc.useJwtResponseMode(portal.config)

    const { claims } = await portal.tokensFor('adult-level-2')

    expect(claims).toHaveProperty('sub')
  })
})

describe('the claims parameter', () => {
  test('asks for single claims, which the consent page names', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    const person = await persona(mock, 'adult-level-2')
    const params = {
      scope: 'openid',
      claims: JSON.stringify({
        userinfo: { email: null, nationality: { essential: true } },
        id_token: { name: { essential: true } },
      }),
    }
    await request(citizen, portal, params)
    await citizen.submit({ number: person.number, password: person.account.password })
    await citizen.submit({ code: citizen.code })

    expect(citizen.step).toBe('consent')
    expect(citizen.page.text).toContain(person.email!)
    expect(citizen.page.text).not.toContain(person.phone!)
    const callback = await signInOnPages(new Citizen(mock), portal, person, { params })
    const tokens = await portal.redeem(callback)
    const claims = tokens.claims()!
    const userinfo = await portal.userinfo(tokens.access_token, claims.sub)
    expect(claims['name']).toBe(person.name)
    expect(claims).not.toHaveProperty('email')
    expect(Object.keys(userinfo).toSorted()).toEqual([
      'authentication_level',
      'email',
      'nationality',
      'sub',
    ])
  })

  test('asks again where more is asked, and not where the same is', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    const asking = (...names: string[]) => ({
      scope: 'openid',
      claims: JSON.stringify({
        userinfo: Object.fromEntries(names.map((name) => [name, null])),
      }),
    })
    await signInOnPages(citizen, portal, await persona(mock, 'adult-level-2'), {
      params: asking('email'),
    })

    const same = await pass(citizen, portal, asking('email'))
    await request(citizen, portal, asking('email', 'phone_number'))

    expect(same.url.searchParams.has('code')).toBe(true)
    expect(citizen.step).toBe('consent')
  })

  test('leaves out what the person has not, and what nobody has', async () => {
    const portal = await relyingParty(await startMock())
    const claims = JSON.stringify({
      userinfo: { email: { essential: true }, nationality: null, shoe_size: { essential: true } },
    })

    const { tokens, claims: idToken } = await portal.tokensFor('child-13', {
      scope: 'openid',
      claims,
    })
    const userinfo = await portal.userinfo(tokens.access_token, idToken.sub)

    expect(Object.keys(userinfo).toSorted()).toEqual(['authentication_level', 'nationality', 'sub'])
  })
})
