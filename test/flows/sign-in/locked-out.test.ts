import { beforeEach, describe, expect, test } from 'vitest'
import type { Person } from '../../../src/index.ts'
import { Citizen } from '../../support/citizen.ts'
import { configFolder } from '../../support/config-folder.ts'
import { FrozenClock } from '../../support/frozen-clock.ts'
import { pass, persona, refusalOf, request, signInOnPages } from '../../support/journeys.ts'
import { startMock, type TestMock } from '../../support/mock.ts'
import { problemAt, textOf } from '../../support/page-parts.ts'
import { relyingParty, type RelyingParty } from '../../support/relying-party.ts'

let clock: FrozenClock
let mock: TestMock
let portal: RelyingParty
let adult: Person

beforeEach(async () => {
  clock = new FrozenClock()
  mock = await startMock({ clock })
  portal = await relyingParty(mock)
  adult = await persona(mock, 'adult-level-2')
})

/** One sign-in of its own browser, in which the password is wrong so many times. */
async function failTimes(times: number, language = 'vi'): Promise<Citizen> {
  const citizen = new Citizen(mock)
  await request(citizen, portal, { ui_locales: language })
  for (let wrong = 0; wrong < times; wrong++)
    await citizen.submit({ number: adult.number, password: 'Matkhau@2' })
  return citizen
}

async function signInWithRightPassword(language = 'vi'): Promise<Citizen> {
  const citizen = new Citizen(mock)
  await request(citizen, portal, { ui_locales: language })
  await citizen.submit({ number: adult.number, password: adult.account.password })
  return citizen
}

describe('five wrong tries', () => {
  test('lock the person out, and the page says for how many minutes', async () => {
    const citizen = await failTimes(5)

    expect(citizen.step).toBe('refused')
    expect(textOf(citizen.page.text)).toContain(
      'Tài khoản đang bị tạm khóa do nhập sai nhiều lần. Vui lòng thử lại sau 15 phút.',
    )
  })

  test('tell a tester in the drawer, and not on the page, how to go on at once', async () => {
    const { page } = await failTimes(5)

    const [journey, drawer] = page.text.split('<aside class="tool"')
    expect(drawer).toContain('giảm lock_seconds')
    expect(journey).not.toContain('lock_seconds')
  })

  test('are heard by the relying party as "locked_out"', async () => {
    const citizen = await failTimes(5)

    await citizen.submit()

    expect(refusalOf(citizen.away)).toEqual({ error: 'access_denied', reason: 'locked_out' })
  })

  test('may be spread over several sign-ins in several browsers', async () => {
    await failTimes(2)
    await failTimes(2)

    const citizen = await failTimes(1)

    expect(citizen.step).toBe('refused')
  })

  test('may be of password, code and passcode together', async () => {
    await failTimes(2)
    const citizen = await signInWithRightPassword()
    const { code } = citizen
    await citizen.submit({ code: 'wrong!' })
    await citizen.submit({ code })
    await citizen.submit({ agree: 'yes' })
    await citizen.submit({ passcode: '654321' })
    expect(problemAt(citizen.page.text, 'passcode')?.atField).toBe(
      'Passcode không đúng. Bạn còn 1 lần thử.',
    )

    await citizen.submit({ passcode: '654321' })

    expect(citizen.step).toBe('refused')
  })

  test('do not lock anybody else out', async () => {
    await failTimes(5)

    const { url } = await signInOnPages(
      new Citizen(mock),
      portal,
      await persona(mock, 'adult-level-1'),
    )

    expect(url.searchParams.has('code')).toBe(true)
  })
})

describe('somebody locked out', () => {
  test.each([
    ['vi', 60, 'Vui lòng thử lại sau 14 phút.'],
    ['vi', 61, 'Vui lòng thử lại sau 14 phút.'],
    ['en', 600, 'Try again in 5 min.'],
    ['en', 899, 'Try again in 1 min.'],
  ])('reads in %s, %i seconds later, the minutes that are left', async (language, later, text) => {
    await failTimes(5)
    clock.advance(later)

    const citizen = await signInWithRightPassword(language)

    expect(citizen.step).toBe('refused')
    expect(textOf(citizen.page.text)).toContain(text)
  })

  test.each([
    ['vi', 'Thời gian tạm khóa do nhập sai nhiều lần đã hết.', 'đăng nhập lại từ đầu'],
    ['en', 'The time for which the account was locked', 'sign in again from the start'],
  ])('reads in %s, when the time is over, that it is, and what to do', async (...expected) => {
    const [language, message, advice] = expected
    const citizen = await failTimes(5, language)
    clock.advance(900)

    await citizen.open(citizen.path)

    const text = textOf(citizen.page.text)
    expect(text).toContain(message)
    expect(text).toContain(advice)
    expect(text).not.toMatch(/\b0 (phút|min)/)
    expect(citizen.page.text).not.toContain('lock_seconds')
  })

  test('signs in when the time is over', async () => {
    await failTimes(5)
    clock.advance(900)

    const callback = await signInOnPages(new Citizen(mock), portal, adult)
    const tokens = await portal.redeem(callback)

    expect(tokens.claims()?.sub).toBe(adult.sub)
  })

  test('is locked out without pages as well, until the time is over', async () => {
    await failTimes(5)
    const locked = await pass(new Citizen(mock), portal, { login_hint: 'auto:adult-level-2' })
    clock.advance(900)
    const unlocked = await pass(new Citizen(mock), portal, { login_hint: 'auto:adult-level-2' })

    expect(refusalOf(locked.url)).toEqual({ error: 'access_denied', reason: 'locked_out' })
    expect(unlocked.url.searchParams.has('code')).toBe(true)
  })
})

test('how many tries and for how long are settings', async () => {
  const settings = { sign_in: { tries: 2, lock_seconds: 120 } }
  mock = await startMock({ clock, config: configFolder({ settings }) })
  portal = await relyingParty(mock)

  const citizen = await failTimes(2)

  expect(textOf(citizen.page.text)).toContain('Vui lòng thử lại sau 2 phút.')
})
