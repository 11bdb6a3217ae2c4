import { beforeEach, describe, expect, test } from 'vitest'
import type { Person } from '../../src/accounts/index.ts'
import { openDesk, type Desk } from './attempt.ts'

let desk: Desk
let anna: Person

beforeEach(async () => {
  desk = openDesk()
  anna = await desk.find('anna')
})

async function lockOut(person: Person): Promise<void> {
  const attempt = await desk.begin()
  for (let wrong = 0; wrong < 5; wrong++) await attempt.identify(person, 'wrong')
}

describe('wrong tries', () => {
  test('are counted down at the field', async () => {
    const attempt = await desk.begin()

    const left = []
    for (let wrong = 0; wrong < 4; wrong++)
      left.push((await attempt.identify(anna, 'wrong')).problem?.triesLeft)

    expect(left).toEqual([4, 3, 2, 1])
  })

  test('add up over all sign-ins of the person, and over password, code and passcode', async () => {
    const [first, second] = [await desk.begin(), await desk.begin()]
    await first.identify(anna, 'wrong')
    await second.identify(anna)

    expect((await second.wrongCode()).problem?.triesLeft).toBe(3)
    await second.enterCode()
    await second.agree()
    expect((await second.enterPasscode('000000')).problem?.triesLeft).toBe(2)
    expect((await first.identify(anna, 'wrong')).problem?.triesLeft).toBe(1)
    expect(await second.enterPasscode('000000')).toMatchObject({ refusal: 'locked_out' })
  })

  test('are of one person and no other', async () => {
    await lockOut(anna)
    const attempt = await desk.begin()

    expect(await attempt.identify(await desk.find('bo'))).toMatchObject({ step: 'second-factor' })
  })

  test('lock a number that nobody has just the same, so that nobody can tell', async () => {
    const attempt = await desk.begin()
    const answer = { step: 'identify', number: '099192999999', password: 'wrong' } as const
    for (let wrong = 0; wrong < 4; wrong++) await attempt.answer(answer)

    expect(await attempt.answer(answer)).toMatchObject({ step: 'refused', refusal: 'locked_out' })
  })

  test('are forgotten when the person gets in', async () => {
    const attempt = await desk.begin({ journey: 'short' })
    for (let wrong = 0; wrong < 4; wrong++) await attempt.identify(anna, 'wrong')
    await attempt.authenticate(anna)

    const next = await desk.begin()

    expect((await next.identify(anna, 'wrong')).problem?.triesLeft).toBe(4)
  })

  test('are forgotten when the time of a lock has passed since the last one', async () => {
    const first = await desk.begin()
    for (let wrong = 0; wrong < 4; wrong++) await first.identify(anna, 'wrong')
    desk.clock.advance(900)

    const next = await desk.begin()

    expect((await next.identify(anna, 'wrong')).problem?.triesLeft).toBe(4)
  })

  test('that come all at once are each counted', async () => {
    const attempts = await Promise.all(Array.from({ length: 5 }, () => desk.begin()))

    const ended = await Promise.all(attempts.map((attempt) => attempt.identify(anna, 'wrong')))

    const left = ended.map(({ problem, refusal }) => problem?.triesLeft ?? refusal)
    expect(new Set(left)).toEqual(new Set([1, 2, 3, 4, 'locked_out']))
  })
})

describe('somebody locked out', () => {
  test('cannot sign in with the right password, and is told until when', async () => {
    const lockedUntil = desk.clock.now() + 900_000
    await lockOut(anna)
    desk.clock.advance(60)
    const attempt = await desk.begin()

    const after = await attempt.identify(anna)

    expect(after).toMatchObject({ step: 'refused', refusal: 'locked_out', lockedUntil })
  })

  test('does not lengthen the lock by trying', async () => {
    await lockOut(anna)
    desk.clock.advance(890)
    await (await desk.begin()).identify(anna, 'wrong')
    desk.clock.advance(10)

    const after = await (await desk.begin()).identify(anna)

    expect(after.step).toBe('second-factor')
  })

  test('is let in again to the millisecond when the time is over', async () => {
    await lockOut(anna)
    const end = desk.clock.now() + 900_000

    desk.clock.set(end - 1)
    const tooEarly = await (await desk.begin()).identify(anna)
    desk.clock.set(end)
    const inTime = await (await desk.begin()).identify(anna)

    expect([tooEarly.refusal, inTime.step]).toEqual(['locked_out', 'second-factor'])
  })

  test('cannot go on with the right code in a sign-in that was further on', async () => {
    const attempt = await desk.begin()
    await attempt.identify(anna)
    await lockOut(anna)

    expect(await attempt.enterCode()).toMatchObject({ step: 'refused', refusal: 'locked_out' })
  })

  test('cannot go on with the right passcode in a sign-in that was further on', async () => {
    const attempt = await desk.begin()
    await attempt.authenticate(anna)
    await attempt.agree()
    await lockOut(anna)

    expect(await attempt.enterPasscode()).toMatchObject({
      step: 'refused',
      refusal: 'locked_out',
    })
  })

  test('is locked out for an automatic user as well', async () => {
    await lockOut(anna)
    const demand = (await (await desk.begin()).now()).demand

    const ended = await desk.signIns.signInAs({ demand }, { person: anna })

    expect(ended).toMatchObject({ step: 'refused', refusal: 'locked_out' })
  })
})

test('how many tries and for how long are settings', async () => {
  desk = openDesk({ tries: 2, lock_seconds: 60 })
  anna = await desk.find('anna')
  const attempt = await desk.begin()
  await attempt.identify(anna, 'wrong')

  expect(await attempt.identify(anna, 'wrong')).toMatchObject({
    refusal: 'locked_out',
    lockedUntil: desk.clock.now() + 60_000,
  })
})
