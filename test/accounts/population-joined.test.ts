import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  createPeople,
  law,
  populationOf,
  type PeopleCriteria,
  type Person,
  type PopulationSettings,
  type ReplaceablePeople,
} from '../../src/accounts/index.ts'
import { agesOf } from '../../src/accounts/population/index.ts'
import { family, fileOf, problemsOf, rulesBrokenBy, serve, SharedTable } from './changing-world.ts'
import { aPerson, MovableClock } from './population.ts'

const everyone: PopulationSettings = { size: 57_900_000, anchor_day: '2026-01-01', shares: {} }
const population = populationOf(everyone, 'seed')

const findOf = (people: ReplaceablePeople, ids: readonly string[]) =>
  Promise.all(ids.map((id) => people.find(id)))

describe('a world with a population', () => {
  let clock: MovableClock
  let people: ReplaceablePeople

  beforeEach(() => {
    clock = new MovableClock()
    people = serve(family, { clock, population }).people
  })

  test('knows somebody by id and by number', async () => {
    const person = (await people.find('p-57899999'))!

    expect(person.number).toMatch(/^(000|003|005|097|098|099)[0-3]\d\d[1-9]\d{5}$/)
    expect(await people.find(person.number)).toEqual(person)
    expect(await people.find('p-57900000')).toBeUndefined()
  })

  test('knows families both ways, and on whose phone a child’s codes arrive', async () => {
    const child = (await people.random({ age: 8 }, 'a child'))!
    const guardians = await findOf(people, child.guardianIds)

    expect(guardians.length).toBeGreaterThan(0)
    for (const guardian of guardians) expect(guardian!.dependantIds).toContain(child.id)
    const holder = await people.phoneHolder(child)
    expect(child.guardianIds).toContain(holder.id)
    expect(holder.phone).toMatch(/^\+84990\d{6}$/)
  })

  test('lets a guardian act for their children, whose accounts can be used', async () => {
    const found = await people.search(
      { hasChildren: true, level: 2, state: 'active', kind: 'citizen' },
      { seed: 'roles', after: 'zzz', limit: 30 },
    )
    const roles = await Promise.all(found.map((guardian) => people.rolesOf(guardian)))
    const children = roles.flat().filter(({ kind }) => kind === 'child')

    expect(found).toHaveLength(30)
    expect(children.length).toBeGreaterThan(10)
  })

  test('grows older by the clock: whoever turns 14 has no guardian', async () => {
    const child = (await people.random({ age: 13 }, 'thirteen'))!
    const [guardian] = await findOf(people, child.guardianIds)
    clock.set('2027-12-31T12:00:00+07:00')
    const grown = (await people.find(child.id))!

    expect(grown).toMatchObject({ guardianIds: [] })
    expect(grown.age).toBeGreaterThanOrEqual(14)
    expect((await people.find(guardian!.id))!.dependantIds).not.toContain(child.id)
  })

  test('has nobody who is not born yet by its clock', async () => {
    const child = (await people.random({ age: 3 }, 'three'))!
    clock.set('2015-06-15T12:00:00+07:00')

    expect(await people.find(child.id)).toBeUndefined()
    const found = await people.search({}, { limit: 200, after: 'zzz' })
    expect(found).toHaveLength(200)
    expect(found.filter(({ age }) => age < 0)).toEqual([])
  })

  test('lists only those of the file, and those who were changed', async () => {
    await people.change('p-41', { email: 'changed@example.com' })

    const ids = ['bo', 'child', 'mother', 'p-41']
    expect((await people.list()).map(({ id }) => id)).toEqual(ids)
    expect((await people.personas()).map(({ id }) => id).toSorted()).toEqual(ids)
  })

  test('holds 300 of them to the law as it holds those of a file', async () => {
    const found = await people.search({}, { limit: 300, seed: 'law', after: 'zzz' })

    expect(law.length).toBeGreaterThan(0)
    // What a number or a card may not be by today was judged on the day the population is of.
    const broken = await rulesBrokenBy(people, found)
    expect(broken).toEqual([])
  })
})

