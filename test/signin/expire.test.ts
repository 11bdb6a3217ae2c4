import { beforeEach, describe, expect, test } from 'vitest'
import type { Person } from '../../src/accounts/index.ts'
import { openDesk, ordinary, type Attempt, type Desk } from './attempt.ts'

let desk: Desk
let anna: Person
let attempt: Attempt

beforeEach(async () => {
  desk = openDesk()
  anna = await desk.find('anna')
  attempt = await desk.begin()
})

describe('a sign-in that is made to expire', () => {
  test('is refused as one whose time is over, for good', async () => {
    await attempt.identify(anna)

    expect(await desk.signIns.expireSignIn(attempt.id)).toBe(1)
    expect(await attempt.now()).toMatchObject({ step: 'refused', refusal: 'expired' })
    desk.clock.set(desk.clock.now() - 1000)
    expect(await attempt.agree()).toMatchObject({ step: 'refused', refusal: 'expired' })
  })

  test('is recorded once', async () => {
    await desk.signIns.expireSignIn(attempt.id)
    await desk.signIns.beginOrResume(attempt.id, () => ({ demand: ordinary }))

    const entries = await desk.journal.list({ signIn: attempt.id })
    expect(entries.map(({ decided }) => decided)).toEqual(['identify', 'expired'])
  })

  test('leaves others alone', async () => {
    const other = await desk.begin()
    await desk.signIns.expireSignIn(attempt.id)

    expect((await other.now()).step).toBe('identify')
  })

  test('does not count when it is unknown, or over already', async () => {
    const late = await desk.begin()
    await attempt.answer({ step: 'cancel' })
    expect(await desk.signIns.expireSignIn(attempt.id)).toBe(0)
    expect(await desk.signIns.expireSignIn('unknown')).toBe(0)

    desk.clock.advance(600)
    expect(await desk.signIns.expireSignIn(late.id)).toBe(0)
    expect((await attempt.now()).refusal).toBe('cancelled')
  })

  test('expires once when several ask at the same time', async () => {
    const expired = await Promise.all([
      desk.signIns.expireSignIn(attempt.id),
      desk.signIns.expireSignIn(attempt.id),
    ])

    expect(expired.toSorted()).toEqual([0, 1])
  })
})

describe('a code that is made to expire', () => {
  test('is too late in the form that is open already, costs no try, and can be sent again', async () => {
    const { version, challenge } = await attempt.identify(anna)

    expect(await desk.signIns.expireCode(attempt.id)).toBe(1)
    const late = await attempt.answer({ step: 'second-factor', code: challenge!.code }, version)
    expect(late).toMatchObject({
      step: 'second-factor',
      problem: { field: 'code', code: 'code_expired' },
    })
    await attempt.answer({ step: 'second-factor', resend: 'app' })
    expect((await attempt.enterCode()).step).toBe('consent')
  })

  test('does not count when there is none that is good', async () => {
    expect(await desk.signIns.expireCode(attempt.id)).toBe(0)
    expect(await desk.signIns.expireCode('unknown')).toBe(0)

    await attempt.identify(anna)
    await desk.signIns.expireCode(attempt.id)
    expect(await desk.signIns.expireCode(attempt.id)).toBe(0)
    await attempt.answer({ step: 'cancel' })
    expect(await desk.signIns.expireCode(attempt.id)).toBe(0)
  })
})

describe('a lock that is made to expire', () => {
  const lockOut = async (person: Person) => {
    const locked = await desk.begin()
    for (let count = 0; count < 5; count++) await locked.identify(person, 'Sai@12345')
    expect((await locked.now()).refusal).toBe('locked_out')
  }

  test('lets the person in again, and nobody else', async () => {
    const bo = await desk.find('bo')
    await lockOut(anna)
    await lockOut(bo)

    expect(await desk.signIns.forgetTries(anna.number)).toBe(1)
    expect((await attempt.identify(anna)).step).toBe('second-factor')
    expect((await (await desk.begin()).identify(bo)).refusal).toBe('locked_out')
  })

  test('takes the wrong tries along, so that all of them are there again', async () => {
    await attempt.identify(anna, 'Sai@12345')

    expect(await desk.signIns.forgetTries(anna.number)).toBe(1)
    expect((await attempt.identify(anna, 'Sai@12345')).problem?.triesLeft).toBe(4)
  })

  test('is everybody’s, when nobody is named', async () => {
    await lockOut(anna)
    await lockOut(await desk.find('bo'))

    expect(await desk.signIns.forgetTries()).toBe(2)
    expect((await attempt.identify(anna)).step).toBe('second-factor')
  })

  test('does not count where there is none', async () => {
    expect(await desk.signIns.forgetTries(anna.number)).toBe(0)
    expect(await desk.signIns.forgetTries()).toBe(0)
  })
})
