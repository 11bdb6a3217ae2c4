import { beforeEach, describe, expect, test } from 'vitest'
import type { AskedAcr, Factor, Reached } from '../../src/signin/index.ts'
import { openDesk, type Desk } from './attempt.ts'

const level = (name: number) => `urn:mock-vneid:level:${name}`
const authentication = (name: number) => `urn:mock-vneid:authentication:${name}`
const twoFactors: Factor[] = ['password', 'app-code']

const asking = (values: string[], isEssential = false): AskedAcr => ({ values, isEssential })
const reached = (accountLevel: 1 | 2, factors: Factor[] = twoFactors): Reached => ({
  accountLevel,
  factors,
})

let desk: Desk

beforeEach(() => {
  desk = openDesk()
})

/** What was asked, what was reached, the `acr` that comes back, and what stands between. */
const table: readonly [AskedAcr, Reached, acr: string, gap: string][] = [
  [asking([]), reached(1), level(1), 'none'],
  [asking([]), reached(2), level(2), 'none'],
  [asking([level(2)]), reached(2), level(2), 'none'],
  [asking([level(1)]), reached(2), level(1), 'none'],
  [asking([level(2)]), reached(1), level(1), 'none'],
  [asking([level(2)], true), reached(1), level(1), 'account-level'],
  [asking([level(2), level(1)], true), reached(1), level(1), 'none'],
  [asking([level(2), level(1)], true), reached(2), level(2), 'none'],
  [asking(['urn:elsewhere:loa:3']), reached(2), level(2), 'none'],
  [asking(['urn:elsewhere:loa:3'], true), reached(2), level(2), 'account-level'],
  [asking(['urn:elsewhere:loa:3', level(1)], true), reached(2), level(1), 'none'],
  [asking([authentication(2)]), reached(1), authentication(2), 'none'],
  [asking([authentication(1)]), reached(1), authentication(1), 'none'],
  [asking([authentication(4)]), reached(1), level(1), 'face'],
  [asking([authentication(4)], true), reached(1), level(1), 'face'],
  [asking([authentication(4)]), reached(1, [...twoFactors, 'face']), authentication(4), 'none'],
  [asking([authentication(3), level(2)]), reached(2), level(2), 'face'],
]

describe.each(table)('asked for %j with %j', (asked, has, acr, gap) => {
  test(`says ${acr}`, () => {
    expect(desk.signIns.acrFor(asked, has)).toBe(acr)
  })

  test(`has in its way: ${gap}`, () => {
    expect(desk.signIns.gap(asked, has)).toBe(gap)
  })
})

test('the names of the levels are settings', () => {
  desk = openDesk({ account_level_names: { 1: 'LoA1', 2: 'LoA2' } })

  expect(desk.signIns.acrFor(asking(['LoA1']), reached(2))).toBe('LoA1')
  expect(desk.signIns.acrFor(asking([level(1)]), reached(2))).toBe('LoA2')
})

describe('the level gate', () => {
  const stepOf = async (person: string, demand: Parameters<Desk['begin']>[0]) => {
    const attempt = await desk.begin(demand)
    return attempt.authenticate(await desk.find(person))
  }

  test('refuses an account below the relying party’s own minimum', async () => {
    expect(await stepOf('bo', { minimumLevel: 2 })).toMatchObject({
      step: 'refused',
      refusal: 'level_too_low',
    })
    expect((await stepOf('anna', { minimumLevel: 2 })).step).toBe('consent')
  })

  test('refuses an account below an essential level', async () => {
    expect(await stepOf('bo', { acr: asking([level(2)], true) })).toMatchObject({
      step: 'refused',
      refusal: 'level_too_low',
    })
  })

  test('lets an account below a wished level pass', async () => {
    expect((await stepOf('bo', { acr: asking([level(2)]) })).step).toBe('consent')
  })

  test('asks for the face where that reaches the authentication level', async () => {
    const attempt = await desk.begin({ acr: asking([authentication(4)]) })
    const gate = await attempt.authenticate(await desk.find('bo'))

    const after = await attempt.answer({ step: 'face' })

    expect([gate.step, after.step]).toEqual(['face', 'consent'])
    expect(after.factors).toContain('face')
  })

  test('comes after the role and looks at who authenticated, not at whom they act for', async () => {
    const attempt = await desk.begin({ minimumLevel: 2 })
    const role = await attempt.authenticate(await desk.find('mother'))

    const after = await attempt.answer({ step: 'role', subjectId: 'child' })

    expect([role.step, after.step]).toEqual(['role', 'consent'])
  })
})
