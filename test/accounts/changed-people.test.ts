import { beforeEach, describe, expect, test } from 'vitest'
import {
  claimsOf,
  createPeople,
  type PersonWishes,
  type ReplaceablePeople,
} from '../../src/accounts/index.ts'
import { family, fileOf, problemsOf, serve, SharedTable } from './changing-world.ts'
import { aPerson, MovableClock, noon } from './population.ts'

describe('a change of a person', () => {
  let clock: MovableClock
  let people: ReplaceablePeople

  beforeEach(() => {
    clock = new MovableClock()
    people = serve(family, { clock }).people
  })

  test('leaves all that it does not mention, and says when it was', async () => {
    const before = (await people.find('bo'))!
    clock.set('2027-03-01T10:00:00+07:00')
    const after = await people.change('bo', { email: 'bo@example.com' })

    expect(after).toEqual({
      ...before,
      age: 40,
      email: 'bo@example.com',
      updatedAt: Date.parse('2027-03-01T10:00:00+07:00'),
    })
    expect(await claimsOf({ people, subjectId: 'bo', actorId: 'bo' })).toMatchObject({
      email: 'bo@example.com',
      updated_at: Date.parse('2027-03-01T10:00:00+07:00') / 1000,
    })
  })

  test('of several things at once, one after the other, keeps all of them', async () => {
    await Promise.all([
      people.change('bo', { phone: '+84990000111' }),
      people.change('bo', { address: { street: '1 Phố Thử' } }),
      people.change('bo', { device: 'Máy của Bo' }),
    ])

    expect(await people.find('bo')).toMatchObject({
      phone: '+84990000111',
      address: { street: '1 Phố Thử', province: 'Hà Nội' },
      account: { device: 'Máy của Bo', level: 2 },
    })
  })

  test('takes away what is null', async () => {
    await people.change('bo', { phone: '+84990000111', email: 'bo@example.com', device: 'Máy' })
    const { phone, email, account } = await people.change('bo', { phone: null, device: null })

    expect([phone, email, account.device]).toEqual([undefined, 'bo@example.com', undefined])
  })

  test('of nothing changes nothing', async () => {
    const before = await people.find('bo')
    clock.set('2026-06-15T13:00:00+07:00')

    expect(await people.change('bo', { email: undefined } as object)).toBe(before)
  })

  test.each<PersonWishes>([
    { level: 2 },
    { name: 'Trần Văn Bo', age: 40, address: { province: 'Hà Nội' } },
    { phone: null, guardians: [], deceasedOn: null },
  ])('to what is so already changes nothing: %j', async (wishes) => {
    const before = await people.find('bo')
    clock.set('2026-06-15T13:00:00+07:00')

    expect(await people.change('bo', wishes)).toBe(before)
  })

  test('of the reason alone why the law may be broken counts', async () => {
    await people.change('mother', { unlawful: 'to see what happens' })

    expect(await people.change('mother', { level: 1 })).toMatchObject({ account: { level: 1 } })
  })

  test.each([
    [{ familyName: 'Lê' }, { name: 'Lê Văn Bo', middleName: 'Văn' }],
    [{ middleName: null }, { name: 'Trần Bo', familyName: 'Trần', givenName: 'Bo' }],
    [{ name: 'Vũ Hải' }, { name: 'Vũ Hải', familyName: 'Vũ', givenName: 'Hải' }],
    [
      { name: 'Bo Trần', familyName: 'Trần', givenName: 'Bo' },
      { name: 'Bo Trần', familyName: 'Trần', givenName: 'Bo' },
    ],
  ])('to %j makes the names %j', async (wishes, names) => {
    expect(await people.change('bo', wishes)).toMatchObject(names)
  })

  test('to an age keeps the birthday, and is counted from the world’s now', async () => {
    clock.set('2036-06-15T12:00:00+07:00')
    await people.change('bo', { age: 30, unlawful: 'another age' })

    expect(await people.find('bo')).toMatchObject({ age: 30, birthDate: '2006-05-17' })
  })

  test('of the birth year keeps the number, and so breaks the law', async () => {
    const { number } = (await people.find('bo'))!
    const birthDate = '1986-05-18'

    expect(await people.change('bo', { birthDate })).toMatchObject({ number, birthDate })
    expect(await problemsOf(people.change('bo', { birthDate: '1990' }))).toEqual([
      expect.stringMatching(/^number: breaks the rule "number-fits-birth-year"/),
    ])
    expect(
      await people.change('bo', {
        birthDate: '1990',
        number: '000090000001',
        placeOfOrigin: 'Huế',
      }),
    ).toMatchObject({ birthDate: '1990', age: 36, number: '000090000001' })
    expect(await people.find('000090000001')).toMatchObject({ id: 'bo' })
    expect(await people.find(number)).toBeUndefined()
  })

  test('to a number that somebody has is refused', async () => {
    const { number } = (await people.find('mother'))!

    expect(await problemsOf(people.change('bo', { number }))).toContain(
      `number: must be their own, got "${number}" of "mother"`,
    )
  })

  test('of the account of a guardian is judged by what becomes of the child', async () => {
    const ofTheChild = expect.stringMatching(
      /^dependants\.child\.guardians: breaks the rule "guardian-of-minor" .* got "mother" without one/,
    )

    expect(await problemsOf(people.change('mother', { level: 1 }))).toEqual([ofTheChild])
    await people.change('mother', { level: 1, unlawful: 'to see what happens' })
    expect(await people.whyUnusable((await people.find('child'))!)).toBe('guardian_unable')
    expect(await people.change('child', { email: 'child@example.com' })).toMatchObject({
      email: 'child@example.com',
    })
  })

  test('does not have to mend what the clock broke', async () => {
    clock.set('2021-06-15T12:00:00+07:00')

    expect(await people.find('child')).toMatchObject({ age: 4, account: { level: 2 } })
    expect(await people.change('child', { state: 'locked' })).toMatchObject({
      account: { state: 'locked', level: 2 },
    })
    expect(await problemsOf(people.change('child', { passcode: '1' }))).toHaveLength(1)
  })

  test('of the guardians moves the child from one to the other', async () => {
    await people.change('child', { guardians: ['bo'] })
    const [mother, bo] = [(await people.find('mother'))!, (await people.find('bo'))!]

    expect([mother.dependantIds, bo.dependantIds]).toEqual([[], ['child']])
    expect((await people.rolesOf(bo)).map(({ subjectId }) => subjectId)).toEqual(['bo', 'child'])
    expect(await people.phoneHolder((await people.find('child'))!)).toBe(bo)
  })

  test('is seen at those who were or are guardian, whenever one looked before', async () => {
    const dependants = async (id: string) => (await people.find(id))?.dependantIds
    const { id } = await people.create({ age: 4, guardians: ['bo'] })
    expect([await dependants('mother'), await dependants('bo')]).toEqual([['child'], [id]])

    await people.change(id, { guardians: ['mother'] })
    expect([await dependants('mother'), await dependants('bo')]).toEqual([['child', id], []])

    await people.change('child', { guardians: ['bo'] })
    expect([await dependants('mother'), await dependants('bo')]).toEqual([[id], ['child']])

    await people.remove(id)
    expect([await dependants('mother'), await dependants('bo')]).toEqual([[], ['child']])
  })

  test('stands when the world begins another day', async () => {
    const { birthDate } = await people.change('bo', { level: 1 })
    clock.set('2030-01-01T00:00:00+07:00')
    people.beginAt(clock.now())

    expect(await people.find('bo')).toMatchObject({ birthDate, account: { level: 1 } })
    expect(await people.find('mother')).toMatchObject({ age: 34 })
  })

  test('stands when the file is read again, for those whom the file has or had', async () => {
    await people.change('bo', { email: 'bo@example.com' })
    await people.change('mother', { email: 'mother@example.com' })
    await people.remove('child')
    people.replace(fileOf([aPerson('bo', { name: 'Khác' }), aPerson('child'), aPerson('new')]))

    expect(await people.personas()).toMatchObject([
      { id: 'bo', name: 'Trần Văn Bo', email: 'bo@example.com' },
      { id: 'new' },
      { id: 'mother', email: 'mother@example.com', dependantIds: [] },
    ])
  })

  test('leaves a child alone whose guardian the file has no more', async () => {
    await people.change('child', { email: 'child@example.com' })
    people.replace(fileOf([aPerson('bo')]))
    const child = (await people.find('child'))!

    expect(child.guardianIds).toEqual([])
    expect(await people.whyUnusable(child)).toBe('guardian_unable')
    expect(await claimsOf({ people, subjectId: 'child', actorId: 'child' })).toMatchObject({
      email: 'child@example.com',
    })
    await people.create({ id: 'mother' })
    expect(await people.find('child')).toMatchObject({ guardianIds: ['mother'] })
  })

  test('is refused of nobody, with the nearest', async () => {
    await expect(people.change('mothr', {})).rejects.toMatchObject({
      code: 'ERR_PERSON_NOT_FOUND',
      nearest: 'mother',
    })
  })

  test('is refused with a key that is none, such as the id', async () => {
    expect(await problemsOf(people.change('bo', { id: 'bob' } as object))).toEqual([
      'id: "id" is not an option. Did you mean "kind"?',
    ])
  })
})

