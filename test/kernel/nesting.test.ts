import { describe, expect, test } from 'vitest'
import { deepestNesting, isTooDeep } from '../../src/kernel/index.ts'

const nested = (times: number, around: (inside: unknown) => unknown): unknown =>
  Array.from({ length: times }).reduce((inside) => around(inside), 1)

describe('data that is nested', () => {
  test.each([
    ['lists', (inside: unknown) => [0, inside]],
    ['maps', (inside: unknown) => ({ a: 0, b: inside })],
    ['the same twice', (inside: unknown) => [inside, inside]],
  ])('is too deep beyond a number of levels: %s', (_, around) => {
    expect(isTooDeep(nested(deepestNesting, around))).toBe(false)
    expect(isTooDeep(nested(deepestNesting + 1, around))).toBe(true)
    expect(isTooDeep(nested(50_000, around))).toBe(true)
  })

  test('is too deep where it contains itself', () => {
    const circle: unknown[] = []
    circle.push(circle)

    expect(isTooDeep(circle)).toBe(true)
  })

  test.each([null, undefined, 'text', 5, [], {}])('is not too deep when it is %j', (value) => {
    expect(isTooDeep(value)).toBe(false)
  })
})
