import { decodeJwt } from 'jose'
import * as oidc from 'openid-client'
import { describe, expect, test } from 'vitest'
import { Citizen } from '../../support/citizen.ts'
import { aClient, configFolder } from '../../support/config-folder.ts'
import { FrozenClock } from '../../support/frozen-clock.ts'
import {
  pass,
  persona,
  refusalOf,
  request,
  signInAge,
  signInOnPages,
} from '../../support/journeys.ts'
import { localServer } from '../../support/local-server.ts'
import { startMock, type TestMock } from '../../support/mock.ts'
import { relyingParty, type RelyingParty } from '../../support/relying-party.ts'

const as = (who: string) => ({ login_hint: `auto:${who}` })

const subAt = async (portal: RelyingParty, citizen: Citizen, params = {}) =>
  (await portal.redeem(await pass(citizen, portal, params))).claims()!

describe('login_hint=auto:', () => {
  test('answers the request itself with one redirect to the relying party', async () => {
    const portal = await relyingParty(await startMock())
    const { url, ...secrets } = await portal.begin(as('adult-level-2'))

    const reply = await fetch(url, { redirect: 'manual' })
    const location = new URL(reply.headers.get('location')!)

    expect(reply.status).toBe(303)
    expect(location.origin + location.pathname).toBe('http://localhost:8080/cb')
    await expect(portal.redeem({ url: location, ...secrets })).resolves.toHaveProperty('id_token')
  })

  test('takes a personal number as well', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const { sub, number } = await persona(mock, 'foreigner-level-2')

    const { claims } = await portal.tokensFor(number)

    expect(claims.sub).toBe(sub)
  })

  test('takes a child or an organisation to act for', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)

    const forChild = await portal.tokensFor('guardian-of-two:child-13')
    const forCompany = await portal.tokensFor('company-representative:example-company')

    expect(forChild.claims).toMatchObject({
      sub: (await persona(mock, 'child-13')).sub,
      act: { sub: (await persona(mock, 'guardian-of-two')).sub },
    })
    expect(forCompany.claims).toMatchObject({
      act: { sub: (await persona(mock, 'company-representative')).sub },
    })
  })

  test.each([
    ['adult-level2', "nobody is called 'adult-level2'. Did you mean 'adult-level-2'?"],
    ['qwertyuiop', "nobody is called 'qwertyuiop'."],
    ['Trần"\\', "nobody is called 'Tr?n??'."],
  ])('of nobody we know is loud: %s', async (who, description) => {
    const portal = await relyingParty(await startMock())

    const { url } = await portal.signIn(who)

    expect(url.searchParams.get('error')).toBe('invalid_request')
    expect(url.searchParams.get('error_description')).toBe(description)
  })

  test.each(['', ':', 'adult-level-2:', ':child-13', 'guardian-of-two:child-13:child-5'])(
    'that names nobody, or more than two, is loud: "%s"',
    async (who) => {
      const portal = await relyingParty(await startMock())

      const { url } = await portal.signIn(who)

      expect(url.searchParams.get('error')).toBe('invalid_request')
      expect(url.searchParams.get('error_description')).toBe(
        `an automatic user is <person> or <person>:<child, ward or organisation>, not '${who}'`,
      )
    },
  )

  test('of a role that the person has not names the roles they have', async () => {
    const portal = await relyingParty(await startMock())

    const { url } = await portal.signIn('guardian-of-two:child-31')

    expect(url.searchParams.get('error')).toBe('invalid_request')
    expect(url.searchParams.get('error_description')).toMatch(
      /cannot act for 'child-31' here\. Did you mean 'child-13'\?/,
    )
  })

  test('of a role that this relying party does not allow is refused by name', async () => {
    const config = configFolder({ clients: [aClient({ allow: ['self'] })] })
    const portal = await relyingParty(await startMock({ config }), { clientId: 'other-rp' })

    const { url } = await portal.signIn('guardian-of-two:child-13')

    expect(url.searchParams.get('error')).toBe('invalid_request')
    expect(url.searchParams.get('error_description')).toContain("Roles offered: 'guardian-of-two'")
  })

  test.each(['company-staff:example-company', 'guardian-level-1:child-13-level-2'])(
    'of a role in name only is refused in words that are true: %s',
    async (who) => {
      const portal = await relyingParty(await startMock())

      const { url } = await portal.signIn(who)

      expect(url.searchParams.get('error_description')).toBe(
        'role_not_allowed (the person may not act here in the role asked for, or in any)',
      )
    },
  )

  test.each([
    ['not-activated', 'account_not_activated'],
    ['locked', 'account_locked'],
    ['account-cancelled', 'account_cancelled'],
    ['card-expired', 'card_expired'],
    ['deceased', 'deceased'],
    ['child-guardian-locked', 'guardian_unable'],
  ])('of %s is refused with %s', async (who, reason) => {
    const portal = await relyingParty(await startMock())

    const { url } = await portal.signIn(who)

    expect(refusalOf(url)).toEqual({ error: 'access_denied', reason })
  })

  test('of a child is refused where only adults may sign in for themselves', async () => {
    const config = configFolder({ clients: [aClient({ allow: ['self'] })] })
    const portal = await relyingParty(await startMock({ config }), { clientId: 'other-rp' })

    const { url } = await portal.signIn('child-13')

    expect(refusalOf(url)).toEqual({ error: 'access_denied', reason: 'role_not_allowed' })
  })
})

