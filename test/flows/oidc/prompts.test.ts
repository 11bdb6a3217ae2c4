import { beforeEach, describe, expect, test } from 'vitest'
import { Citizen } from '../../support/citizen.ts'
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
import { startMock, type TestMock } from '../../support/mock.ts'
import { relyingParty, type RelyingParty } from '../../support/relying-party.ts'

let clock: FrozenClock
let mock: TestMock
let portal: RelyingParty
let citizen: Citizen

beforeEach(async () => {
  clock = new FrozenClock()
  mock = await startMock({ clock })
  portal = await relyingParty(mock)
  citizen = new Citizen(mock)
})

const signedIn = async (id = 'adult-level-2', params: Record<string, string> = {}) => {
  const callback = await signInOnPages(citizen, portal, await persona(mock, id), { params })
  const tokens = await portal.redeem(callback)
  return { tokens, claims: tokens.claims()! }
}

const silently = async (params: Record<string, string> = {}) =>
  refusalOf((await pass(citizen, portal, { prompt: 'none', ...params })).url)

describe('prompt=none', () => {
  test('says login_required to a browser that knows nobody', async () => {
    await expect(silently()).resolves.toMatchObject({ error: 'login_required' })
  })

  test('gives a code where the same was granted before', async () => {
    const { claims } = await signedIn()
    clock.advance(100)

    const tokens = await portal.redeem(await pass(citizen, portal, { prompt: 'none' }))

    expect(tokens.claims()!.sub).toBe(claims.sub)
    expect(signInAge(tokens.claims())).toBeGreaterThanOrEqual(99)
  })

  test('says consent_required where more is asked than was granted', async () => {
    await signedIn()

    await expect(silently({ scope: 'openid profile vneid email' })).resolves.toMatchObject({
      error: 'consent_required',
    })
  })

  test('says consent_required to a relying party that nobody has shared with', async () => {
    await signedIn()
    const other = await relyingParty(mock, { clientId: 'dev' })

    const { url } = await pass(citizen, other, { prompt: 'none' })

    expect(refusalOf(url).error).toBe('consent_required')
  })

  test('says unmet_authentication_requirements where the level is out of reach', async () => {
    await signedIn('adult-level-1')
    const acr = { essential: true, value: 'urn:mock-vneid:level:2' }

    await expect(
      silently({ claims: JSON.stringify({ id_token: { acr } }) }),
    ).resolves.toMatchObject({ error: 'unmet_authentication_requirements' })
  })

  test('cannot be combined with another prompt', async () => {
    await signedIn()

    await expect(silently({ prompt: 'none login' })).resolves.toMatchObject({
      error: 'invalid_request',
    })
  })
})

describe('prompt=login', () => {
  test('asks everything again, and the time of the sign-in is new', async () => {
    const before = await signedIn()
    clock.advance(100)

    await request(citizen, portal, { prompt: 'login' })
    expect(citizen.step).toBe('identify')
    const { claims } = await signedIn('adult-level-2', { prompt: 'login' })

    expect(claims.sub).toBe(before.claims.sub)
    expect(signInAge(claims)).toBeLessThan(50)
    await expect(portal.userinfo(before.tokens.access_token, claims.sub)).resolves.toBeDefined()
  })

  test('lets another person in, and ends what the first one did', async () => {
    const before = await signedIn()

    const { claims } = await signedIn('adult-level-1', { prompt: 'login' })

    expect(claims.sub).toBe((await persona(mock, 'adult-level-1')).sub)
    await expect(
      portal.userinfo(before.tokens.access_token, before.claims.sub),
    ).rejects.toMatchObject({ status: 401 })
  })
})

describe('prompt=consent', () => {
  test('asks consent and passcode again, and nothing else', async () => {
    const { claims } = await signedIn()
    clock.advance(100)
    const secrets = await request(citizen, portal, { prompt: 'consent' })
    const person = await persona(mock, 'adult-level-2')

    expect(citizen.step).toBe('consent')
    await citizen.submit({ agree: 'yes' })
    expect(citizen.step).toBe('passcode')
    await citizen.submit({ passcode: person.account.passcode })
    const tokens = await portal.redeem({ ...secrets, url: citizen.away })

    expect(tokens.claims()!.sub).toBe(claims.sub)
    expect(signInAge(tokens.claims())).toBeGreaterThanOrEqual(99)
  })
})

describe('prompt=select_account', () => {
  test('asks whether it is still the same person, who then passes without more', async () => {
    const { claims } = await signedIn()
    clock.advance(100)
    const secrets = await request(citizen, portal, { prompt: 'select_account' })

    expect(citizen.step).toBe('select-account')
    expect(citizen.page.text).toContain((await persona(mock, 'adult-level-2')).name)
    await citizen.submit()
    const tokens = await portal.redeem({ ...secrets, url: citizen.away })

    expect(tokens.claims()!.sub).toBe(claims.sub)
    expect(signInAge(tokens.claims())).toBeGreaterThanOrEqual(99)
  })

  test('lets another person sign in', async () => {
    const before = await signedIn()
    const other = await persona(mock, 'adult-level-1')
    const secrets = await request(citizen, portal, { prompt: 'select_account' })

    await citizen.submit({ do: 'other-person' })
    expect(citizen.step).toBe('identify')
    const tokens = await portal.redeem({ ...secrets, url: await walk(citizen, other) })

    expect(tokens.claims()!.sub).toBe(other.sub)
    await expect(
      portal.userinfo(before.tokens.access_token, before.claims.sub),
    ).rejects.toMatchObject({ status: 401 })
  })

  test('is an ordinary sign-in where nobody is known', async () => {
    const person = await persona(mock, 'adult-level-2')

    const callback = await signInOnPages(citizen, portal, person, {
      params: { prompt: 'select_account' },
    })

    expect((await portal.redeem(callback)).claims()!.sub).toBe(person.sub)
  })

  test('lets a guardian change for whom she acts', async () => {
    const guardian = await persona(mock, 'guardian-of-two')
    const child = await persona(mock, 'child-13')
    await portal.redeem(await signInOnPages(citizen, portal, guardian))
    const secrets = await request(citizen, portal, { prompt: 'select_account' })

    await citizen.submit()
    expect(citizen.step).toBe('role')
    const url = await walk(citizen, guardian, { role: child.id })
    const tokens = await portal.redeem({ ...secrets, url })

    expect(tokens.claims()).toMatchObject({ sub: child.sub, act: { sub: guardian.sub } })
  })
})