describe('a world whose clock stands far from the day of its population', () => {
  const days = ['2005-03-01', '2018-01-01', '2022-06-30', '2025-01-01', '2026-01-01', '2030-02-28']
  const on = (day: string) => {
    const clock = new MovableClock(Date.parse(`${day}T12:00:00+07:00`))
    return { clock, people: createPeople({ file: fileOf([]), clock, population }) }
  }

  test.each(
    days
      .map((day) => ({ day, atLeast: 300 }))
      .concat(
        // Those who were born by the anchor day are grown.
        ['2040-12-31', '2199-12-31'].map((day) => ({ day, atLeast: 0 })),
      ),
  )('keeps the law on $day', async ({ day, atLeast }) => {
    const { people } = on(day)
    const anybody = await people.search({}, { limit: 400, seed: day })
    const children = await people.search({ age: { to: 13 } }, { limit: 400, seed: day })

    expect(anybody).toHaveLength(400)
    expect(children.length).toBeGreaterThanOrEqual(atLeast)
    expect([...anybody, ...children].filter(({ age }) => age < 0)).toEqual([])
    expect(await rulesBrokenBy(people, [...anybody, ...children])).toEqual([])
  })

  test.each(days)(
    'finds nobody under 6 with level 2 on %s, and everybody with level 1',
    async (day) => {
      const { people } = on(day)
      const small = await people.search({ age: { to: 5 } }, { limit: 200, seed: 'small' })
      const ids = (found: readonly Person[]) => found.map(({ id }) => id)

      expect(small).toHaveLength(200)
      expect(await people.search({ age: { to: 5 }, level: 2 })).toEqual([])
      expect(
        ids(await people.search({ age: { to: 5 }, level: 1 }, { limit: 200, seed: 'small' })),
      ).toEqual(ids(small))
    },
  )

  test('gives a child the level that it grows into', async () => {
    const { clock, people } = on('2026-01-01')
    const child = (await people.random({ age: 8, level: 2 }, 'eight'))!
    clock.set('2022-06-15T12:00:00+07:00')
    const before = (await people.find(child.id))!
    clock.set('2026-01-01T12:00:00+07:00')

    expect(before).toEqual({ ...child, age: before.age, account: { ...child.account, level: 1 } })
    expect(before.age).toBeLessThan(6)
    expect(await people.find(child.id)).toEqual(child)
  })

  test('holds whoever is changed to the level of their age', async () => {
    const { clock, people } = on('2026-01-01')
    const { id } = (await people.random({ age: 8, level: 2 }, 'eight'))!
    clock.set('2022-06-15T12:00:00+07:00')
    await people.change(id, { email: 'small@example.com' })

    expect((await people.find(id))!.account.level).toBe(1)
    expect(await problemsOf(people.change(id, { level: 2 }))).toEqual([
      expect.stringContaining('breaks the rule "level-2-from-6"'),
    ])
  })

  test('has those whose parents are not among its people from the day they turn 14', async () => {
    const { clock, people } = on('2018-01-01')
    const [one] = await people.search({ age: 14, hasChildren: false }, { seed: 'fourteen' })
    const [year = '', ...day] = one!.birthDate.split('-')
    const birthday = Date.parse(`${Number(year) + 14}-${day.join('-')}T00:00:00+07:00`)
    clock.set(new Date(birthday - 1).toISOString())

    expect(await people.find(one!.id)).toBeUndefined()
    expect(await people.find(one!.number)).toBeUndefined()
    clock.set(new Date(birthday).toISOString())
    expect(await people.find(one!.id)).toMatchObject({ age: 14, guardianIds: [] })
  })

  test('names nobody as a parent of who is not there', async () => {
    const { people } = on('2018-01-01')
    const parents = await people.search({ hasChildren: true }, { limit: 100, seed: 'parents' })
    const others = await people.search({ hasChildren: false }, { limit: 300, seed: 'others' })
    const children = await findOf(
      people,
      parents.flatMap(({ dependantIds }) => dependantIds),
    )

    expect(children.length).toBeGreaterThan(100)
    expect(children).not.toContain(undefined)
    expect(others.some(({ id }) => population.dependantsAt(Number(id.slice(2))).length > 0)).toBe(
      true,
    )
    expect(others.flatMap(({ dependantIds, isWard }) => (isWard ? [] : dependantIds))).toEqual([])
  })

  test('has no child whose only able guardian may not be one any more', async () => {
    const { clock, people } = on('2026-01-01')
    const child = (await people.random({ age: 13, level: 1 }, 'thirteen'))!
    clock.set('2028-01-01T12:00:00+07:00')
    for (const id of child.guardianIds) await people.change(id, { level: 1 })
    expect(await people.find(child.id)).toMatchObject({ guardianIds: [] })
    clock.set('2026-01-01T12:00:00+07:00')

    expect(await people.find(child.id)).toBeUndefined()
  })
})

