import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { didYouMean, didYouMeanAmong, nearest } from '../../src/kernel/index.ts'

const known = ['birthdate', 'address', 'MOCK_VNEID_PORTAL', 'MOCK_VNEID_PORT', 'Hải Phòng']

describe('the nearest name', () => {
  test.each([
    ['brithdate', 'birthdate'],
    ['BIRTHDATE', 'birthdate'],
    ['adress', 'address'],
    ['MOCK_VNEID_PROTAL', 'MOCK_VNEID_PORTAL'],
    ['mock_vneid_port', 'MOCK_VNEID_PORT'],
    ['Hải Phong', 'Hải Phòng'],
  ])('to "%s" is "%s"', (name, meant) => {
    expect(nearest(name, known)).toBe(meant)
  })

  test.each(['', 'x', 'something else', '𝄞'])('is none where none is near: "%s"', (name) => {
    expect(nearest(name, known)).toBeUndefined()
  })

  test('is none of none', () => {
    expect(nearest('address', [])).toBeUndefined()
  })

  test('is a name itself when it is known', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        expect(nearest(name, [name])).toBe(name)
      }),
      { seed: 69 },
    )
  })
})

describe('the question whether it was meant', () => {
  test('is asked with a space behind it', () => {
    expect(didYouMean('adress', known)).toBe('Did you mean "address"? ')
  })

  test('is not asked where none is near', () => {
    expect(didYouMean('zzzzzz', known)).toBe('')
  })
})

describe('the question of one name after another', () => {
  test('is the same as of one', () => {
    const ask = didYouMeanAmong(known)

    for (const name of ['adress', 'zzzzzz', 'adress'])
      expect(ask(name)).toBe(didYouMean(name, known))
  })

  test('is asked of the first twenty, however often they come', () => {
    const ask = didYouMeanAmong(known)
    const names = Array.from({ length: 21 }, (_, nth) => `addres${String.fromCharCode(97 + nth)}`)
    const asked = 'Did you mean "address"? '

    for (let times = 0; times < 2; times++)
      expect(names.filter((name) => ask(name) === asked)).toEqual(names.slice(0, 20))
  })

  test('reads what is known once, and only when it is asked', () => {
    let times = 0
    const counted = {
      *[Symbol.iterator]() {
        times++
        yield* known
      },
    }
    const ask = didYouMeanAmong(counted)

    expect(times).toBe(0)
    ask('adress')
    ask('brithdate')
    expect(times).toBe(1)
  })
})