describe('max_age', () => {
  test('asks again when the sign-in is older, and not before', async () => {
    await signedIn()
    clock.advance(50)
    const young = await portal.redeem(await pass(citizen, portal, { max_age: '60' }), 60)
    clock.advance(11)
    await request(citizen, portal, { max_age: '60' })

    expect(signInAge(young.claims())).toBeGreaterThanOrEqual(49)
    expect(citizen.step).toBe('identify')
  })

  test('says login_required under prompt=none', async () => {
    await signedIn()
    clock.advance(61)

    await expect(silently({ max_age: '60' })).resolves.toMatchObject({ error: 'login_required' })
  })

  test('of nought always asks', async () => {
    await signedIn()
    clock.advance(1)

    await request(citizen, portal, { max_age: '0' })
    expect(citizen.step).toBe('identify')
    const secrets = await request(citizen, portal, { max_age: '0' })
    const url = await walk(citizen, await persona(mock, 'adult-level-2'))
    const tokens = await portal.redeem({ ...secrets, url }, 5)

    expect(tokens.claims()).toHaveProperty('auth_time')
  })
})

describe('id_token_hint', () => {
  test('of the person who is signed in changes nothing', async () => {
    const { tokens, claims } = await signedIn()

    const again = await pass(citizen, portal, { id_token_hint: tokens.id_token! })

    expect((await portal.redeem(again)).claims()!.sub).toBe(claims.sub)
  })

  test('of another person says login_required under prompt=none', async () => {
    const other = await portal.tokensFor('adult-level-1')
    await signedIn()

    await expect(silently({ id_token_hint: other.tokens.id_token! })).resolves.toMatchObject({
      error: 'login_required',
    })
  })

  test('of another person asks for that person, and anybody else is an error', async () => {
    const other = await portal.tokensFor('adult-level-1')
    const hint = { id_token_hint: other.tokens.id_token! }
    await signedIn()

    await request(citizen, portal, hint)
    expect(citizen.step).toBe('identify')
    const wrong = await walk(citizen, await persona(mock, 'adult-level-2'))
    const right = await signedIn('adult-level-1', hint)

    expect(refusalOf(wrong).error).toBe('login_required')
    expect(right.claims.sub).toBe(other.claims.sub)
  })

  test('that nobody here signed is refused', async () => {
    const { tokens } = await signedIn()
    const [head, body] = tokens.id_token!.split('.')

    await expect(silently({ id_token_hint: `${head}.${body}.AAAA` })).resolves.toMatchObject({
      error: 'invalid_request',
    })
  })
})

describe('ui_locales', () => {
  test.each([
    ['vi', 'lang="vi"', 'Số định danh cá nhân'],
    ['en', 'lang="en"', 'Personal identification number'],
    ['fr en', 'lang="en"', 'Personal identification number'],
    ['fr', 'lang="vi"', 'Số định danh cá nhân'],
  ])('%s decides the language of the pages', async (wished, attribute, label) => {
    await request(citizen, portal, { ui_locales: wished })

    expect(citizen.page.text).toContain(attribute)
    expect(citizen.page.text).toMatch(new RegExp(label, 'i'))
  })
})

describe('login_hint', () => {
  const numberField = () => / id="number"[^>]* value="([^"]*)"/.exec(citizen.page.text)?.[1]

  test('of a persona fills in their number', async () => {
    await request(citizen, portal, { login_hint: 'adult-level-1' })

    expect(numberField()).toBe((await persona(mock, 'adult-level-1')).number)
  })

  test('of a number fills in that number', async () => {
    const { number } = await persona(mock, 'foreigner-level-2')

    await request(citizen, portal, { login_hint: number })

    expect(numberField()).toBe(number)
  })

  test('signs nobody in, and does not hold against anybody else', async () => {
    const { claims } = await signedIn('adult-level-2', { login_hint: 'adult-level-1' })

    expect(claims.sub).toBe((await persona(mock, 'adult-level-2')).sub)
  })
})

describe('a request the mock cannot understand', () => {
  test.each([
    [{ prompt: 'dance' }, 'invalid_request'],
    [{ max_age: '-1' }, 'invalid_request'],
    [{ scope: 'profile' }, 'invalid_request'],
    [{ response_mode: 'pigeon' }, 'unsupported_response_mode'],
    [{ claims: '{' }, 'invalid_request'],
    [{ id_token_hint: 'x' }, 'invalid_request'],
    [{ registration: '{}' }, 'registration_not_supported'],
  ])('is answered at the relying party: %o', async (params, error) => {
    const { url, state } = await pass(citizen, portal, params)

    expect(url.searchParams.get('error')).toBe(error)
    expect(url.searchParams.get('state')).toBe(state)
    expect(url.searchParams.get('iss')).toBe(mock.issuer)
  })
})