describe('somebody of a population who is changed', () => {
  const table = new SharedTable()
  let people: ReplaceablePeople

  beforeEach(() => {
    table.clear()
    people = serve(family, { population, table }).people
  })

  test('is different for all who serve the world, until it is reset', async () => {
    const before = (await people.find('p-12'))!
    const changed = await people.change(before.number, { email: 'new@example.com' })
    const other = serve(family, { population, table })
    await other.changes.refresh()

    expect(changed).toMatchObject({ id: 'p-12', number: before.number, email: 'new@example.com' })
    expect(await other.people.find('p-12')).toEqual(changed)
    table.clear()
    await other.changes.refresh()
    expect(await other.people.find('p-12')).toEqual(before)
  })

  test('is not there any more when removed, by id or number', async () => {
    const alone = (await people.random({ hasChildren: false, age: { from: 40 } }, 'alone'))!
    await people.remove(alone.id)

    expect(await people.find(alone.id)).toBeUndefined()
    expect(await people.find(alone.number)).toBeUndefined()
    const same = await people.random({ hasChildren: false, age: { from: 40 } }, 'alone')
    expect(same?.id).not.toBe(alone.id)
  })

  test('cannot be removed while a child would be left alone', async () => {
    const child = (await people.random({ age: 4 }, 'four'))!
    const [first = '', ...rest] = child.guardianIds
    for (const id of rest) await people.remove(id)

    expect((await people.find(child.id))!.guardianIds).toEqual([first])
    expect(await problemsOf(people.remove(first))).not.toEqual([])
    expect(await people.find(first)).toBeDefined()
  })

  test('can become the guardian of a child that is added', async () => {
    const adult = (await people.random(
      { age: { from: 30, to: 50 }, hasChildren: false, level: 2, state: 'active' },
      'adult',
    ))!
    await people.create({ id: 'new-child', age: 9, guardians: [adult.id] })

    expect(await people.find(adult.id)).toMatchObject({ dependantIds: ['new-child'] })
    const found = await people.search({ hasChildren: true }, { limit: 1000 })
    expect(found.map(({ id }) => id)).toContain(adult.id)
  })
})

describe('a person with a name', () => {
  test('has their number for themselves, and nobody of the population has it', async () => {
    const other = population.random('somebody', { age: 40, kind: 'citizen' })!
    const { number = '', sex, birth_date: birthDate } = other
    const named = aPerson('named', { number, sex, birth_date: birthDate, card: undefined })
    const file = fileOf([{ ...named, card: { issued_on: '2025-12-01' } }])
    const people = createPeople({ file, population, clock: new MovableClock() })

    expect((await people.find(number))!.id).toBe('named')
    expect(await people.find(other.id)).toBeUndefined()
    expect((await people.find('p-78'))!.id).toBe('p-78')
  })

  test('cannot be called as the population calls its people', async () => {
    const { people } = serve(family, { population })

    expect(() => fileOf([aPerson('p-12')])).toThrow('must not be \\"p-\\" and a number')
    expect(await problemsOf(people.create({ id: 'p-99999999' }))).toEqual([
      'id: must not be "p-" and a number, which is how a population calls its people, got "p-99999999"',
    ])
  })

  test('cannot be given the number of somebody of the population', async () => {
    const { people } = serve(family, { population })
    const { number } = (await people.find('p-3'))!

    expect(await problemsOf(people.change('bo', { number, unlawful: 'another’s' }))).toEqual([
      `number: must be their own, got "${number}" of "p-3"`,
    ])
  })
})

