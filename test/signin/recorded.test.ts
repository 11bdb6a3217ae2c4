import { beforeEach, describe, expect, test } from 'vitest'
import type { Person } from '../../src/accounts/index.ts'
import { whyOf } from '../../src/journal/index.ts'
import type { AnswerProblem, Refusal, SignIn, Step } from '../../src/signin/index.ts'
import { openDesk, ordinary, passcode, password, type Attempt, type Desk } from './attempt.ts'

let desk: Desk
let anna: Person

beforeEach(async () => {
  desk = openDesk()
  anna = await desk.find('anna')
})

const decided = async () => (await desk.journal.list()).map((entry) => entry.decided)
const last = async () => (await desk.journal.list()).at(-1)!

describe('the journal of a sign-in that a browser walks', () => {
  let attempt: Attempt

  beforeEach(async () => {
    attempt = await desk.begin({ acr: { values: ['level-2', 'level-1'], isEssential: false } })
  })

  test('begins with what the relying party demands', async () => {
    expect(await desk.journal.list()).toEqual([
      {
        id: expect.any(String) as string,
        at: new Date(desk.clock.now()).toISOString(),
        endpoint: 'sign-in',
        clientId: 'portal',
        signInId: attempt.id,
        asked: { step: 'begin', journey: 'full', acr_values: 'level-2 level-1' },
        decided: 'identify',
        isOk: true,
        why: whyOf('identify'),
      },
    ])
  })

  test('has each answer in order, with what came of it and why', async () => {
    await attempt.authenticate(anna)
    await attempt.agree()
    await attempt.enterPasscode()

    const [, ...answers] = await desk.journal.list()
    expect(answers).toMatchObject([
      {
        asked: { step: 'identify', number: `${anna.number.slice(0, 4)}…`, password: '…' },
        decided: 'second-factor',
      },
      { asked: { step: 'second-factor', code: '…' }, decided: 'consent' },
      { asked: { step: 'consent', agrees: true }, decided: 'passcode' },
      { asked: { step: 'passcode', passcode: '…' }, decided: 'approved' },
    ])
    for (const { signInId, personId, isOk, why, decided } of answers)
      expect({ signInId, personId, isOk, why }).toEqual({
        signInId: attempt.id,
        personId: 'anna',
        isOk: true,
        why: whyOf(decided),
      })
  })

  test('has nothing in it that only the person knows', async () => {
    const { challenge } = await attempt.identify(anna)
    await attempt.enterCode()
    await attempt.agree()
    await attempt.enterPasscode()

    const text = JSON.stringify(await desk.journal.list())
    for (const secret of [password, passcode, challenge!.code, anna.number])
      expect(text).not.toContain(secret)
  })

  test('shows nothing of a password that was typed into the field of the number', async () => {
    await attempt.answer({ step: 'identify', number: 'Matkhau@1', password: '' })

    expect(await last()).toMatchObject({
      asked: { number: '… (9 characters)', password: '' },
      decided: 'number_malformed',
      isOk: false,
    })
  })

  test('says what was wrong with an answer', async () => {
    await attempt.identify(anna, 'Sai@12345')
    await attempt.identify(anna)
    await attempt.wrongCode()

    expect(await decided()).toEqual([
      'identify',
      'number_or_password_wrong',
      'second-factor',
      'code_wrong',
    ])
    expect(await last()).toMatchObject({ isOk: false, why: whyOf('code_wrong') })
  })

  test('says at which step it was cancelled, and that this is the end', async () => {
    await attempt.authenticate(anna)
    await attempt.answer({ step: 'cancel' })

    expect(await last()).toMatchObject({
      asked: { step: 'consent', cancels: true },
      decided: 'cancelled',
      isOk: false,
      why: { source: 'RFC 6749 §4.1.2.1' },
    })
  })

  test('has a form that was used as such, once for each time', async () => {
    const { version } = await attempt.now()
    const once = { step: 'identify', number: anna.number, password } as const
    await Promise.all([attempt.answer(once, version), attempt.answer(once, version)])

    expect((await decided()).toSorted()).toEqual(['form_used', 'identify', 'second-factor'])
  })

  test('says once that its time was over, whoever looks and however often', async () => {
    await attempt.identify(anna)
    desk.clock.advance(600)
    const again = () => desk.signIns.beginOrResume(attempt.id, () => ({ demand: ordinary }))
    await Promise.all([again(), again()])
    await attempt.answer({ step: 'cancel' })

    expect(await decided()).toEqual(['identify', 'second-factor', 'expired'])
    expect(await last()).toMatchObject({ personId: 'anna', asked: {}, isOk: false })
  })

  test('has one entry for all that an automatic user walks of it', async () => {
    await attempt.identify(anna)
    const { version } = await attempt.now()
    await desk.signIns.answerAs(attempt.id, version, { person: anna })
    await desk.signIns.answerAs(attempt.id, version, { person: anna })

    expect(await decided()).toEqual(['identify', 'second-factor', 'approved'])
    expect((await last()).asked).toMatchObject({
      as: 'anna',
      steps: ['second-factor', 'consent', 'passcode'],
    })
  })
})

