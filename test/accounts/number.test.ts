import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  explainPersonalNumber,
  parsePersonalNumber,
  PersonalNumberInvalid,
  provinces,
} from '../../src/accounts/index.ts'
import {
  formatPersonalNumber,
  misfitsOf,
  namedDigits,
  numberFor,
} from '../../src/accounts/number.ts'
import { unrealPrefixes } from '../../src/accounts/provinces.ts'

const digits = (count: number) =>
  fc.nat({ max: 10 ** count - 1 }).map((value) => String(value).padStart(count, '0'))

const sex = fc.constantFrom('male' as const, 'female' as const)

const year = fc.integer({ min: 1900, max: 2199 })

describe('a personal number', () => {
  test('is read as it was put together', () => {
    fc.assert(
      fc.property(digits(3), sex, year, digits(6), (prefix, sex, year, random) => {
        const number = formatPersonalNumber({ prefix, sex, year, random })

        expect(number).toMatch(/^\d{12}$/)
        expect(parsePersonalNumber(number)).toMatchObject({ prefix, sex, year, random })
      }),
    )
  })

  test.each([
    ['000095000001', 'male', 1995],
    ['000195000001', 'female', 1995],
    ['000213000001', 'male', 2013],
    ['000313000001', 'female', 2013],
    ['000401000001', 'male', 2101],
    ['000501000001', 'female', 2101],
  ])('%s belongs to a person who is %s and born in %i', (number, sex, year) => {
    expect(parsePersonalNumber(number)).toMatchObject({ sex, year })
  })

  test.each([
    ['12345', 'must be twelve digits, got "12345"'],
    ['00009500000x', 'must be twelve digits, got "00009500000x"'],
    ['000695000001', 'must have 0 to 5 as its fourth digit, the century and sex'],
  ])('is not %s', (text, message) => {
    expect(() => parsePersonalNumber(text)).toThrow(PersonalNumberInvalid)
    expect(() => parsePersonalNumber(text)).toThrow(
      expect.objectContaining({
        code: 'ERR_PERSONAL_NUMBER_INVALID',
        message: expect.stringContaining(message),
      }),
    )
  })
})

describe('a number explained', () => {
  test('names the province where the birth was registered, and what it is part of today', () => {
    expect(explainPersonalNumber('036199123456', provinces)).toEqual({
      placeOfBirthRegistration: 'Nam Định',
      provinceToday: { code: '37', name: 'Ninh Bình', prefixes: ['035', '036', '037'] },
      sex: 'female',
      century: 1900,
      year: 1999,
    })
  })

  test('knows that a made-up province was merged too', () => {
    expect(explainPersonalNumber('097204123456', provinces)).toMatchObject({
      placeOfBirthRegistration: 'Vân Ảo',
      provinceToday: { name: 'Mộng Hải' },
    })
  })

  test('names no province for a prefix that is in no table', () => {
    const explained = explainPersonalNumber('101095123456', provinces)

    expect(explained).not.toHaveProperty('placeOfBirthRegistration')
    expect(explained).not.toHaveProperty('provinceToday')
  })
})

describe('a number against a person', () => {
  const man = { sex: 'male', birthDate: '1995-03-01' } as const

  test.each([
    ['000095000001', []],
    ['000195000001', ['sex']],
    ['000094000001', ['year']],
    ['000295000001', ['year']],
    ['000394000001', ['sex', 'year']],
  ])('%s misfits a man born in 1995 in %j', (number, misfits) => {
    expect(misfitsOf(number, man)).toEqual(misfits)
  })

  test('fits when it was made for the person, and has a prefix of no real person', () => {
    fc.assert(
      fc.property(fc.string(), sex, year, (id, sex, year) => {
        const person = { id, sex, birthDate: String(year) }
        const number = numberFor(person)

        expect(misfitsOf(number, person)).toEqual([])
        expect(unrealPrefixes).toContain(number.slice(0, 3))
        expect(numberFor(person)).toBe(number)
      }),
    )
  })

  test('is another of the same form where it is taken', () => {
    const first = numberFor({ id: 'anna', ...man })
    const other = numberFor({ id: 'anna', ...man }, undefined, (number) => number === first)

    expect(other).not.toBe(first)
    expect(misfitsOf(other, man)).toEqual([])
    expect(unrealPrefixes).toContain(other.slice(0, 3))
    expect(Number(other.slice(6))).toBeLessThan(namedDigits)
  })

  test('is what it is where all are taken', () => {
    expect(numberFor({ id: 'anna', ...man }, '000', () => true)).toMatch(/^000095\d{6}$/)
  })
})

describe('the provinces', () => {
  test('were sixty-three, and are thirty-four, beside the made-up ones', () => {
    const isReal = (prefix: string) => !unrealPrefixes.includes(prefix)

    expect([...provinces.byPrefix.keys()].filter(isReal)).toHaveLength(63)
    expect(provinces.today.filter(({ prefixes }) => prefixes.every(isReal))).toHaveLength(34)
  })

  test('each have one successor today', () => {
    expect(provinces.today.flatMap(({ prefixes }) => prefixes).toSorted()).toEqual(
      [...provinces.byPrefix.keys()].toSorted(),
    )
  })

  test('have names of their own', () => {
    expect(new Set(provinces.byPrefix.values()).size).toBe(provinces.byPrefix.size)
  })
})