describe('a search', () => {
  let people: ReplaceablePeople
  const ids = (found: readonly Person[]) => found.map(({ id }) => id)

  beforeEach(() => {
    people = serve(family, { population }).people
  })

  test('finds those with a name first, and goes on after whom one knows', async () => {
    const criteria = { age: { from: 9, to: 9 } }
    const first = await people.search(criteria, { limit: 3 })
    const more = await people.search(criteria, { limit: 2, after: first[2]!.id })
    const all = await people.search(criteria, { limit: 5 })

    expect(first[0]!.id).toBe('child')
    expect(ids(all)).toEqual([...ids(first), ...ids(more)])
    expect(all.every(({ age }) => age === 9)).toBe(true)
  })

  test('judges whoever was changed by what they are now', async () => {
    const criteria = { province: 'Lào Cai', state: 'active', age: { from: 30 } } as const
    const [one, other] = await people.search(criteria, { after: 'zzz', limit: 2 })
    await people.change(one!.id, { state: 'locked' })
    await people.change('p-8', { province: 'Lào Cai', state: 'active' })
    const found = ids(await people.search(criteria, { limit: 50 }))

    expect(found).not.toContain(one!.id)
    expect(found).toContain(other!.id)
    const isOld = (await people.find('p-8'))!.age >= 30
    expect(found.includes('p-8')).toBe(isOld)
    expect(new Set(found).size).toBe(50)
  })

  test.each([
    [{ age: 13, level: 1, province: 'Lào Cai' }],
    [{ kind: 'foreigner', level: 2, sex: 'female' }],
    [{ state: 'not-activated', hasChildren: true }],
    [{ age: { from: 90 }, state: 'cancelled', province: 'Huế' }],
  ] as const)('finds people who are %j', async (criteria) => {
    const found = await people.search(criteria, { limit: 10, seed: 'any' })

    expect(found.length).toBeGreaterThan(0)
    for (const person of found) {
      const { age, level, province, kind, sex, state } = { ...criteria } as Record<string, unknown>
      const { from, to = Infinity } = (typeof age === 'object' ? age : { from: age, to: age }) as {
        from?: number
        to?: number
      }
      expect(person.age).toBeGreaterThanOrEqual(from ?? 0)
      expect(person.age).toBeLessThanOrEqual(to)
      expect(person.account.level).toBe(level ?? person.account.level)
      expect(person.account.state).toBe(state ?? person.account.state)
      expect(person.address.province).toBe(province ?? person.address.province)
      expect(person.kind).toBe(kind ?? person.kind)
      expect(person.sex).toBe(sex ?? person.sex)
    }
  })

  test('tells those whose account can be used from those whose cannot', async () => {
    const why = async (canSignIn: boolean) => {
      const found = await people.search({ canSignIn }, { limit: 100, after: 'zzz' })
      return Promise.all(found.map((person) => people.whyUnusable(person)))
    }

    expect(new Set(await why(true))).toEqual(new Set([undefined]))
    const reasons = new Set(await why(false))
    expect(reasons).not.toContain(undefined)
    expect(reasons).toContain('account_not_activated')
  })

  test('by chance follows from the seed', async () => {
    const one = await people.random({ age: 40 }, 'one')

    expect(await people.random({ age: 40 }, 'one')).toEqual(one)
    expect((await people.random({ age: 40 }, 'two'))!.id).not.toBe(one!.id)
    expect(await people.random({ age: 5, level: 2 }, 'one')).toBeUndefined()
  })

  test('by chance finds those with a name where there is no population', async () => {
    const alone = serve(family).people

    expect((await alone.random({ sex: 'male' }, 'one'))!.id).toBe('bo')
    expect(ids(await alone.search({}))).toEqual(['bo', 'child', 'mother'])
    expect(await alone.find('p-0')).toBeUndefined()
  })
})