describe('the journal of a sign-in without a page', () => {
  test('is one entry with its steps and factors, and the id that was given', async () => {
    await desk.signIns.signInAs({ demand: ordinary }, { person: anna }, { id: 'given' })

    expect(await desk.journal.list()).toMatchObject([
      {
        endpoint: 'sign-in',
        signInId: 'given',
        clientId: 'portal',
        personId: 'anna',
        asked: {
          as: 'anna',
          journey: 'full',
          steps: ['identify', 'second-factor', 'consent', 'passcode'],
          factors: ['password', 'app-code', 'passcode'],
        },
        decided: 'approved',
        isOk: true,
        why: whyOf('approved'),
      },
    ])
  })

  test('says on whose behalf, and why it was refused', async () => {
    const mother = await desk.find('mother')
    const demand = { ...ordinary, minimumLevel: 2 as const }
    await desk.signIns.signInAs({ demand }, { person: mother, subjectId: 'child' })
    await desk.signIns.signInAs({ demand }, { person: await desk.find('bo') })

    const [first, second] = await desk.journal.list()
    expect(first).toMatchObject({ personId: 'mother', asked: { as: 'mother', role: 'child' } })
    expect(second).toMatchObject({
      personId: 'bo',
      decided: 'level_too_low',
      isOk: false,
      why: { source: 'Decree 69/2024/NĐ-CP Art. 7' },
    })
  })

  test('has an id of its own, when none is given', async () => {
    const one = await desk.signIns.signInAs({ demand: ordinary }, { person: anna })
    const other = await desk.signIns.signInAs({ demand: ordinary }, { person: anna })

    expect(one.id).not.toBe(other.id)
    expect((await desk.journal.list()).map(({ signInId }) => signInId)).toEqual([one.id, other.id])
  })
})

describe('messages', () => {
  test('are the codes that were sent: on whose phone, to which number, by which way', async () => {
    const child = await desk.find('child')
    const attempt = await desk.begin()
    const first = (await attempt.identify(child)).challenge!
    const second = (await attempt.answer({ step: 'second-factor', resend: 'sms' })).challenge!

    const sent = {
      id: expect.any(String) as string,
      at: new Date(desk.clock.now()).toISOString(),
      signInId: attempt.id,
      clientId: 'portal',
      personId: 'child',
      phoneOf: 'mother',
      phone: '+84990000003',
    }
    expect(await desk.messages.list(() => true)).toEqual([
      { ...sent, channel: 'app', code: first.code },
      { ...sent, channel: 'sms', code: second.code },
    ])
  })

  test('name no number where none is known', async () => {
    const attempt = await desk.begin()
    await attempt.identify(await desk.find('bo'))

    const [message] = await desk.messages.list(() => true)
    expect(message).toMatchObject({ phoneOf: 'bo', channel: 'app' })
    expect(message).not.toHaveProperty('phone')
  })

  test('are sent once, when a form is sent twice or a page is asked for twice', async () => {
    const known = { personId: 'anna', factors: [] }
    const beginning = () => ({ demand: ordinary, known })
    await Promise.all([
      desk.signIns.beginOrResume('twice', beginning),
      desk.signIns.beginOrResume('twice', beginning),
    ])
    const attempt = await desk.begin()
    const { version } = await attempt.now()
    const form = { step: 'identify', number: anna.number, password } as const
    await Promise.all([attempt.answer(form, version), attempt.answer(form, version)])
    await attempt.wrongCode()

    const sent = await desk.messages.list(() => true)
    expect(sent.map(({ signInId }) => signInId)).toEqual(['twice', attempt.id])
    expect(sent[0]!.code).toBe((await desk.signIns.find('twice'))!.challenge!.code)
  })

  test('are not what an automatic user is sent: it reads its own codes', async () => {
    await desk.signIns.signInAs({ demand: ordinary }, { person: anna })
    const attempt = await desk.begin()
    const { version } = await attempt.now()
    await desk.signIns.answerAs(attempt.id, version, { person: anna })

    expect(await desk.messages.list(() => true)).toEqual([])
  })

  test('can be waited for before the person has identified', async () => {
    const attempt = await desk.begin()
    const arrived = desk.messages.take(({ personId }) => personId === 'anna', { timeoutMs: 5000 })
    await attempt.identify(anna)

    expect((await attempt.enterCode((await arrived).code)).step).toBe('consent')
  })

  test('are told of in short to who waits in vain', async () => {
    await (await desk.begin()).identify(await desk.find('child'))

    await expect(desk.messages.take(() => false, { timeoutMs: 0 })).rejects.toThrow(
      'What came last: app to mother (portal, child).',
    )
  })
})

describe('every way in which a sign-in may stand', () => {
  const steps: Record<Step, true> = {
    'select-account': true,
    identify: true,
    'second-factor': true,
    role: true,
    face: true,
    consent: true,
    passcode: true,
    approved: true,
    refused: true,
  }
  const refusals: Record<Refusal, true> = {
    account_not_activated: true,
    account_locked: true,
    account_cancelled: true,
    card_expired: true,
    deceased: true,
    guardian_unable: true,
    cancelled: true,
    consent_refused: true,
    expired: true,
    locked_out: true,
    role_not_allowed: true,
    level_too_low: true,
  }
  const problems: Record<
    AnswerProblem['code'] | (NonNullable<SignIn['notice']> & 'form_used'),
    true
  > = {
    number_missing: true,
    number_malformed: true,
    password_missing: true,
    number_or_password_wrong: true,
    code_missing: true,
    code_wrong: true,
    code_expired: true,
    role_missing: true,
    agree_missing: true,
    claim_not_optional: true,
    passcode_missing: true,
    passcode_wrong: true,
    form_used: true,
  }
  const all = Object.keys({ ...steps, ...refusals, ...problems })

  // A refused one stands at "refused", and its refusal is what is recorded.
  test.each(all.filter((name) => name !== 'refused'))('is explained: %s', (name) => {
    expect(whyOf(name).rule).toMatch(/ /)
  })
})
