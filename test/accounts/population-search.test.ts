import { describe, expect, test } from 'vitest'
import { ageOn } from '../../src/accounts/dates.ts'
import type { PersonEntry } from '../../src/accounts/people-file.ts'
import {
  createPopulation,
  type Criteria,
  type Population,
} from '../../src/accounts/population/index.ts'

const anchorDay = '2026-01-01'
const population = createPopulation({ size: 57_900_000, seed: 'search', anchorDay })

/** Whether somebody is what was asked for, read from what is said of them and their children. */
function meets(
  people: Population,
  entry: PersonEntry,
  { age, sex, kind, level, state, province, hasChildren }: Criteria,
  day = anchorDay,
): boolean {
  const ageOf = (one: PersonEntry) => ageOn(one.birth_date ?? '', day)
  const { from = 0, to = Infinity } = typeof age === 'number' ? { from: age, to: age } : (age ?? {})
  const children = people
    .dependantsAt(people.indexOfId(entry.id) ?? -1)
    .filter((id) => ageOf(people.personAt(people.indexOfId(id) ?? -1)) < 14)
  return (
    ageOf(entry) >= from &&
    ageOf(entry) <= to &&
    entry.sex === (sex ?? entry.sex) &&
    entry.kind === (kind ?? entry.kind) &&
    entry.account.level === (level ?? entry.account.level) &&
    entry.account.state === (state ?? entry.account.state) &&
    entry.address.province === (province ?? entry.address.province) &&
    children.length > 0 === (hasChildren ?? children.length > 0)
  )
}

const asked: readonly Criteria[] = [
  {},
  { age: 13, level: 1, province: 'Lào Cai' },
  { age: 13, level: 2, state: 'locked' },
  { age: { from: 6, to: 8 }, sex: 'female', level: 2 },
  { hasChildren: true, sex: 'male', state: 'cancelled', province: 'Lai Châu' },
  { hasChildren: false, age: { from: 30 }, level: 1 },
  { kind: 'foreigner', level: 1, province: 'Điện Biên' },
  { kind: 'foreigner', age: { to: 5 } },
  { age: 90, state: 'not-activated', level: 2, province: 'Cao Bằng' },
]

describe('a search', () => {
  test.each(asked.map((criteria) => ({ criteria, text: JSON.stringify(criteria) })))(
    'for $text finds who is asked for, and only them, each once',
    ({ criteria }) => {
      for (const seed of [undefined, 'one', 'two']) {
        const found = population.search(criteria, { limit: 12, ...(seed && { seed }) })

        expect(found).toHaveLength(12)
        expect(new Set(found.map(({ id }) => id)).size).toBe(12)
        expect(found.filter((one) => !meets(population, one, criteria))).toEqual([])
      }
    },
  )

  test.each([7, 300, 21_000])('among %i finds the same as looking at everybody', (size) => {
    const small = createPopulation({ size, seed: 'search', anchorDay })
    const everybody = Array.from({ length: size }, (_, index) => small.personAt(index))
    for (const criteria of asked) {
      const right = everybody.filter((one) => meets(small, one, criteria)).map(({ id }) => id)
      const steps = [...small.matching(criteria, { seed: 'any' }, (index) => `p-${index}`)]
      const found = steps.filter((id) => id !== undefined)

      expect(found.toSorted()).toEqual(right.toSorted())
    }
  })

  test('goes on after the last one who is known, until everybody was found', () => {
    const small = createPopulation({ size: 60_000, seed: 'search', anchorDay })
    for (const criteria of [{ age: 40, province: 'Hà Nội' }, { age: 9, level: 2 } as const]) {
      const whole = small.search(criteria, { seed: 'pages', limit: 10_000 }).map(({ id }) => id)
      const paged: string[] = []
      for (;;) {
        const after = paged.at(-1)
        const page = small.search(criteria, { seed: 'pages', limit: 7, ...(after && { after }) })
        if (page.length === 0) break
        paged.push(...page.map(({ id }) => id))
      }

      expect(whole.length).toBeGreaterThan(20)
      expect(paged).toEqual(whole)
    }
  })

  test('goes on after somebody in a province of 57.9 million', () => {
    const criteria: Criteria = { age: 40, province: 'Hà Nội', state: 'locked' }
    const six = population.search(criteria, { seed: 'pages', limit: 6 })
    const last = population.search(criteria, { seed: 'pages', limit: 3, after: six[2]?.id ?? '' })

    expect(last).toEqual(six.slice(3))
  })

  test('finds nobody under 6 with level 2, whatever the shares say', () => {
    const shares = { levelTwo: [[0, 1]] as const }
    const all = createPopulation({ size: 1_000_000, seed: 'search', anchorDay, shares })

    expect(all.search({ age: { to: 5 }, level: 2 })).toEqual([])
    expect(all.search({ age: 6, level: 2 })).toHaveLength(20)
  })

  test('counts ages on the day that is asked for', () => {
    const day = '2031-08-20'
    const found = population.search({ age: 13, level: 2 }, { day, limit: 50 })

    expect(found).toHaveLength(50)
    expect(found.filter((one) => !meets(population, one, { age: 13, level: 2 }, day))).toEqual([])
  })

  test.each<Criteria>([
    { age: 5, level: 2 },
    { age: 13, hasChildren: true },
    { age: 110 },
    { age: { from: 20, to: 10 } },
    { province: 'Atlantis' },
    { province: 'Mộng Sơn' },
    { age: { from: 100 }, kind: 'foreigner' },
  ])('says that there is nobody: %o', (criteria) => {
    expect(population.search(criteria)).toEqual([])
    expect(population.random('seed', criteria)).toBeUndefined()
  })

  test('looks at few people, whoever is asked for', () => {
    const began = process.cpuUsage()
    for (const criteria of asked) population.search(criteria, { seed: 'quick', limit: 1 })
    const { user } = process.cpuUsage(began)

    // All 57.9 million would take more than ten seconds, each time.
    expect(user / 1000).toBeLessThan(2000)
  })

  test('refuses to go on after somebody who is not there', () => {
    expect(() => population.search({}, { after: 'nobody' })).toThrow(
      new RangeError('after must be the id of somebody in the population, got "nobody".'),
    )
  })
})

describe('a random person', () => {
  test('is the same for the same seed, and of many seeds hardly ever', () => {
    const found = Array.from({ length: 300 }, (_, n) => population.random(`seed ${n}`)?.id)

    expect(population.random('seed 7')?.id).toBe(found[7])
    expect(new Set(found).size).toBeGreaterThan(295)
  })

  test('meets the criteria', () => {
    for (const criteria of asked)
      for (const seed of ['a', 'b', 'c']) {
        const one = population.random(seed, criteria)
        expect(one && meets(population, one, criteria)).toBe(true)
      }
  })
})