describe('the cookie mock_vneid_as', () => {
  const withCookie = async (mock: TestMock, portal: RelyingParty, cookie: string, params = {}) => {
    const { url, ...secrets } = await portal.begin(params)
    const headers = { cookie: `mock_vneid_as=${cookie}` }
    const reply = await fetch(url, { redirect: 'manual', headers })
    return { ...secrets, url: new URL(reply.headers.get('location')!, mock.issuer) }
  }

  test('makes a browser somebody at every relying party', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)

    const plain = await withCookie(mock, portal, 'adult-level-1')
    const acting = await withCookie(mock, portal, encodeURIComponent('guardian-of-two:child-5'))

    expect((await portal.redeem(plain)).claims()!.sub).toBe(
      (await persona(mock, 'adult-level-1')).sub,
    )
    expect((await portal.redeem(acting)).claims()!.sub).toBe((await persona(mock, 'child-5')).sub)
  })

  test('of nobody we know is loud', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)

    const { url } = await withCookie(mock, portal, 'nobody')

    expect(url.searchParams.get('error')).toBe('invalid_request')
  })

  test('gives way to a hint in the request', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)

    const hinted = await withCookie(mock, portal, 'adult-level-1', as('adult-level-2'))
    const prefilled = await withCookie(mock, portal, 'adult-level-1', {
      login_hint: 'adult-level-2',
    })

    expect((await portal.redeem(hinted)).claims()!.sub).toBe(
      (await persona(mock, 'adult-level-2')).sub,
    )
    expect(prefilled.url.pathname).toMatch(/^\/sign-in\//)
  })
})

describe('auto_sign_in of a client', () => {
  const config = () => configFolder({ clients: [aClient({ auto_sign_in: 'adult-level-1' })] })

  test('signs everybody in as that person', async () => {
    const mock = await startMock({ config: config() })
    const portal = await relyingParty(mock, { clientId: 'other-rp' })

    const claims = await subAt(portal, new Citizen(mock))

    expect(claims.sub).toBe((await persona(mock, 'adult-level-1')).sub)
  })

  test('gives way to a hint, and does not reach other clients', async () => {
    const mock = await startMock({ config: config() })
    const portal = await relyingParty(mock, { clientId: 'other-rp' })
    const untouched = await relyingParty(mock)
    const citizen = new Citizen(mock)

    await request(citizen, untouched)
    expect(citizen.step).toBe('identify')
    const claims = await subAt(portal, new Citizen(mock), as('adult-level-2'))

    expect(claims.sub).toBe((await persona(mock, 'adult-level-2')).sub)
  })
})

describe('automatic sign-in that is switched off', () => {
  const off = () =>
    configFolder({
      settings: { provider: { automatic_sign_in: false } },
      clients: [aClient({ auto_sign_in: 'adult-level-1' })],
    })

  test('refuses the hint and says how to switch it on', async () => {
    const portal = await relyingParty(await startMock({ config: off() }))

    const { url } = await portal.signIn('adult-level-2')

    expect(url.searchParams.get('error')).toBe('invalid_request')
    expect(url.searchParams.get('error_description')).toContain('automatic_sign_in: true')
  })

  test('shows pages in spite of cookie and auto_sign_in', async () => {
    const mock = await startMock({ config: off() })
    const citizen = new Citizen(mock)
    citizen.agent.set('Cookie', 'mock_vneid_as=adult-level-2')

    await request(citizen, await relyingParty(mock, { clientId: 'other-rp' }))

    expect(citizen.step).toBe('identify')
  })
})

