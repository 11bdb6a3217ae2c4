import { beforeEach, describe, expect, test } from 'vitest'
import type { Person } from '../../src/accounts/index.ts'
import { openDesk, password, type Attempt, type Desk } from './attempt.ts'

let desk: Desk
let anna: Person
let attempt: Attempt

beforeEach(async () => {
  desk = openDesk()
  anna = await desk.find('anna')
  attempt = await desk.begin()
})

describe('a form', () => {
  test('is good once: the second time it changes nothing but says so', async () => {
    const { version } = await attempt.now()
    const answer = { step: 'identify', number: anna.number, password } as const
    const first = await attempt.answer(answer, version)

    const second = await attempt.answer(answer, version)

    expect(second).toEqual({ ...first, notice: 'form_used' })
  })

  test('of a step that is over does not take the sign-in back', async () => {
    const { version } = await attempt.now()
    await attempt.authenticate(anna)

    const after = await attempt.answer(
      { step: 'identify', number: anna.number, password: 'wrong' },
      version,
    )

    expect(after).toMatchObject({ step: 'consent', notice: 'form_used' })
    expect(after.problem).toBeUndefined()
  })

  test('that nobody ever showed is as good as a used one', async () => {
    const after = await attempt.answer(
      { step: 'identify', number: anna.number, password },
      'made-up',
    )

    expect(after).toMatchObject({ step: 'identify', notice: 'form_used' })
  })

  test('loses its notice with the next answer', async () => {
    await attempt.answer({ step: 'cancel' }, 'made-up')

    const after = await attempt.identify(anna)

    expect(after.notice).toBeUndefined()
  })
})

describe('a form that is sent twice at the same moment', () => {
  const twice = async (typed: string) => {
    const { version } = await attempt.now()
    const answer = { step: 'identify', number: anna.number, password: typed } as const
    await Promise.all([attempt.answer(answer, version), attempt.answer(answer, version)])
  }

  test('sends one code', async () => {
    await twice(password)

    expect(await attempt.now()).toMatchObject({ step: 'second-factor' })
    expect(desk.events.filter(({ event }) => event === 'code-sent')).toHaveLength(1)
  })

  test('costs one try', async () => {
    await twice('wrong')

    expect((await attempt.identify(anna, 'wrong')).problem?.triesLeft).toBe(3)
  })

  test('has one outcome when it is cancelled and answered', async () => {
    attempt = await desk.begin({ journey: 'short' })
    await attempt.identify(anna)
    const { version, challenge } = await attempt.now()

    await Promise.all([
      attempt.answer({ step: 'second-factor', code: challenge!.code }, version),
      attempt.answer({ step: 'cancel' }, version),
    ])

    expect(desk.events.filter(({ event }) => event === 'sign-in-ended')).toHaveLength(1)
  })

  test('by a persona’s button ends once', async () => {
    const { version } = await attempt.now()

    await Promise.all([
      desk.signIns.answerAs(attempt.id, version, { person: anna }),
      desk.signIns.answerAs(attempt.id, version, { person: anna }),
    ])

    expect(desk.events.filter(({ event }) => event === 'sign-in-ended')).toHaveLength(1)
    expect((await attempt.now()).step).toBe('approved')
  })
})

test('an answer to a sign-in that nobody began is answered with nothing', async () => {
  expect(await desk.signIns.answer('unknown', 'form', { step: 'cancel' })).toBeUndefined()
})
