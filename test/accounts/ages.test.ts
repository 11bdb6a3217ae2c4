import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ageOn, daysFrom, isDay, yearsFrom } from '../../src/accounts/dates.ts'
import { aPerson, directoryOf, MovableClock } from './population.ts'

describe('a child born on 1 July 2012', () => {
  const clock = new MovableClock()
  const people = directoryOf(
    [
      aPerson('child', { birth_date: '2012-07-01', guardians: ['mother'], phone: '+84990000001' }),
      aPerson('mother'),
    ],
    { clock },
  )

  test('is 13 until midnight in Viet Nam, and then 14 without a guardian', async () => {
    clock.set('2026-06-30T23:59:59.999+07:00')
    const before = await people.find('child')
    clock.set('2026-07-01T00:00:00+07:00')
    const after = await people.find('child')

    expect(before).toMatchObject({ age: 13, guardianIds: ['mother'] })
    expect(after).toMatchObject({ age: 14, guardianIds: [] })
    expect(await people.find('mother')).toMatchObject({ dependantIds: [] })
  })

  test('is 13 again when the clock is set back', async () => {
    clock.set('2026-06-30T16:59:59Z')

    expect(await people.find('child')).toMatchObject({ age: 13 })
  })
})

describe('an age', () => {
  test.each([
    ['2012-02-29', '2026-02-28', 13],
    ['2012-02-29', '2026-03-01', 14],
    ['2012-02-29', '2028-02-28', 15],
    ['2012-02-29', '2028-02-29', 16],
    ['2012', '2025-12-31', 13],
    ['2012', '2026-01-01', 14],
    ['2026-06-15', '2026-06-15', 0],
    ['2026-06-16', '2026-06-15', -1],
  ])('of someone born %s is on %s: %i', (birthDate, today, age) => {
    expect(ageOn(birthDate, today)).toBe(age)
  })

  const days = fc
    .date({ min: new Date('2001-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString())

  test.each(['today', 'unknown', '12-31', '01-01', undefined])(
    'asked for with birthday %s is the age on the day the world begins',
    async (birthday) => {
      await fc.assert(
        fc.asyncProperty(days, fc.integer({ min: 14, max: 100 }), async (moment, age) => {
          const clock = new MovableClock(Date.parse(moment))
          const people = directoryOf([aPerson('p', { age, birthday })], { clock })
          const person = await people.find('p')

          expect(person?.age).toBe(age)
          expect(person?.birthDate).toMatch(
            birthday === 'unknown' ? /^\d{4}$/ : /^\d{4}-\d\d-\d\d$/,
          )
          expect(isDay(person?.birthDate ?? '')).toBe(birthday !== 'unknown')
        }),
      )
    },
  )

  test('relative to the start grows with the clock', async () => {
    const clock = new MovableClock()
    const people = directoryOf([aPerson('p', { age: 34, birthday: 'today' })], { clock })

    clock.set('2027-06-15T00:00:00+07:00')

    expect(await people.find('p')).toMatchObject({ age: 35, birthDate: '1992-06-15' })
  })
})

describe('a day', () => {
  test.each(['2023-02-29', '2024-13-01', '2024-1-1', '2024', 'tomorrow'])('is not %s', (text) => {
    expect(isDay(text)).toBe(false)
  })

  test('moves by years to the end of February where there is no 29th', () => {
    expect(yearsFrom('2024-02-29', 1)).toBe('2025-02-28')
    expect(yearsFrom('2024-02-29', -4)).toBe('2020-02-29')
  })

  test('moves by days over the ends of months and years', () => {
    expect(daysFrom('2024-03-01', -1)).toBe('2024-02-29')
    expect(daysFrom('2024-12-31', 1)).toBe('2025-01-01')
  })
})
