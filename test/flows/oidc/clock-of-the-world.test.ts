import * as oidc from 'openid-client'
import { describe, expect, test } from 'vitest'
import { Citizen } from '../../support/citizen.ts'
import { configFolder } from '../../support/config-folder.ts'
import { FrozenClock } from '../../support/frozen-clock.ts'
import { pass, persona, request, signInAge, signInOnPages } from '../../support/journeys.ts'
import { startMock } from '../../support/mock.ts'
import { refused } from '../../support/refused.ts'
import { relyingParty } from '../../support/relying-party.ts'

const offline = { scope: 'openid profile offline_access', prompt: 'consent' }
const full = () => configFolder({ settings: { provider: { discovery: 'full' } } })
const realSeconds = () => Math.floor(Date.now() / 1000)

describe.each(['2024-08-01T08:00:00+07:00', '2045-03-01T08:00:00+07:00'])(
  'a world that stands still at %s',
  (moment) => {
    test('signs in real time, so that relying parties accept it', async () => {
      const clock = new FrozenClock(Date.parse(moment))
      const portal = await relyingParty(await startMock({ clock }))

      const { claims } = await portal.tokensFor('adult-level-2')

      expect(Math.abs(claims.iat - realSeconds())).toBeLessThanOrEqual(60)
      expect(claims.exp - claims.iat).toBe(600)
      expect(Math.abs(signInAge(claims))).toBeLessThanOrEqual(60)
    })

    test('says in real time when a token ends', async () => {
      const clock = new FrozenClock(Date.parse(moment))
      const portal = await relyingParty(await startMock({ clock, config: full() }))
      const { tokens } = await portal.tokensFor('adult-level-2')
      clock.advance(100)

      const said = await oidc.tokenIntrospection(portal.config, tokens.access_token)

      expect(said).toMatchObject({ active: true })
      expect(Math.abs(said.exp! - (realSeconds() + 500))).toBeLessThanOrEqual(60)
    })

    test('keeps a session, walks pages, refreshes', async () => {
      const clock = new FrozenClock(Date.parse(moment))
      const mock = await startMock({ clock })
      const portal = await relyingParty(mock)
      const citizen = new Citizen(mock)
      const person = await persona(mock, 'adult-level-2')

      await signInOnPages(citizen, portal, person)
      const again = await portal.redeem(await pass(citizen, portal))
      const { tokens } = await portal.tokensFor('adult-level-2', offline)
      clock.advance(700)
      const renewed = await oidc.refreshTokenGrant(portal.config, tokens.refresh_token!)

      expect(again.claims()!.sub).toBe(person.sub)
      expect(renewed.claims()!.sub).toBe(person.sub)
      await expect(portal.userinfo(tokens.access_token, person.sub)).rejects.toEqual(
        refused('invalid_token'),
      )
    })
  },
)

test('a child who turns 14 in mid-session has no guardian any more, and a token says so', async () => {
  const clock = new FrozenClock()
  const mock = await startMock({ clock })
  const portal = await relyingParty(mock)
  const scope = { ...offline, scope: 'openid vneid:family offline_access' }
  const { tokens, claims } = await portal.tokensFor('child-13', scope)
  const before = await portal.userinfo(tokens.access_token, claims.sub)

  clock.advance(366 * 24 * 3600)
  const after = await portal.tokensFor('child-13', scope)
  const userinfo = await portal.userinfo(after.tokens.access_token, claims.sub)

  expect(before).toHaveProperty('guardian.confirmed', true)
  expect(userinfo).not.toHaveProperty('guardian.confirmed')
})

test('an account whose card expires in mid-session is signed out', async () => {
  const clock = new FrozenClock()
  const config = configFolder({
    settings: {
      provider: { session_seconds: 20 * 365 * 24 * 3600 },
      sign_in: { consent_days: 20 * 365 },
    },
  })
  const mock = await startMock({ clock, config })
  const portal = await relyingParty(mock)
  const citizen = new Citizen(mock)
  await signInOnPages(citizen, portal, await persona(mock, 'adult-level-2'))
  clock.advance(10 * 365 * 24 * 3600)
  expect((await pass(citizen, portal)).url.searchParams.has('code')).toBe(true)
  clock.advance(4 * 365 * 24 * 3600)

  await request(citizen, portal)

  expect(citizen.step).toBe('identify')
})

test('cookies name the product and the world, and carry no time of any clock', async () => {
  const mock = await startMock()
  const portal = await relyingParty(mock)
  const { url } = await portal.begin({ login_hint: 'auto:adult-level-2' })

  const cookies = (await fetch(url, { redirect: 'manual' })).headers.getSetCookie()

  expect(cookies.length).toBeGreaterThan(0)
  for (const cookie of cookies) {
    expect(cookie).toMatch(/^mock_vneid_default(\.|=|_)/)
    expect(cookie).toMatch(/; httponly/i)
    expect(cookie).toMatch(/; samesite=lax/i)
    expect(cookie).not.toMatch(/expires|max-age/i)
  }
})
