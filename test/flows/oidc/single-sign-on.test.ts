import { beforeEach, describe, expect, test } from 'vitest'
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
import { startMock, type TestMock } from '../../support/mock.ts'
import { relyingParty, type RelyingParty } from '../../support/relying-party.ts'

const day = 24 * 3600
let clock: FrozenClock
let mock: TestMock
let first: RelyingParty
let second: RelyingParty
let hasty: RelyingParty
let citizen: Citizen

beforeEach(async () => {
  clock = new FrozenClock()
  const config = configFolder({
    clients: [
      aClient({}),
      aClient({ client_id: 'hasty', client_secret: 'hasty-secret', journey: 'short' }),
    ],
  })
  mock = await startMock({ clock, config })
  first = await relyingParty(mock)
  second = await relyingParty(mock, { clientId: 'other-rp' })
  hasty = await relyingParty(mock, { clientId: 'hasty' })
  citizen = new Citizen(mock)
})

describe('a second relying party in the same browser', () => {
  test('asks for consent and passcode, and not who it is', async () => {
    const person = await persona(mock, 'adult-level-2')
    await signInOnPages(citizen, first, person)
    clock.advance(100)
    const secrets = await request(citizen, second)

    expect(citizen.step).toBe('consent')
    await citizen.submit({ agree: 'yes' })
    expect(citizen.step).toBe('passcode')
    await citizen.submit({ passcode: person.account.passcode })
    const tokens = await second.redeem({ ...secrets, url: citizen.away })

    expect(tokens.claims()!.sub).toBe(person.sub)
    expect(signInAge(tokens.claims())).toBeGreaterThanOrEqual(99)
  })

  test('shows what it alone will be sent', async () => {
    const person = await persona(mock, 'adult-level-2')
    await signInOnPages(citizen, first, person)

    await request(citizen, second, { scope: 'openid email' })

    expect(citizen.page.text).toContain(person.email!)
    expect(citizen.page.text).not.toContain(person.passport!)
  })

  test('hears consent_refused when the person refuses, who stays signed in', async () => {
    await signInOnPages(citizen, first, await persona(mock, 'adult-level-2'))
    await request(citizen, second)

    await citizen.submit({ do: 'refuse' })
    expect(citizen.step).toBe('refused')
    await citizen.submit({ do: 'leave' })

    expect(refusalOf(citizen.away)).toEqual({ error: 'access_denied', reason: 'consent_refused' })
    expect((await pass(citizen, first)).url.searchParams.has('code')).toBe(true)
  })

  test('passes silently the next time', async () => {
    const person = await persona(mock, 'adult-level-2')
    await signInOnPages(citizen, first, person)
    await signInOnPages(citizen, second, person)

    const tokens = await second.redeem(await pass(citizen, second))

    expect(tokens.claims()!.sub).toBe(person.sub)
  })

  test('asks again for what it did not ask before', async () => {
    const person = await persona(mock, 'adult-level-2')
    await signInOnPages(citizen, second, person)

    await request(citizen, second, { scope: 'openid profile vneid phone' })

    expect(citizen.step).toBe('consent')
  })

  test('asks a guardian for whom she acts there', async () => {
    const guardian = await persona(mock, 'guardian-of-two')
    await signInOnPages(citizen, first, guardian, { role: 'child-13' })

    const own = await second.redeem(
      await signInOnPages(citizen, second, guardian, { role: guardian.id }),
    )
    const again = await first.redeem(await pass(citizen, first))

    expect(own.claims()!.sub).toBe(guardian.sub)
    expect(again.claims()!.sub).toBe((await persona(mock, 'child-13')).sub)
  })
})

describe('the short journey', () => {
  test('asks neither consent nor passcode', async () => {
    const { number, account, sub } = await persona(mock, 'adult-level-2')
    const secrets = await request(citizen, hasty)

    await citizen.submit({ number, password: account.password })
    await citizen.submit({ code: citizen.code })
    const tokens = await hasty.redeem({ ...secrets, url: citizen.away })

    expect(tokens.claims()).toMatchObject({ sub, amr: ['pwd', 'otp', 'mfa'] })
  })

  test('is silent in a browser where somebody is signed in', async () => {
    const person = await persona(mock, 'adult-level-2')
    await signInOnPages(citizen, first, person)

    const tokens = await hasty.redeem(await pass(citizen, hasty))
    const silently = await hasty.redeem(await pass(citizen, hasty, { prompt: 'none' }))
    const userinfo = await hasty.userinfo(tokens.access_token, person.sub)

    expect(silently.claims()!.sub).toBe(person.sub)
    expect(userinfo).toMatchObject({ name: person.name })
  })

  test('still asks a guardian for whom she acts', async () => {
    await signInOnPages(citizen, first, await persona(mock, 'guardian-of-two'))

    await request(citizen, hasty)

    expect(citizen.step).toBe('role')
  })
})

describe('the session of a browser', () => {
  test('ends a day after it was last seen', async () => {
    await signInOnPages(citizen, first, await persona(mock, 'adult-level-2'))
    clock.advance(day - 10)
    expect((await pass(citizen, first)).url.searchParams.has('code')).toBe(true)
    clock.advance(day - 10)
    expect((await pass(citizen, first)).url.searchParams.has('code')).toBe(true)
    clock.advance(day + 1)

    await request(citizen, first)

    expect(citizen.step).toBe('identify')
  })

  test('lives ten minutes after a sign-in without a page', async () => {
    await pass(citizen, first, { login_hint: 'auto:adult-level-2' })
    clock.advance(601)

    await request(citizen, first)

    expect(citizen.step).toBe('identify')
  })

  test('is not that of another browser', async () => {
    await signInOnPages(citizen, first, await persona(mock, 'adult-level-2'))
    const stranger = new Citizen(mock)

    await request(stranger, first)

    expect(stranger.step).toBe('identify')
  })
})
