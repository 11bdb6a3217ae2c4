import { beforeEach, describe, expect, test } from 'vitest'
import type { Person } from '../../src/accounts/index.ts'
import { systemRandom, type Random } from '../../src/kernel/index.ts'
import { openDesk, type Attempt, type Desk } from './attempt.ts'

let desk: Desk
let anna: Person
let attempt: Attempt

beforeEach(async () => {
  desk = openDesk()
  anna = await desk.find('anna')
  attempt = await desk.begin()
  await attempt.identify(anna)
})

/** Chance that draws the codes 000001, 000002 and so on, so that no two are the same. */
function counting(): Random {
  let drawn = 0
  return { ...systemRandom, digits: (count) => String(++drawn).padStart(count, '0') }
}

const codesSent = () => desk.events.filter((event) => event.event === 'code-sent')

describe('a code', () => {
  test('has six digits, and whoever listens is told where it went', async () => {
    const { challenge } = await attempt.now()

    expect(challenge!.code).toMatch(/^\d{6}$/)
    expect(codesSent()).toEqual([
      {
        event: 'code-sent',
        signInId: attempt.id,
        personId: 'anna',
        channel: 'app',
        phoneOf: anna.name,
        code: challenge!.code,
      },
    ])
  })

  test('is good for 180 seconds, to the millisecond', async () => {
    const { challenge } = await attempt.now()
    expect(challenge!.expiresAt - desk.clock.now()).toBe(180_000)

    desk.clock.set(challenge!.expiresAt)
    const late = await attempt.enterCode(challenge!.code)
    desk.clock.set(challenge!.expiresAt - 1)
    const inTime = await attempt.enterCode(challenge!.code)

    expect(late.problem).toEqual({ field: 'code', code: 'code_expired' })
    expect(inTime.step).toBe('consent')
  })

  test('that is wrong costs a try, and one that expired does not', async () => {
    const wrong = await attempt.wrongCode()
    desk.clock.advance(180)
    await attempt.enterCode()
    await attempt.answer({ step: 'second-factor', resend: 'app' })
    const wrongAgain = await attempt.wrongCode()

    expect(wrong.problem).toEqual({ field: 'code', code: 'code_wrong', triesLeft: 4 })
    expect(wrongAgain.problem?.triesLeft).toBe(3)
  })

  test('that was not typed costs nothing', async () => {
    const after = await attempt.enterCode('')

    expect(after.problem).toEqual({ field: 'code', code: 'code_missing' })
  })

  test('may have a space in the middle', async () => {
    const { code } = (await attempt.now()).challenge!

    expect((await attempt.enterCode(`${code.slice(0, 3)} ${code.slice(3)}`)).step).toBe('consent')
  })

  test('is good once: when it was used, nothing of it is kept', async () => {
    const after = await attempt.enterCode()

    expect(after.challenge).toBeUndefined()
  })

  test('of one sign-in is no good in another', async () => {
    desk = openDesk({}, counting())
    const [one, other] = [await desk.begin(), await desk.begin()]
    const { code } = (await one.identify(await desk.find('anna'))).challenge!
    await other.identify(await desk.find('anna'))

    expect((await other.enterCode(code)).problem?.code).toBe('code_wrong')
  })

  test('is 000000 where the settings say "fixed"', async () => {
    desk = openDesk({ codes: 'fixed' })
    attempt = await desk.begin()
    await attempt.identify(await desk.find('anna'))

    expect((await attempt.enterCode('000000')).step).toBe('consent')
  })
})

describe('a code that is sent again', () => {
  test('replaces the one before, lives as long, and says so', async () => {
    desk = openDesk({}, counting())
    attempt = await desk.begin()
    const first = (await attempt.identify(await desk.find('anna'))).challenge!
    desk.clock.advance(100)

    const after = await attempt.answer({ step: 'second-factor', resend: 'sms' })

    expect(after).toMatchObject({
      step: 'second-factor',
      notice: 'code_sent_sms',
      challenge: { channel: 'sms', expiresAt: desk.clock.now() + 180_000 },
    })
    expect((await attempt.enterCode(first.code)).problem?.code).toBe('code_wrong')
    expect(codesSent()).toHaveLength(2)
  })

  test.each([
    ['app', 'app-code'],
    ['sms', 'sms-code'],
  ] as const)('by %s counts as the factor %s', async (resend, factor) => {
    await attempt.answer({ step: 'second-factor', resend })

    expect((await attempt.enterCode()).factors).toEqual(['password', factor])
  })
})

describe('the phone that a code goes to', () => {
  const challengeOf = async (id: string) => {
    const one = await desk.begin()
    return (await one.identify(await desk.find(id))).challenge
  }

  test('is the app of the device that the person activated', async () => {
    expect(await challengeOf('anna')).toMatchObject({ channel: 'app', phoneHolderId: 'anna' })
  })

  test('is the phone number of somebody without a device', async () => {
    expect(await challengeOf('boss')).toMatchObject({ channel: 'sms', phoneHolderId: 'boss' })
  })

  test('is the mother’s for a child', async () => {
    expect(await challengeOf('child')).toMatchObject({ channel: 'app', phoneHolderId: 'mother' })
  })
})
