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
  walk,
} from '../../support/journeys.ts'
import { startMock } from '../../support/mock.ts'
import { relyingParty } from '../../support/relying-party.ts'

const level = (n: number) => `urn:mock-vneid:level:${n}`
const authentication = (n: number) => `urn:mock-vneid:authentication:${n}`
const unmet = { error: 'unmet_authentication_requirements', reason: 'level_too_low' }

const essential = (...values: string[]) => ({
  claims: JSON.stringify({
    id_token: {
      acr:
        values.length === 1 ? { essential: true, value: values[0] } : { essential: true, values },
    },
  }),
})

const acrOf = async (as: string, params: Record<string, string> = {}) => {
  const portal = await relyingParty(await startMock())
  return (await portal.tokensFor(as, params)).claims['acr']
}

describe('acr, when nobody asked,', () => {
  test.each([
    ['adult-level-1', level(1)],
    ['adult-level-2', level(2)],
    ['child-5', level(1)],
  ])('is the level of the account of %s', async (as, expected) => {
    await expect(acrOf(as)).resolves.toBe(expected)
  })

  test('is the guardian’s when she acts for a child of a lower level', async () => {
    const portal = await relyingParty(await startMock())

    const { tokens, claims } = await portal.tokensFor('guardian-of-two:child-5')
    const userinfo = await portal.userinfo(tokens.access_token, claims.sub)

    expect(claims['acr']).toBe(level(2))
    expect(userinfo['account_level']).toBe(1)
  })
})

describe('acr_values', () => {
  test.each([
    ['adult-level-2', level(1), level(1)],
    ['adult-level-2', `${level(2)} ${level(1)}`, level(2)],
    ['adult-level-1', level(2), level(1)],
    ['adult-level-1', `${level(2)} ${level(1)}`, level(1)],
    ['adult-level-2', 'urn:unheard-of', level(2)],
    ['adult-level-2', `LoA3 ${level(1)}`, level(1)],
    ['adult-level-2', authentication(2), authentication(2)],
    ['adult-level-2', authentication(1), authentication(1)],
  ])('of %s are voluntary: asked for %s, the answer is %s', async (as, acrValues, expected) => {
    await expect(acrOf(as, { acr_values: acrValues })).resolves.toBe(expected)
  })

  test('are returned in each request’s own words within one session', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    const person = await persona(mock, 'adult-level-2')
    await signInOnPages(citizen, portal, person, { params: { acr_values: level(1) } })

    const plain = await portal.redeem(await pass(citizen, portal))
    const lower = await portal.redeem(await pass(citizen, portal, { acr_values: level(1) }))

    expect(plain.claims()!['acr']).toBe(level(2))
    expect(lower.claims()!['acr']).toBe(level(1))
  })

  test('may stand in a client’s registration', async () => {
    const config = configFolder({ clients: [aClient({ default_acr_values: [level(1)] })] })
    const portal = await relyingParty(await startMock({ config }), { clientId: 'other-rp' })

    const { claims } = await portal.tokensFor('adult-level-2')

    expect(claims['acr']).toBe(level(1))
  })
})

