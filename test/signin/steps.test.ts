import { beforeEach, describe, expect, test } from 'vitest'
import type { Answer } from '../../src/signin/index.ts'
import { openDesk, password, type Attempt, type Desk } from './attempt.ts'

let desk: Desk

beforeEach(() => {
  desk = openDesk()
})

describe('a sign-in of the full journey', () => {
  test('asks for number and password, code, consent and passcode, in this order', async () => {
    const anna = await desk.find('anna')
    const attempt = await desk.begin()

    const steps = [
      await attempt.now(),
      await attempt.identify(anna),
      await attempt.enterCode(),
      await attempt.agree(),
      await attempt.enterPasscode(),
    ].map(({ step }) => step)

    expect(steps).toEqual(['identify', 'second-factor', 'consent', 'passcode', 'approved'])
    expect(await attempt.now()).toMatchObject({
      personId: 'anna',
      role: { kind: 'self', subjectId: 'anna' },
      factors: ['password', 'app-code', 'passcode'],
    })
  })

  test('says at its end who signed in and where', async () => {
    const attempt = await desk.begin()
    await attempt.authenticate(await desk.find('anna'))
    await attempt.agree()
    await attempt.enterPasscode()

    expect(desk.events.at(-1)).toEqual({
      event: 'sign-in-ended',
      signInId: attempt.id,
      clientId: 'portal',
      personId: 'anna',
      outcome: 'approved',
      isAutomatic: false,
      durationMs: 0,
    })
  })

  test('lasted no less than no time when the clock was set back', async () => {
    const attempt = await desk.begin()
    await attempt.identify(await desk.find('anna'))
    desk.clock.advance(-7200)
    await attempt.enterCode()
    await attempt.agree()
    await attempt.enterPasscode()

    const lasted = desk.events.flatMap((event) =>
      event.event === 'step-ended' || event.event === 'sign-in-ended' ? [event.durationMs] : [],
    )
    expect(lasted).toEqual([0, 0, 0, 0, 0])
  })

  test('cannot be answered any more when it is over', async () => {
    const attempt = await desk.begin()
    await attempt.answer({ step: 'cancel' })
    const ended = await attempt.now()

    const after = await attempt.answer({ step: 'identify', number: '1', password: 'x' })

    expect(after).toEqual(ended)
  })

  test('that was approved cannot be cancelled', async () => {
    const attempt = await desk.begin({ journey: 'short' })
    await attempt.authenticate(await desk.find('anna'))

    const after = await attempt.answer({ step: 'cancel' })

    expect(after.step).toBe('approved')
  })

  test.each<Answer>([
    { step: 'passcode', passcode: '123456' },
    { step: 'consent', agrees: true },
    { step: 'second-factor', code: '000000' },
    { step: 'role', subjectId: 'anna' },
    { step: 'face' },
    { step: 'select-account', isSame: true },
  ])('is not moved by an answer to another step: $step', async (answer) => {
    const attempt = await desk.begin()

    const after = await attempt.answer(answer)

    expect(after).toMatchObject({ step: 'identify', notice: 'form_used', factors: [] })
  })
})

describe('a number and a password', () => {
  test.each([
    ['', password, 'number', 'number_missing'],
    ['   ', password, 'number', 'number_missing'],
    ['12345', password, 'number', 'number_malformed'],
    ['anna', password, 'number', 'number_malformed'],
    ['099192000001', '', 'password', 'password_missing'],
    ['099192000001', 'Matkhau@2', 'password', 'number_or_password_wrong'],
  ])('"%s" and "%s" have a problem at the %s: %s', async (number, typed, field, code) => {
    const attempt = await desk.begin()

    const after = await attempt.answer({ step: 'identify', number, password: typed })

    expect(after).toMatchObject({ step: 'identify', problem: { field, code } })
    expect(after.personId).toBeUndefined()
  })

  test('say the same of a number nobody has and of a wrong password', async () => {
    const [anna, stranger] = [await desk.begin(), await desk.begin()]
    const { number } = await desk.find('anna')

    const known = await anna.answer({ step: 'identify', number, password: 'wrong' })
    const unknown = await stranger.answer({
      step: 'identify',
      number: '099192999999',
      password: 'wrong',
    })

    expect(known.problem).toEqual(unknown.problem)
  })

  test('may have spaces in the number, as people copy it', async () => {
    const attempt = await desk.begin()
    const { number } = await desk.find('anna')
    const spaced = ` ${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`

    const after = await attempt.answer({ step: 'identify', number: spaced, password })

    expect(after).toMatchObject({ step: 'second-factor', personId: 'anna' })
  })

  test('that were wrong leave the number in the form', async () => {
    const attempt = await desk.begin()
    const { number } = await desk.find('anna')

    const after = await attempt.answer({ step: 'identify', number, password: 'wrong' })

    expect(after.demand.prefill).toBe(number)
  })
})

describe('a consent', () => {
  const atConsent = async (): Promise<Attempt> => {
    const attempt = await desk.begin()
    await attempt.authenticate(await desk.find('anna'))
    return attempt
  }

  test('without the tick has a problem and goes no further', async () => {
    const attempt = await atConsent()

    const after = await attempt.answer({ step: 'consent', agrees: false })

    expect(after).toMatchObject({
      step: 'consent',
      problem: { field: 'agree', code: 'agree_missing' },
    })
  })

  test('that is refused ends the sign-in', async () => {
    const attempt = await atConsent()

    const after = await attempt.answer({ step: 'consent', refuses: true })

    expect(after).toMatchObject({ step: 'refused', refusal: 'consent_refused' })
  })
})

describe('a sign-in that takes too long', () => {
  test('is as it was until the last millisecond, and then expired', async () => {
    const attempt = await desk.begin()
    const { expiresAt } = await attempt.now()
    expect(expiresAt - desk.clock.now()).toBe(600_000)

    desk.clock.set(expiresAt - 1)
    const before = await attempt.now()
    desk.clock.set(expiresAt)
    const after = await attempt.now()

    expect(before.step).toBe('identify')
    expect(after).toMatchObject({ step: 'refused', refusal: 'expired' })
  })

  test('takes no answer any more, not even the right one', async () => {
    const attempt = await desk.begin()
    desk.clock.advance(600)

    const after = await attempt.identify(await desk.find('anna'))

    expect(after).toMatchObject({ step: 'refused', refusal: 'expired' })
    expect(after.personId).toBeUndefined()
  })

  test('says nothing any more of what was wrong before', async () => {
    const attempt = await desk.begin()
    await attempt.identify(await desk.find('anna'), 'wrong')
    desk.clock.advance(600)

    expect((await attempt.now()).problem).toBeUndefined()
  })

  test('that was approved in time stays approved', async () => {
    const attempt = await desk.begin({ journey: 'short' })
    await attempt.authenticate(await desk.find('anna'))
    desk.clock.advance(600)

    expect((await attempt.now()).step).toBe('approved')
  })
})

test('a sign-in that two tabs begin at once is one sign-in', async () => {
  const beginning = () => ({ demand: { ...demand } })
  const demand = (await (await desk.begin()).now()).demand

  const [one, other] = await Promise.all([
    desk.signIns.beginOrResume('the-same', beginning),
    desk.signIns.beginOrResume('the-same', beginning),
  ])

  expect(one.version).toBe(other.version)
})
