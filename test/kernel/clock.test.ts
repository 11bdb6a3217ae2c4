import { describe, expect, test } from 'vitest'
import { dayInVietNam } from '../../src/kernel/index.ts'

describe('the day in Viet Nam', () => {
  test.each([
    ['2026-01-01T16:59:59.999Z', '2026-01-01'],
    ['2026-01-01T17:00:00.000Z', '2026-01-02'],
    ['2025-12-31T17:00:00.000Z', '2026-01-01'],
    ['2024-02-28T17:00:00.000Z', '2024-02-29'],
    ['2024-02-29T17:00:00.000Z', '2024-03-01'],
    ['1969-12-31T16:59:59.999Z', '1969-12-31'],
  ])('at %s is %s', (moment, day) => {
    expect(dayInVietNam(Date.parse(moment))).toBe(day)
  })
})