describe('an essential acr', () => {
  test.each([
    ['adult-level-2', [level(2)], level(2)],
    ['adult-level-2', [level(1)], level(1)],
    ['adult-level-1', [level(1)], level(1)],
    ['adult-level-1', [level(2), level(1)], level(1)],
    ['adult-level-2', [level(2), level(1)], level(2)],
  ])('of %s is met: %o', async (as, values, expected) => {
    await expect(acrOf(as, essential(...values))).resolves.toBe(expected)
  })

  test.each([
    ['adult-level-1', [level(2)]],
    ['adult-level-1', [level(2), 'urn:unheard-of']],
  ])('of %s that is out of reach is refused without a page: %o', async (as, values) => {
    const portal = await relyingParty(await startMock())

    const { url } = await portal.signIn(as, essential(...values))

    expect(refusalOf(url)).toEqual(unmet)
  })

  test('that nobody knows is refused by its name, before anybody signs in', async () => {
    const portal = await relyingParty(await startMock())
    const { url: request } = await portal.begin(essential('urn:unheard-of'))

    const reply = await fetch(request, { redirect: 'manual' })

    const url = new URL(reply.headers.get('location')!)
    expect(refusalOf(url)).toEqual({ error: unmet.error, reason: 'acr_unknown' })
    expect(url.searchParams.get('error_description')).toContain("'urn:unheard-of'")
    expect(url.searchParams.get('error_description')).toContain(`'${level(2)}'`)
  })

  test('out of reach gets a page that says what to do, then the error', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    const { number, account } = await persona(mock, 'adult-level-1')
    await request(citizen, portal, essential(level(2)))

    await citizen.submit({ number, password: account.password })
    await citizen.submit({ code: citizen.code })

    expect(citizen.step).toBe('refused')
    expect(citizen.page.text).toMatch(/mức độ 0?2/)
    await citizen.submit({ do: 'leave' })
    expect(refusalOf(citizen.away)).toEqual(unmet)
  })

  test('out of reach of who is signed in already gets the same page', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    await signInOnPages(citizen, portal, await persona(mock, 'adult-level-1'))

    await request(citizen, portal, essential(level(2)))

    expect(citizen.step).toBe('refused')
    await citizen.submit({ do: 'leave' })
    expect(refusalOf(citizen.away)).toEqual(unmet)
  })

  test('that is not essential is voluntary', async () => {
    const claims = JSON.stringify({ id_token: { acr: { value: level(2) } } })

    await expect(acrOf('adult-level-1', { claims })).resolves.toBe(level(1))
  })
})

describe('a client of minimum level 2', () => {
  const strict = async () => {
    const config = configFolder({ clients: [aClient({ minimum_level: 2 })] })
    const mock = await startMock({ config })
    return { mock, portal: await relyingParty(mock, { clientId: 'other-rp' }) }
  }

  test('lets level 2 in', async () => {
    const { portal } = await strict()

    await expect(portal.tokensFor('adult-level-2')).resolves.toHaveProperty('claims')
  })

  test('is told that level 1 is too low', async () => {
    const { portal } = await strict()

    const { url } = await portal.signIn('adult-level-1')

    expect(refusalOf(url)).toEqual(unmet)
  })

  test('is told so, after a page, of somebody whom another relying party let in', async () => {
    const { mock, portal } = await strict()
    const citizen = new Citizen(mock)
    const other = await relyingParty(mock)
    await signInOnPages(citizen, other, await persona(mock, 'adult-level-1'))

    const silent = await pass(citizen, portal, { prompt: 'none' })
    await request(citizen, portal)

    expect(refusalOf(silent.url).error).toBe(unmet.error)
    expect(citizen.step).toBe('refused')
    await citizen.submit({ do: 'leave' })
    expect(refusalOf(citizen.away)).toEqual(unmet)
  })

  test('judges the guardian, who authenticated, and not the child', async () => {
    const { portal } = await strict()

    await expect(portal.tokensFor('guardian-of-two:child-5')).resolves.toHaveProperty('claims')
  })
})