describe('another person in the same browser', () => {
  test('takes the place of the first, whose tokens die and whose relying parties are told', async () => {
    const server = await localServer()
    const config = configFolder({
      settings: { provider: { discovery: 'full' } },
      clients: [aClient({ backchannel_logout_uri: `${server.origin}/logout` })],
    })
    const mock = await startMock({ config })
    const told = await relyingParty(mock, { clientId: 'other-rp' })
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    const first = await told.redeem(await pass(citizen, told, as('guardian-of-two:child-13')))

    const second = await subAt(portal, citizen, as('adult-level-2'))
    const silent = await pass(citizen, told, { prompt: 'none' })

    expect(second.sub).toBe((await persona(mock, 'adult-level-2')).sub)
    await expect(told.userinfo(first.access_token, first.claims()!.sub)).rejects.toMatchObject({
      status: 401,
    })
    await expect(oidc.tokenIntrospection(told.config, first.access_token)).resolves.toEqual({
      active: false,
    })
    expect(server.received.map(({ form }) => decodeJwt(form.get('logout_token')!))).toMatchObject([
      { sub: first.claims()!.sub, sid: first.claims()!['sid'], aud: 'other-rp' },
    ])
    expect(refusalOf(silent.url).error).toBe('consent_required')
  })

  test('leaves alone what was to outlive the session', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    const offline = { scope: 'openid offline_access', prompt: 'consent' }
    const first = await portal.redeem(
      await pass(citizen, portal, { ...as('adult-level-1'), ...offline }),
    )

    await pass(citizen, portal, as('adult-level-2'))
    const renewed = await oidc.refreshTokenGrant(portal.config, first.refresh_token!)

    expect(renewed.claims()!.sub).toBe(first.claims()!.sub)
  })

  test('takes the place of one who signed in on pages', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    const first = await portal.redeem(
      await signInOnPages(citizen, portal, await persona(mock, 'adult-level-1')),
    )

    const second = await subAt(portal, citizen, as('adult-level-2'))

    expect(second.sub).toBe((await persona(mock, 'adult-level-2')).sub)
    await expect(portal.userinfo(first.access_token, first.claims()!.sub)).rejects.toMatchObject({
      status: 401,
    })
  })
})

describe('the same person in the same browser', () => {
  test('is signed in for the next request without a hint', async () => {
    const clock = new FrozenClock()
    const mock = await startMock({ clock })
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    const first = await subAt(portal, citizen, as('adult-level-2'))
    clock.advance(100)

    const next = await subAt(portal, citizen)

    expect(next.sub).toBe(first.sub)
    expect(signInAge(next)).toBeGreaterThanOrEqual(99)
  })

  test('acts for a child at one client and is herself at the next', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const other = await relyingParty(mock, { clientId: 'dev' })
    const citizen = new Citizen(mock)
    const { sub: child } = await persona(mock, 'child-13')
    const { sub: herself } = await persona(mock, 'guardian-of-two')

    const acting = await portal.redeem(await pass(citizen, portal, as('guardian-of-two:child-13')))
    const own = await other.redeem(await pass(citizen, other, as('guardian-of-two')))

    expect(acting.claims()).toMatchObject({ sub: child, act: { sub: herself } })
    expect(own.claims()!.sub).toBe(herself)
    expect(own.claims()).not.toHaveProperty('act')
    await expect(portal.userinfo(acting.access_token, child)).resolves.toMatchObject({
      act: { sub: herself },
    })
    await expect(other.userinfo(own.access_token, herself)).resolves.not.toHaveProperty('act')
    expect((await subAt(portal, citizen)).sub).toBe(child)
    expect((await subAt(other, citizen)).sub).toBe(herself)
  })

  test('changes for whom she acts, and the first subject’s token dies', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    const first = await portal.redeem(await pass(citizen, portal, as('guardian-of-two:child-13')))

    const second = await portal.redeem(await pass(citizen, portal, as('guardian-of-two:child-5')))
    const own = await portal.redeem(
      await pass(citizen, portal, as('guardian-of-two:guardian-of-two')),
    )

    expect(second.claims()!.sub).toBe((await persona(mock, 'child-5')).sub)
    expect(own.claims()!.sub).toBe((await persona(mock, 'guardian-of-two')).sub)
    await expect(portal.userinfo(first.access_token, first.claims()!.sub)).rejects.toMatchObject({
      status: 401,
    })
  })
})
