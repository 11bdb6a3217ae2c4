import { beforeAll, describe, expect, test } from 'vitest'
import { dateProblems } from '../../src/accounts/consistency.ts'
import { agedOn } from '../../src/accounts/everyone.ts'
import { checkPeople, law, type Person } from '../../src/accounts/index.ts'
import { misfitsOf } from '../../src/accounts/number.ts'
import type { PersonEntry } from '../../src/accounts/people-file.ts'
import { createPopulation, mostPeople } from '../../src/accounts/population/index.ts'
import { settlePerson } from '../../src/accounts/settle.ts'
import { seededRandom } from '../../src/kernel/index.ts'

const anchorDay = '2026-01-01'
const whole = 57_900_000
const population = createPopulation({ size: whole, seed: 'mock-vneid', anchorDay })

/** Indexes from everywhere in a population of this size. */
function someIndexes(count: number, size: number): number[] {
  const random = seededRandom('indexes')
  return Array.from({ length: count }, () => Number(random.digits(12)) % size)
}

/** Somebody as they are on a day, without looking at anybody else. */
function personOf(entry: PersonEntry, day = anchorDay): Person {
  return agedOn(settlePerson(entry, population.beganAt), day)
}

const find = (id: string, day?: string): Person | undefined => {
  const index = population.indexOfId(id)
  return index === undefined ? undefined : personOf(population.personAt(index), day)
}

const indexes = someIndexes(10_000, whole)
let entries: readonly PersonEntry[]

beforeAll(() => {
  entries = indexes.map((index) => population.personAt(index))
})

describe('ten thousand people of 57.9 million', () => {
  test.each([
    { day: anchorDay, count: 10_000 },
    { day: '2027-07-01', count: 2000 },
    { day: '2035-12-31', count: 2000 },
  ])('keep the law on $day', ({ day, count }) => {
    const broken = entries.slice(0, count).flatMap((entry) => {
      const person = personOf(entry, day)
      const facts = { find: (id: string) => find(id, day), realNumberPrefixes: false }
      return law.flatMap((rule) => {
        const found = rule.breaks(person, facts)
        return found === undefined ? [] : [`${entry.id} ${rule.id}: ${found}`]
      })
    })

    expect(broken).toEqual([])
  })

  test('have days that do not contradict each other', () => {
    const wrong = entries.flatMap((entry) => dateProblems(personOf(entry), anchorDay))

    expect(wrong).toEqual([])
  })

  test('could stand in a file of people, with their guardians', () => {
    const ids = new Set(entries.slice(0, 2000).flatMap(({ id, guardians }) => [id, ...guardians]))
    const named = (id: string) => `copy-of-${id}`
    const people = [...ids]
      .map((id) => population.personAt(population.indexOfId(id) ?? -1))
      .map((one) => ({ ...one, id: named(one.id), guardians: one.guardians.map(named) }))
    const { problems } = checkPeople({ people }, { now: population.beganAt })

    expect(problems).toEqual([])
  })

  test('have a number each, from which their index follows', () => {
    expect(entries.map(({ number = '' }) => population.indexOfNumber(number))).toEqual(indexes)
  })

  test('have numbers that say their sex and birth year, and a prefix that nobody real has', () => {
    const wrong = entries.filter(({ number = '', sex, birth_date: birthDate = '' }) => {
      const fits = misfitsOf(number, { sex, birthDate }).length === 0
      return !fits || !/^(000|003|005|097|098|099)/.test(number)
    })

    expect(wrong).toEqual([])
  })

  test('leave the numbers that end in 0xxxxx to others', () => {
    expect(entries.filter(({ number = '' }) => number[6] === '0')).toEqual([])
    for (const { number = '' } of entries.slice(0, 1000)) {
      const left = `${number.slice(0, 6)}0${number.slice(7)}`
      expect(population.indexOfNumber(left)).toBeUndefined()
    }
  })

  test('are known to their guardians', () => {
    const families = entries.filter(({ guardians }) => guardians.length > 0)
    const unknown = families.flatMap(({ id, guardians }) =>
      guardians.filter((one) => {
        const guardian = population.indexOfId(one)
        return guardian === undefined || !population.dependantsAt(guardian).includes(id)
      }),
    )

    expect(families.length).toBeGreaterThan(1000)
    expect(unknown).toEqual([])
  })

  test('know whose guardian they are', () => {
    const parents = indexes.filter((index) => population.dependantsAt(index).length > 0)
    const unknown = parents.flatMap((index) =>
      population.dependantsAt(index).filter((id) => {
        const child = population.personAt(population.indexOfId(id) ?? -1)
        return !child.guardians.includes(`p-${index}`)
      }),
    )

    expect(parents.length).toBeGreaterThan(1000)
    expect(unknown).toEqual([])
  })

  test('are at least 18 years younger than their guardians, who live with them and have a phone', () => {
    const children = entries.filter(({ guardians }) => guardians.length > 0).slice(0, 1000)
    const wrong = children.filter((entry) => {
      const child = personOf(entry)
      return entry.guardians.some((id) => {
        const guardian = find(id)
        const isOlder = guardian !== undefined && guardian.age >= child.age + 18
        const lives = guardian?.deceasedOn === undefined
        const isThere = JSON.stringify(guardian?.address) === JSON.stringify(child.address)
        return !isOlder || !lives || !isThere || guardian.phone === undefined
      })
    })

    expect(wrong).toEqual([])
  })

  test('bear the name of their father, where their people give it', () => {
    const children = entries
      .filter(({ guardians, nationality }) => guardians.length === 2 && nationality === 'VNM')
      .slice(0, 500)
    const withFathersName = children.filter(({ guardians, family_name: name }) =>
      guardians.some((id) => find(id)?.sex === 'male' && find(id)?.familyName === name),
    )

    expect(withFathersName.length / children.length).toBeGreaterThan(0.95)
  })

  test('have brothers and sisters, single parents and grandparents', () => {
    const children = entries.filter(({ guardians }) => guardians.length > 0)
    const siblings = children.filter(({ guardians: [first = ''] }) => {
      return population.dependantsAt(population.indexOfId(first) ?? -1).length > 1
    })
    const alone = children.filter(({ guardians }) => guardians.length === 1)
    const old = children.filter(({ id, guardians: [first = ''] }) => {
      return (find(first)?.age ?? 0) - (find(id)?.age ?? 0) > 42
    })

    expect(siblings.length / children.length).toBeGreaterThan(0.4)
    expect(alone.length / children.length).toBeCloseTo(0.13, 1)
    expect(old.length).toBeGreaterThan(20)
  })

  test('are not the same people over and over', () => {
    const names = new Set(entries.map(({ name, birth_date: born }) => `${name} ${born}`))

    expect(names.size).toBeGreaterThan(9900)
  })
})