describe('an authentication level above the ordinary one', () => {
  test('is reached with the face, in the session and without signing in again', async () => {
    const clock = new FrozenClock()
    const mock = await startMock({ clock })
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    const person = await persona(mock, 'adult-level-2')
    await signInOnPages(citizen, portal, person)
    clock.advance(100)
    const secrets = await request(citizen, portal, { acr_values: authentication(4) })

    expect(citizen.step).toBe('face')
    const tokens = await portal.redeem({ ...secrets, url: await walk(citizen, person) })
    const claims = tokens.claims()!

    expect(claims).toMatchObject({
      acr: authentication(4),
      authentication_level: 4,
      sub: person.sub,
    })
    expect((claims['amr'] as string[]).toSorted()).toEqual(['face', 'mfa', 'otp', 'pin', 'pwd'])
    expect(signInAge(claims)).toBeGreaterThanOrEqual(99)
  })

  test('is reached by a guardian without losing for whom she acts', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    const guardian = await persona(mock, 'guardian-of-two')
    await signInOnPages(citizen, portal, guardian, { role: 'child-13' })
    const secrets = await request(citizen, portal, { acr_values: authentication(4) })

    expect(citizen.step).toBe('face')
    await citizen.submit()
    const tokens = await portal.redeem({ ...secrets, url: citizen.away })

    expect(tokens.claims()).toMatchObject({
      sub: (await persona(mock, 'child-13')).sub,
      act: { sub: guardian.sub },
      authentication_level: 4,
    })
  })

  test('stays reached for the rest of the session', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    await signInOnPages(citizen, portal, await persona(mock, 'adult-level-2'), {
      params: { acr_values: authentication(4) },
    })

    const again = await portal.redeem(await pass(citizen, portal, essential(authentication(4))))
    const plain = await portal.redeem(await pass(citizen, portal))

    expect(again.claims()!['acr']).toBe(authentication(4))
    expect(plain.claims()).toMatchObject({ acr: level(2), authentication_level: 4 })
  })

  test('is reached without a page as well, and keeps the time of the sign-in', async () => {
    const clock = new FrozenClock()
    const mock = await startMock({ clock })
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    const as = { login_hint: 'auto:adult-level-2' }
    const before = (await portal.redeem(await pass(citizen, portal, as))).claims()!

    clock.advance(100)

    const callback = await pass(citizen, portal, { ...as, acr_values: authentication(4) })
    const after = (await portal.redeem(callback)).claims()!

    expect(before['authentication_level']).toBe(2)
    expect(after).toMatchObject({ acr: authentication(4), authentication_level: 4 })
    expect(after['amr']).toContain('face')
    expect(signInAge(after)).toBeGreaterThanOrEqual(99)
  })

  test('is unmet under prompt=none', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    const citizen = new Citizen(mock)
    await signInOnPages(citizen, portal, await persona(mock, 'adult-level-2'))

    const { url } = await pass(citizen, portal, {
      prompt: 'none',
      ...essential(authentication(4)),
    })

    expect(refusalOf(url).error).toBe(unmet.error)
  })
})

describe('names of levels from the settings', () => {
  const names = () =>
    configFolder({
      settings: {
        sign_in: {
          account_level_names: { 1: 'LoA1', 2: 'LoA2' },
          authentication_level_names: { 1: 'AL1', 2: 'AL2', 3: 'AL3', 4: 'AL4' },
        },
      },
    })

  test('are what is returned, understood and announced', async () => {
    const portal = await relyingParty(await startMock({ config: names() }))

    const plain = await portal.tokensFor('adult-level-2')
    const lower = await portal.tokensFor('adult-level-2', { acr_values: 'LoA1' })
    const face = await portal.tokensFor('adult-level-2', { acr_values: 'AL4' })
    const old = await portal.tokensFor('adult-level-2', { acr_values: level(1) })

    expect(plain.claims['acr']).toBe('LoA2')
    expect(lower.claims['acr']).toBe('LoA1')
    expect(face.claims['acr']).toBe('AL4')
    expect(old.claims['acr']).toBe('LoA2')
    expect(portal.config.serverMetadata().acr_values_supported).toEqual([
      'LoA1',
      'LoA2',
      'AL1',
      'AL2',
      'AL3',
      'AL4',
    ])
  })

  test('refuse when an essential one is out of reach', async () => {
    const portal = await relyingParty(await startMock({ config: names() }))

    const { url } = await portal.signIn('adult-level-1', essential('LoA2'))

    expect(refusalOf(url)).toEqual(unmet)
  })
})