describe('a person who was removed', () => {
  test('is not there any more, and is nobody’s guardian', async () => {
    const { people } = serve(family)
    const { number } = (await people.find('mother'))!
    await people.change('child', { guardians: ['mother', 'bo'] })
    await people.remove(number)

    expect(await people.find('mother')).toBeUndefined()
    expect(await people.find(number)).toBeUndefined()
    expect(await people.find('child')).toMatchObject({ guardianIds: ['bo'] })
    expect(people.nearest('mothr')).toBeUndefined()
    expect((await people.personas()).map(({ id }) => id)).toEqual(['child', 'bo'])
    await expect(people.remove('mother')).rejects.toMatchObject({ code: 'ERR_PERSON_NOT_FOUND' })
  })

  test('may not leave a child without a guardian', async () => {
    const { people } = serve(family)

    expect(await problemsOf(people.remove('mother'))).toEqual([
      expect.stringMatching(/^dependants\.child\.guardians: breaks the rule "guardian-of-minor"/),
    ])
    expect(await people.find('child')).toMatchObject({ guardianIds: ['mother'] })
  })

  test('is there again under the same id when somebody is made with it', async () => {
    const { people } = serve(family)
    const { sub } = (await people.find('bo'))!
    await people.remove('bo')

    expect(await people.create({ id: 'bo', age: 20 })).toMatchObject({ sub, age: 20 })
    expect((await people.personas()).map(({ id }) => id)).toEqual(['mother', 'child', 'bo'])
  })

  test('leaves nothing behind when they were added', async () => {
    const { people, changes } = serve()
    const { id } = await people.create({ age: 33 })
    await people.remove(id)

    expect([...changes.of('person')]).toEqual([])
  })
})