describe('a search that cannot find anybody', () => {
  const made = vi.spyOn(population, 'personAt')

  beforeEach(() => {
    made.mockClear()
  })

  /** Whom somebody finds on a day, and how often others were let on in the meantime. */
  async function look(criteria: PeopleCriteria, day = '2026-06-15') {
    const clock = new MovableClock(Date.parse(`${day}T12:00:00+07:00`))
    const people = createPeople({ file: fileOf([]), clock, population })
    let isOver = false
    let others = 0
    const turn = () => {
      if (!isOver) others++
      if (!isOver) setImmediate(turn)
    }
    setImmediate(turn)
    const found = [
      ...(await people.search(criteria, { limit: 1 })),
      ...[await people.random(criteria, 'any')].filter((one) => one !== undefined),
    ]
    isOver = true
    return { found, others }
  }

  test.each<[PeopleCriteria, string?]>([
    [{ canSignIn: true, state: 'locked' }],
    [{ canSignIn: true, state: 'locked', province: 'Huế' }],
    [{ canSignIn: true, state: 'not-activated', age: 13 }],
    [{ canSignIn: true, state: 'cancelled', hasChildren: true, level: 2 }],
    [{ canSignIn: false, state: 'active', age: 15, kind: 'citizen' }],
    [{ age: { to: 5 }, level: 2 }],
    [{ age: { to: 5 }, level: 2 }, '2024-01-01'],
    [{ age: { from: 20, to: 10 } }],
    [{ age: { to: 16 }, hasChildren: true }],
    [{ hasChildren: true }, '2060-01-01'],
    [{ age: 3 }, '2030-01-01'],
    [{ age: 9, kind: 'foreigner' }, '2012-01-01'],
    [{ age: 13, canSignIn: true, kind: 'foreigner' }, '2018-01-01'],
  ])('answers at once who are %j', async (criteria, day) => {
    expect(await look(criteria, day)).toEqual({ found: [], others: 0 })
    expect(made).not.toHaveBeenCalled()
  })

  test('lets others on while it asks those of a file', async () => {
    const file = fileOf(Array.from({ length: 250 }, (_, nth) => aPerson(`named-${nth}`)))
    const people = createPeople({ file, clock: new MovableClock() })
    let others = 0
    setImmediate(() => others++)

    expect(await people.search({ age: 77 })).toEqual([])
    expect(others).toBe(1)
  })

  test.each<[PeopleCriteria, string]>([
    [{ canSignIn: true, kind: 'foreigner' }, '2040-01-01'],
    [{ canSignIn: true, age: 26 }, '2040-01-01'],
    [{ canSignIn: true, age: { from: 35, to: 39 } }, '2060-01-01'],
  ])('makes few people and lets others on for %j on %s', async (criteria, day) => {
    const { found, others } = await look(criteria, day)

    expect(found).toEqual([])
    expect(others).toBeGreaterThan(50)
    expect(made.mock.calls.length).toBeLessThan(60_000)
  })
})

describe.each(['2008-02-29', '2021-06-15', '2026-05-17', '2027-12-31', '2036-06-15'])(
  'a search among a thousand on %s',
  (day) => {
    const settings = { size: 1000, anchor_day: '2026-05-17', shares: { expired_cards: 0.2 } }
    const clock = new MovableClock(Date.parse(`${day}T12:00:00+07:00`))
    const thousand = populationOf(settings, 'a thousand')
    const people = createPeople({ file: fileOf([]), clock, population: thousand })
    let everybody: { person: Person; canSignIn: boolean; children: number }[]

    beforeAll(async () => {
      const ids = Array.from({ length: 1000 }, (_, index) => `p-${index}`)
      const there = (await findOf(people, ids)).filter((one) => one !== undefined)
      everybody = await Promise.all(
        there.map(async (person) => {
          const dependants = await findOf(people, person.dependantIds)
          return {
            person,
            canSignIn: (await people.whyUnusable(person)) === undefined,
            children: dependants.filter((one) => one!.age < 14).length,
          }
        }),
      )
    })

    test.each<PeopleCriteria>([
      {},
      { canSignIn: true },
      { canSignIn: false },
      { canSignIn: false, state: 'active' },
      { canSignIn: false, state: 'active', age: { from: 13, to: 15 } },
      { canSignIn: false, state: 'active', age: { from: 14, to: 45 }, hasChildren: true },
      { canSignIn: false, state: 'locked', level: 1 },
      { canSignIn: true, age: { to: 13 }, level: 1 },
      { canSignIn: true, age: { to: 13 }, level: 2 },
      { age: { from: 4, to: 7 }, level: 1 },
      { age: { from: 4, to: 7 }, level: 2 },
      { hasChildren: true },
      { hasChildren: false, age: { from: 25, to: 50 } },
    ])('for %j finds the same as asking everybody', async (criteria) => {
      const { from, to } = agesOf(criteria)
      const right = everybody.filter(
        ({ person: { age, account }, canSignIn, children }) =>
          age >= from &&
          age <= to &&
          canSignIn === (criteria.canSignIn ?? canSignIn) &&
          account.state === (criteria.state ?? account.state) &&
          account.level === (criteria.level ?? account.level) &&
          children > 0 === (criteria.hasChildren ?? children > 0),
      )
      const found = await people.search(criteria, { limit: 1000, seed: 'any' })

      expect(found.map(({ id }) => id).toSorted()).toEqual(
        right.map(({ person }) => person.id).toSorted(),
      )
    })
  },
)
