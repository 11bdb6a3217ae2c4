import { describe, expect, test } from 'vitest'
import { Spread, Tally } from '../../src/operations/tallies.ts'

const measure = { name: 'things_total', help: 'Things.', labelNames: ['kind'] }

describe('a tally', () => {
  test('counts each label value by itself', () => {
    const tally = new Tally(measure)

    tally.count('a')
    tally.count('b')
    tally.count('a')

    expect([...tally.all()]).toEqual([
      { labels: ['a'], count: 2 },
      { labels: ['b'], count: 1 },
    ])
  })

  test('counts values together once there are too many of them', () => {
    const tally = new Tally(measure)

    for (let index = 0; index < 1500; index++) tally.count(`kind-${index}`)

    const all = [...tally.all()]
    expect(all).toHaveLength(1001)
    expect(all.at(-1)).toEqual({ labels: ['other'], count: 500 })
  })
})

describe('a spread', () => {
  test('puts a value below the first bound that it does not exceed', () => {
    const spread = new Spread(measure, [1, 10])

    for (const value of [0.5, 1, 2, 11]) spread.observe(value, 'a')

    expect([...spread.all()]).toEqual([{ labels: ['a'], counts: [2, 1, 1], sum: 14.5 }])
  })
})
