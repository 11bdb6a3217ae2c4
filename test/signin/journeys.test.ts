import { beforeEach, describe, expect, test } from 'vitest'
import type { Beginning } from '../../src/signin/index.ts'
import { openDesk, type Desk } from './attempt.ts'

let desk: Desk

beforeEach(() => {
  desk = openDesk()
})

describe('the short journey', () => {
  test('leaves out consent and passcode', async () => {
    const attempt = await desk.begin({ journey: 'short' })

    const after = await attempt.authenticate(await desk.find('anna'))

    expect(after).toMatchObject({ step: 'approved', factors: ['password', 'app-code'] })
  })

  test('still asks for a role where there are several', async () => {
    const attempt = await desk.begin({ journey: 'short' })
    const role = await attempt.authenticate(await desk.find('boss'))

    const after = await attempt.answer({ step: 'role', subjectId: 'company' })

    expect([role.step, after.step]).toEqual(['role', 'approved'])
  })

  test('asks for consent where the relying party insists', async () => {
    const attempt = await desk.begin({ journey: 'short', mustConsent: true })

    const after = await attempt.authenticate(await desk.find('anna'))

    expect(after.step).toBe('consent')
    expect((await attempt.agree()).step).toBe('approved')
  })
})

describe('somebody whom the browser knows', () => {
  const known: Beginning['known'] = { personId: 'anna', factors: ['password', 'app-code'] }
  const remembered = { personId: 'anna', subjectId: 'anna', isKept: true }

  test('and whose consent is remembered passes at once', async () => {
    const attempt = await desk.begin({}, { known, remembered })

    expect((await attempt.now()).step).toBe('approved')
  })

  test('is asked for consent by a relying party that is new, and confirms it by passcode', async () => {
    const attempt = await desk.begin({}, { known })

    const consent = await attempt.now()
    const passcode = await attempt.agree()

    expect([consent.step, passcode.step]).toEqual(['consent', 'passcode'])
  })

  test('is asked for consent again by a relying party that insists', async () => {
    const attempt = await desk.begin({ mustConsent: true }, { known, remembered })

    expect((await attempt.now()).step).toBe('consent')
  })

  test('is asked for consent in another role than the remembered one', async () => {
    const attempt = await desk.begin(
      {},
      {
        known: { personId: 'mother', factors: ['password', 'app-code'] },
        remembered: { personId: 'mother', subjectId: 'mother', isKept: false },
      },
    )

    const role = await attempt.now()
    const after = await attempt.answer({ step: 'role', subjectId: 'child' })

    expect([role.step, after.step]).toEqual(['role', 'consent'])
  })

  test('keeps the remembered role without being asked', async () => {
    const attempt = await desk.begin(
      {},
      {
        known: { personId: 'mother', factors: ['password', 'app-code'] },
        remembered: { personId: 'mother', subjectId: 'child', isKept: true },
      },
    )

    expect(await attempt.now()).toMatchObject({ step: 'approved', role: { subjectId: 'child' } })
  })

  test('confirms first that it is still they, where the relying party asks', async () => {
    const attempt = await desk.begin({}, { known: { ...known, mustConfirm: true }, remembered })
    const asked = await attempt.now()

    const after = await attempt.answer({ step: 'select-account', isSame: true })

    expect([asked.step, after.step]).toEqual(['select-account', 'approved'])
  })

  test('leaves nothing behind for another person at the same browser', async () => {
    const attempt = await desk.begin({}, { known: { ...known, mustConfirm: true }, remembered })

    const stranger = await attempt.answer({ step: 'select-account', isSame: false })
    expect(stranger).toMatchObject({ step: 'identify', factors: [] })
    expect(stranger.personId).toBeUndefined()

    const bo = await attempt.authenticate(await desk.find('bo'))
    expect(bo).toMatchObject({ step: 'consent', personId: 'bo' })
  })

  test('is not let in when the account cannot be used any more', async () => {
    desk.clock.advance(11 * 366 * 24 * 3600)

    const attempt = await desk.begin({}, { known, remembered })

    expect(await attempt.now()).toMatchObject({ step: 'refused', refusal: 'card_expired' })
  })
})

describe('a hint of who is coming', () => {
  test('fills in the number of a persona, and signs nobody in', async () => {
    const attempt = await desk.begin({ prefill: 'anna' })
    const { number } = await desk.find('anna')

    expect(await attempt.now()).toMatchObject({ step: 'identify', demand: { prefill: number } })
  })

  test('stays as it is when nobody is called that', async () => {
    const attempt = await desk.begin({ prefill: 'somebody@example.vn' })

    expect((await attempt.now()).demand.prefill).toBe('somebody@example.vn')
  })
})
