import { describe, expect, test } from 'vitest'
import { seededRandom, systemRandom } from '../../src/kernel/index.ts'

describe('chance', () => {
  test('gives as many digits as are asked for, zeros in front included', () => {
    const codes = Array.from({ length: 2000 }, () => systemRandom.digits(6))

    expect(codes.filter((code) => !/^\d{6}$/.test(code))).toEqual([])
    expect(codes.some((code) => code.startsWith('0'))).toBe(true)
    expect(systemRandom.digits(0)).toBe('')
  })

  test('gives every digit about as often as any other', () => {
    const digits = systemRandom.digits(20_000)
    const counts = '0123456789'.split('').map((digit) => digits.split(digit).length - 1)

    // Of 20,000 digits each falls 2,000 times; nine standard deviations are 380 either way.
    expect(counts.filter((count) => Math.abs(count - 2000) > 380)).toEqual([])
  })

  test('gives ids that nobody gets twice, and that fit into addresses and cookies', () => {
    const ids = Array.from({ length: 10_000 }, () => systemRandom.id())

    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => !/^[\w-]{22}$/.test(id))).toEqual([])
  })

  test('gives as many bytes as are asked for', () => {
    expect(systemRandom.bytes(32)).toHaveLength(32)
    expect(systemRandom.bytes(32).equals(systemRandom.bytes(32))).toBe(false)
  })
})

describe('chance of a seed', () => {
  const draw = (random: ReturnType<typeof seededRandom>) => [
    random.id(),
    random.digits(6),
    random.bytes(40).toString('hex'),
  ]

  test('is the same again, and another with another seed', () => {
    const drawn = draw(seededRandom('a seed'))

    expect(draw(seededRandom('a seed'))).toEqual(drawn)
    expect(draw(seededRandom('another'))).not.toEqual(drawn)
  })

  test('goes on from wherever it once was', () => {
    const random = seededRandom('a seed')
    const first = draw(random)
    const { drawn } = random
    const second = draw(random)

    random.goTo(drawn)
    expect(draw(random)).toEqual(second)
    random.goTo(0)
    expect([draw(random), draw(random)]).toEqual([first, second])
  })
})