describe('the list of people', () => {
  test('is in the order of ids, in parts that follow each other', async () => {
    const { people } = serve(family)
    await people.create({ id: 'anna' })
    const first = await people.list({ limit: 2 })
    const rest = await people.list({ limit: 100, after: 'bo' })

    expect([first, rest].map((part) => part.map(({ id }) => id))).toEqual([
      ['anna', 'bo'],
      ['child', 'mother'],
    ])
    expect(await people.list({ after: 'bz', limit: 1 })).toMatchObject([{ id: 'child' }])
    expect(await people.list({ after: 'z' })).toEqual([])
  })
})

describe('two who serve one world', () => {
  const table = () => new SharedTable()

  test('know the same people once the other has looked', async () => {
    const shared = table()
    const [here, there] = [serve(family, { table: shared }), serve(family, { table: shared })]
    const made = await here.people.create({ age: 4, guardians: ['bo'] })
    await here.people.change('mother', { email: 'mother@example.com' })
    await here.people.change('child', { guardians: ['bo'] })
    await here.people.remove('mother')

    expect(await there.people.find(made.id)).toBeUndefined()
    await there.changes.refresh()
    expect(await there.people.personas()).toEqual(await here.people.personas())
    expect(await there.people.find(made.number)).toEqual(made)
    expect(await there.people.find('bo')).toMatchObject({ dependantIds: ['child', made.id] })
  })

  test('change each what the other made', async () => {
    const shared = table()
    const [here, there] = [serve([], { table: shared }), serve([], { table: shared })]
    const { id } = await here.people.create({ age: 34 })
    await there.people.change(id, { level: 1 })
    await here.people.change(id, { state: 'locked' })

    expect(await here.people.find(id)).toMatchObject({ account: { level: 1, state: 'locked' } })
  })

  test('never make two people of one id, though their chance is the same', async () => {
    const shared = table()
    const [here, there] = [serve([], { table: shared }), serve([], { table: shared })]
    const [one, other] = [await here.people.create(), await there.people.create()]

    expect(other.id).not.toBe(one.id)
    expect(await there.people.personas()).toHaveLength(2)
  })

  test('forget everything when the world is reset', async () => {
    const shared = table()
    const { people, changes } = serve(family, { table: shared })
    const before = await people.personas()
    await people.create()
    await people.remove('bo')
    shared.clear()
    await changes.refresh()

    expect(await people.personas()).toEqual(before)
  })

  test('count the years of a file from the moment that they agree on', async () => {
    const clock = new MovableClock(Date.parse('2030-06-15T12:00:00+07:00'))
    const [here, there] = [serve(family, { clock }), serve(family, { clock, beganAt: noon })]
    here.people.beginAt(noon)

    expect(await here.people.personas()).toEqual(await there.people.personas())
    expect(await here.people.find('bo')).toMatchObject({ age: 44 })
  })
})

