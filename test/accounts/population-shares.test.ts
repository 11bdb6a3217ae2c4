import { beforeAll, describe, expect, test } from 'vitest'
import { ageOn } from '../../src/accounts/dates.ts'
import type { PersonEntry } from '../../src/accounts/people-file.ts'
import { createPopulation, defaultShares } from '../../src/accounts/population/index.ts'
import { seededRandom } from '../../src/kernel/index.ts'

const anchorDay = '2026-01-01'
const size = 57_900_000
const samples = 20_000

let people: readonly (PersonEntry & { years: number })[]

const sampled = (population: ReturnType<typeof createPopulation>) => {
  const random = seededRandom('shares')
  return Array.from({ length: samples }, () => {
    const entry = population.personAt(Number(random.digits(12)) % size)
    return { ...entry, years: ageOn(entry.birth_date ?? '', anchorDay) }
  })
}

beforeAll(() => {
  people = sampled(createPopulation({ size, seed: 'shares', anchorDay }))
})

/** How many of those who are asked have it. */
function share(
  has: (one: (typeof people)[number]) => boolean,
  asked: (one: (typeof people)[number]) => boolean = () => true,
): number {
  const all = people.filter(asked)
  return all.filter(has).length / all.length
}

/** Four standard deviations of a share among so many, so that only a wrong share fails. */
const off = (expected: number, count: number) => 4 * Math.sqrt((expected * (1 - expected)) / count)

const grown = ({ years }: { years: number }) => years >= 14

describe('the shares of a population at twenty thousand samples', () => {
  const sum = defaultShares.ages.reduce((total, [, weight]) => total + weight, 0)
  const groups = defaultShares.ages.slice(0, -1).map(([from, weight], group) => ({
    from,
    to: (defaultShares.ages[group + 1]?.[0] ?? 110) - 1,
    expected: weight / sum,
  }))

  test.each(groups)('have ages $from to $to as the pyramid says', ({ from, to, expected }) => {
    const found = share(({ years }) => years >= from && years <= to)

    expect(Math.abs(found - expected)).toBeLessThan(off(expected, samples) + 0.002)
  })

  test.each(defaultShares.states)('have %i in a hundred %s', (percent, state) => {
    const found = share(({ account }) => account.state === state)

    expect(Math.abs(found - percent / 100)).toBeLessThan(off(percent / 100, samples))
  })

  test.each([
    ['from 6 to 13', 6, 13, 0.35],
    ['from 18 to 59', 18, 59, 0.9],
    ['from 60 on', 60, 120, 0.75],
  ])('have level 2 %s as often as they say, and guardians always one', (_, from, to, expected) => {
    const isAsked = ({ years }: { years: number }) => years >= from && years <= to
    const found = share(({ account }) => account.level === 2, isAsked)

    // Of two parents, one has level 2 for certain: some more than was asked for.
    expect(found).toBeGreaterThan(expected - off(expected, people.filter(isAsked).length))
    expect(found).toBeLessThan(expected + 0.05)
  })

  test.each(defaultShares.provinces.map(([weight, name]) => ({ name, weight })))(
    'have the people of $name',
    ({ name, weight }) => {
      const all = defaultShares.provinces.reduce((total, [one]) => total + one, 0)
      const found = share(({ address }) => address.province === name)

      expect(Math.abs(found - weight / all)).toBeLessThan(off(weight / all, samples) * 1.6 + 0.001)
    },
  )

  type One = (typeof people)[number]
  const isOld = ({ years }: One) => years >= 65
  test.each<{
    what: string
    expected: number
    has: (one: One) => boolean
    asked?: (one: One) => boolean
  }>([
    {
      what: 'foreigners',
      expected: defaultShares.foreigners,
      has: ({ kind }) => kind === 'foreigner',
    },
    { what: 'wards', expected: defaultShares.wards, has: ({ ward }) => ward },
    {
      what: 'expired cards, of those from 14 on',
      expected: defaultShares.expiredCards,
      has: ({ card }) => (card?.expires_on ?? '9999') < anchorDay,
      asked: (one) => grown(one) && one.deceased_days_ago === undefined,
    },
    {
      what: 'birth dates that are a year, of those from 65 on',
      expected: defaultShares.yearOnly,
      has: ({ birth_date: born }) => born?.length === 4,
      asked: isOld,
    },
    {
      what: 'deceased, of those from 80 on',
      expected: 0.05,
      has: ({ deceased_days_ago: days }) => days !== undefined,
      asked: ({ years }) => years >= 80,
    },
    {
      what: 'nobody with a phone, of those from 75 on',
      expected: 0.3,
      has: ({ phone }) => phone === undefined,
      asked: ({ years }) => years >= 75,
    },
    {
      what: 'nobody with an e-mail address, of those from 14 on',
      expected: defaultShares.withoutEmail,
      has: ({ email }) => email === undefined,
      asked: grown,
    },
    {
      what: 'passports, of citizens from 14 on',
      expected: defaultShares.passports,
      has: ({ passport }) => passport !== undefined,
      asked: (one) => grown(one) && one.kind === 'citizen',
    },
    {
      what: 'numbers of nine digits, of citizens from 21 on',
      expected: defaultShares.oldNumbers,
      has: ({ previous_numbers: [old = ''] }) => old.length === 9,
      asked: ({ years, kind }) => years >= 21 && kind === 'citizen',
    },
    { what: 'men', expected: 0.503, has: ({ sex }) => sex === 'male' },
  ])('have $what', ({ expected, has, asked = () => true }) => {
    const count = people.filter(asked).length

    expect(count).toBeGreaterThan(100)
    expect(Math.abs(share(has, asked) - expected)).toBeLessThan(off(expected, count) + 0.001)
  })

  test('have names in their own form for one in seven, who belong to a minority', () => {
    const ownForm = /^(H'|Y |A |K'|Ka )|^(Ksor|Siu|Giàng|Vàng|Sùng|Thào|Thạch|Danh|Lò|Quàng|Nông) /

    expect(share(({ name }) => ownForm.test(name))).toBeGreaterThan(0.02)
  })

  test('can be others', () => {
    const other = sampled(
      createPopulation({
        size,
        seed: 'shares',
        anchorDay,
        shares: { states: [[1, 'active']], provinces: [[1, 'Huế']], levelTwo: [], foreigners: 0.2 },
      }),
    )

    expect(new Set(other.map(({ account }) => account.state))).toEqual(new Set(['active']))
    expect(new Set(other.map(({ address }) => address.province))).toEqual(new Set(['Huế']))
    expect(other.some(({ account, years }) => account.level === 2 && years < 18)).toBe(false)
    expect(other.filter(({ kind }) => kind === 'foreigner').length / samples).toBeCloseTo(0.2, 1)
  })
})
