import { describe, expect, test } from 'vitest'
import { amrOf, authenticationLevel, factorsOf, type Factor } from '../../src/signin/index.ts'

/** What was proved, what the ID token says of it (RFC 8176), and the level it reaches (Art. 20). */
const table: readonly [proved: Factor[], amr: string[], level: number][] = [
  [[], [], 1],
  [['password'], ['pwd'], 1],
  [['password', 'passcode'], ['pwd', 'pin'], 1],
  [['face'], ['face'], 1],
  [['app-code'], ['otp'], 1],
  [['password', 'app-code'], ['pwd', 'otp', 'mfa'], 2],
  [['password', 'sms-code'], ['pwd', 'otp', 'sms', 'mfa'], 2],
  [['password', 'app-code', 'passcode'], ['pwd', 'otp', 'pin', 'mfa'], 2],
  [['password', 'face'], ['pwd', 'face', 'mfa'], 3],
  [['app-code', 'face'], ['otp', 'face', 'mfa'], 3],
  [['password', 'app-code', 'face'], ['pwd', 'otp', 'face', 'mfa'], 4],
  [['password', 'sms-code', 'face', 'passcode'], ['pwd', 'otp', 'sms', 'face', 'pin', 'mfa'], 4],
]

describe.each(table)('%j', (proved, amr, level) => {
  test(`is ${amr.join(' ') || 'nothing'} in an ID token`, () => {
    expect(amrOf(proved)).toEqual(amr)
  })

  test(`reaches authentication level ${level}`, () => {
    expect(authenticationLevel(proved)).toBe(level)
  })

  test('can be read back from what a session says', () => {
    expect(factorsOf(amr).sort()).toEqual([...proved].sort())
  })
})

test('methods that are not ours prove nothing', () => {
  expect(factorsOf(['hwk', 'mfa', 'user'])).toEqual([])
})
