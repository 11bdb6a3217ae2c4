import { beforeEach, describe, expect, test } from 'vitest'
import {
  createPeople,
  law,
  populationOf,
  type Person,
  type PopulationSettings,
  type ReplaceablePeople,
} from '../../src/accounts/index.ts'
import { family, fileOf, problemsOf, rulesBrokenBy, serve, SharedTable } from './changing-world.ts'
import { aPerson, MovableClock } from './population.ts'

const everyone: PopulationSettings = { size: 57_900_000, anchor_day: '2026-01-01', shares: {} }
const population = populationOf(everyone, 'seed')

describe('a world with a population', () => {
  let clock: MovableClock
  let people: ReplaceablePeople

  const findOf = async (ids: readonly string[]) =>
    Promise.all(ids.map(async (id) => (await people.find(id))!))

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
    const guardians = await findOf(child.guardianIds)

    expect(guardians.length).toBeGreaterThan(0)
    for (const guardian of guardians) expect(guardian.dependantIds).toContain(child.id)
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
    const [guardian] = await findOf(child.guardianIds)
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

  test('gives up where nobody can be found, instead of asking everybody', async () => {
    const clock = new MovableClock(Date.parse('2060-01-01T12:00:00+07:00'))
    const later = serve([], { clock, population }).people

    expect(await later.search({ hasChildren: true })).toEqual([])
  }, 30_000)

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