describe('a population', () => {
  const aPopulation = (size: number, seed = 'mock-vneid') =>
    createPopulation({ size, seed, anchorDay })

  test('has the same people for the same seed, however many there are', () => {
    const [small, large] = [aPopulation(25_000), aPopulation(whole)]
    for (const index of someIndexes(300, 25_000))
      expect(small.personAt(index)).toEqual(large.personAt(index))
  })

  test('has other people for another seed', () => {
    const other = aPopulation(whole, 'another')
    const same = indexes
      .slice(0, 500)
      .filter((index) => other.personAt(index).name === population.personAt(index).name)

    expect(same.length).toBeLessThan(10)
  })

  test('has a number for everyone of a whole round and the next, each another', () => {
    const numbers = new Set<string>()
    for (let index = whole - 41_000; index < whole; index++)
      numbers.add(population.personAt(index).number ?? '')

    expect(numbers.size).toBe(41_000)
  })

  test('ends where its size says: for ids, numbers and children', () => {
    const ten = aPopulation(10)
    for (let index = 0; index < 10; index++)
      for (const child of ten.dependantsAt(index)) expect(ten.indexOfId(child)).toBeLessThan(10)
    const outside = population.personAt(10)

    expect(ten.indexOfId('p-9')).toBe(9)
    expect(ten.indexOfId('p-10')).toBeUndefined()
    expect(ten.indexOfNumber(outside.number ?? '')).toBeUndefined()
    expect(population.indexOfNumber(outside.number ?? '')).toBe(10)
    expect(() => ten.personAt(10)).toThrow(
      new RangeError('index must be a whole number below 10, got 10.'),
    )
  })

  test.each([1, 2, 3, 4, 5, 10, 999, 20_001])('of %i has every guardian whom it names', (size) => {
    const cut = aPopulation(size)
    const missing = Array.from({ length: Math.min(size, 1000) }, (_, n) => size - 1 - n)
      .flatMap((index) => cut.personAt(index).guardians)
      .filter((id) => cut.indexOfId(id) === undefined)

    expect(missing).toEqual([])
  })

  test.each(['p-01', 'p--1', 'p-1.5', 'q-1', 'p-', 'adult-level-2', 'p-9999999999'])(
    'has nobody called %s',
    (id) => {
      expect(population.indexOfId(id)).toBeUndefined()
    },
  )

  test('keeps its ages on a leap day', () => {
    const leap = createPopulation({ size: whole, seed: 's', anchorDay: '2028-02-29' })
    const newborn = leap.search({ age: 0 }, { limit: 200 })

    expect(newborn).toHaveLength(200)
    expect(newborn.filter(({ birth_date: born = '' }) => born > '2028-02-29')).toEqual([])
    expect(leap.search({ age: 5, level: 2 })).toEqual([])
    expect(leap.search({ age: 6, level: 2 }, { limit: 50 })).toHaveLength(50)
  })

  test('refuses what cannot be, and says what can', () => {
    const make = (options: object) => () =>
      createPopulation({ size: 10, seed: 's', anchorDay, ...options })

    expect(make({ size: 1.5 })).toThrow(
      new RangeError(`size must be a whole number up to ${mostPeople}, got 1.5.`),
    )
    expect(make({ anchorDay: '1999-01-01' })).toThrow(
      new RangeError('anchorDay must be a day from 2010-01-01 to 2199-12-31, got "1999-01-01".'),
    )
    expect(
      make({
        size: whole,
        shares: {
          ages: [
            [30, 1],
            [31, 0],
          ],
        },
      }),
    ).toThrow(/^size must be at most \d+ with these shares of ages/)
    expect(
      make({
        shares: {
          ages: [
            [5, 1],
            [6, 0],
          ],
        },
      }),
    ).toThrow(
      'the shares of ages leave children without parents. Give more weight to the ages from 20 on.',
    )
  })

  test('has numbers for as many as it may have', () => {
    const last = aPopulation(mostPeople)
    for (const index of someIndexes(2000, mostPeople)) {
      const { number = '' } = last.personAt(index)
      expect(last.indexOfNumber(number)).toBe(index)
    }
  })
})
