import { describe, expect, test } from 'vitest'
import { readDuration, readMoment } from '../../src/control/index.ts'

const iso = (text: string) => {
  const ms = readMoment(text)
  return ms === undefined ? undefined : new Date(ms).toISOString()
}

describe('a moment', () => {
  test.each([
    ['2026-05-17', '2026-05-16T17:00:00.000Z'],
    ['2026-05-17T09:30', '2026-05-17T02:30:00.000Z'],
    ['2026-05-17T09:30:15.5', '2026-05-17T02:30:15.500Z'],
    ['2026-05-17T09:30:00Z', '2026-05-17T09:30:00.000Z'],
    ['2026-05-17T09:30:00-05:00', '2026-05-17T14:30:00.000Z'],
    ['2028-02-29', '2028-02-28T17:00:00.000Z'],
    ['1900-01-02', '1900-01-01T17:00:00.000Z'],
    ['2199-12-31', '2199-12-30T17:00:00.000Z'],
  ])('is read, in Viet Nam unless it says where: %s', (text, moment) => {
    expect(iso(text)).toBe(moment)
  })

  test.each([
    'tomorrow',
    '',
    '2026-5-17',
    '17/05/2026',
    '2026-02-29',
    '2026-02-30T00:00Z',
    '2026-05-17T24:01',
    '2026-05-17T09:30:00+7',
    '2026-05-17 09:30',
    '1899-12-31',
    '2200-01-02',
    '1747448000',
  ])('is not %j', (text) => {
    expect(readMoment(text)).toBeUndefined()
  })
})

describe('a duration', () => {
  test.each([
    ['90s', 90_000],
    ['15m', 900_000],
    ['2h', 7_200_000],
    ['3d', 259_200_000],
    ['250ms', 250],
    ['1.5h', 5_400_000],
    ['0s', 0],
    [1500, 1500],
    [0.4, 0],
  ])('is read: %j', (duration, ms) => {
    expect(readDuration(duration)).toBe(ms)
  })

  test.each(['', '3', '3 days', '-3d', '3w', 'd', '40000d', -1, Infinity, NaN])(
    'is not %j',
    (duration) => {
      expect(readDuration(duration)).toBeUndefined()
    },
  )
})
