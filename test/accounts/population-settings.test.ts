import { describe, expect, test } from 'vitest'
import {
  createPopulation,
  populationSettings,
  sharesOf,
} from '../../src/accounts/population/index.ts'
import { readPartly } from '../../src/kernel/index.ts'

/** What is wrong with `population:` as a settings file says it. */
const problemsIn = (input: unknown) =>
  readPartly(populationSettings, input).problems.map(
    ({ path, message }) => `${path.join('.')} ${message}`,
  )

describe('the settings of a population', () => {
  test('are a number of people, and everything else as by default', () => {
    expect(populationSettings.parse(57_900_000)).toEqual({
      size: 57_900_000,
      anchor_day: '2026-01-01',
      shares: {},
    })
    expect(populationSettings.parse('57_900_000')).toMatchObject({ size: 57_900_000 })
    expect(sharesOf({})).toEqual({})
  })

  test('say shares in the words of a file', () => {
    const { shares } = populationSettings.parse({
      size: 10,
      shares: {
        ages: { 60: 1, 20: 3 },
        level_two: { 18: 1 },
        states: { active: 3, locked: 1 },
        provinces: { Huế: 1 },
        year_only: 0.5,
      },
    })

    expect(sharesOf(shares)).toEqual({
      ages: [
        [20, 3],
        [60, 1],
      ],
      levelTwo: [[18, 1]],
      states: [
        [3, 'active'],
        [1, 'locked'],
      ],
      provinces: [[1, 'Huế']],
      yearOnly: 0.5,
    })
  })

  test('make the people that they say', () => {
    const {
      size,
      anchor_day: anchorDay,
      shares,
    } = populationSettings.parse({
      size: 5000,
      anchor_day: '2030-06-15',
      shares: { provinces: { Huế: 1 }, states: { locked: 1 } },
    })
    const people = createPopulation({ size, seed: 'seed', anchorDay, shares: sharesOf(shares) })

    expect(people.search({ province: 'Huế', state: 'locked' }, { limit: 9999 })).toHaveLength(5000)
  })

  test('refuse more expired cards than there can be, and take as many', () => {
    const expired = (share: number, ages?: Readonly<Record<string, number>>) => () =>
      createPopulation({
        size: 2000,
        seed: 'seed',
        anchorDay: '2026-01-01',
        shares: sharesOf({ expired_cards: share, ages }),
      })

    expect(expired(1)).toThrow(
      /^expired_cards must be at most 0\.4\d+ with these shares of ages: .* Got 1\.$/,
    )
    expect(expired(0.1, { 20: 1, 24: 0 })).toThrow(/^expired_cards must be at most 0\.00/)
    const cards = expired(0.4)()
      .search({ age: { from: 14 } }, { limit: 2000 })
      .filter(({ deceased_days_ago: days }) => days === undefined)
      .map(({ card }) => (card?.expires_on ?? '9999') < '2026-01-01')
    expect(cards.filter(Boolean).length / cards.length).toBeCloseTo(0.4, 1)
  })

  test('of ages at which no card expires need say nothing of expired cards', () => {
    const ages = [
      [20, 1],
      [24, 0],
    ] as const

    expect(
      createPopulation({ size: 10, seed: 'seed', anchorDay: '2026-01-01', shares: { ages } }).size,
    ).toBe(10)
  })

  test.each([
    [{ size: -1 }, 'size must not be negative'],
    [{ size: 1.5 }, 'size must be a whole number of people'],
    [{ size: 200_000_000 }, 'size must be at most 150000000'],
    [200_000_000, ' must be a whole number of people from 0 to 150000000, got 200000000'],
    ['200_000_000', ' must be a whole number of people from 0 to 150000000, got "200_000_000"'],
    [-1, ' must be a whole number of people from 0 to 150000000, got -1'],
    [1.5, ' must be a whole number of people from 0 to 150000000, got 1.5'],
    ['many', ' must be a whole number of people from 0 to 150000000, got "many"'],
    [true, ' must be a whole number of people from 0 to 150000000, got true'],
    [[10], 'must be an object, got [10]'],
    [{ anchor_day: '2026-02-30' }, 'anchor_day must be a day from 2010-01-01 to 2199-12-31'],
    [{ sice: 3 }, '"sice" is not an option. Did you mean "size"?'],
    [{ shares: { foreigners: 2 } }, 'shares.foreigners must be a share from 0 to 1'],
    [{ shares: { ages: { 30: 0 } } }, 'shares.ages must give some weight more than 0'],
    [{ shares: { ages: { 200: 1 } } }, 'shares.ages.200 must be under an age from 0 to 109'],
    [
      { shares: { provinces: { Hue: 1 } } },
      'must be under a province of today (did you mean "Huế"?)',
    ],
    [{ shares: { states: { open: 1, active: 1 } } }, '"open" is not an option.'],
  ])('refuse %j', (input, problem) => {
    expect(problemsIn(input).join('\n')).toContain(problem)
  })
})