describe('worlds of one file that begin on one day', () => {
  const file = fileOf(family)
  const worldAt = (clock: MovableClock) => createPeople({ file, clock })

  test('share its people, until one of them changes somebody', async () => {
    const [one, other] = [worldAt(new MovableClock()), worldAt(new MovableClock(noon + 60_000))]
    const shared = await one.find('mother')
    await other.change('bo', { level: 1 })

    expect(await worldAt(new MovableClock()).find('mother')).toBe(shared)
    expect(await one.find('bo')).toMatchObject({ account: { level: 2 } })
    expect(await other.find('bo')).toMatchObject({ account: { level: 1 } })
    expect(await other.find('mother')).toEqual(shared)
  })

  test('have other people than those of another day', async () => {
    const later = worldAt(new MovableClock(Date.parse('2031-06-15T12:00:00+07:00')))

    expect(await later.find('bo')).toMatchObject({ age: 40, birthDate: '1991-05-17' })
    expect(await worldAt(new MovableClock()).find('bo')).toMatchObject({ birthDate: '1986-05-17' })
  })

  test('may begin on a hundred days, and the people of each are its own', async () => {
    for (let day = 0; day < 100; day++) {
      const clock = new MovableClock(noon + day * 24 * 60 * 60 * 1000)

      expect(await worldAt(clock).find('bo')).toMatchObject({ age: 40 })
    }
  })
})

describe('people whose changes nobody else follows', () => {
  test('are made, changed and removed all the same', async () => {
    const people = createPeople({ file: fileOf(family), clock: new MovableClock() })
    const made = await Promise.all([people.create(), people.create(), people.create()])
    await Promise.all(made.map(({ id }) => people.change(id, { level: 1 })))
    await people.remove(made[1].id)

    expect(
      (await people.personas()).slice(3).map(({ id, account }) => [id, account.level]),
    ).toEqual([made[0].id, made[2].id].toSorted().map((id) => [id, 1]))
  })
})

describe('a child of whom nothing changes', () => {
  test('grows up beside people who do', async () => {
    const clock = new MovableClock()
    const { people } = serve(
      [aPerson('mother'), aPerson('child', { birth_date: '2012-07-01', guardians: ['mother'] })],
      { clock },
    )
    await people.change('mother', { email: 'mother@example.com' })
    expect(await people.find('mother')).toMatchObject({ dependantIds: ['child'] })
    clock.set('2026-07-01T00:00:00+07:00')

    expect(await people.find('child')).toMatchObject({ age: 14, guardianIds: [] })
    expect(await people.find('mother')).toMatchObject({ dependantIds: [] })
  })
})
