import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { checkPeople, createPeople, entryOf, type PeopleFile } from '../../src/accounts/index.ts'
import { numberFor } from '../../src/accounts/number.ts'
import { packageRoot, type Problem } from '../../src/kernel/index.ts'
import { anOrganization, aPerson, directoryOf, MovableClock, noon, type Raw } from './population.ts'

interface RawFile {
  people: readonly Raw[]
  organizations?: readonly Raw[]
}

/** What is wrong with files of people that are checked as one. */
function problemsOf(files: readonly RawFile[], now: number = noon): readonly Problem[] {
  return check(files, now).problems
}

function check(files: readonly RawFile[], now: number) {
  const lists = { people: [] as Raw[], organizations: [] as Raw[] }
  const from: Record<string, number[]> = { people: [], organizations: [] }
  files.forEach((file, nth) => {
    for (const list of ['people', 'organizations'] as const)
      for (const entry of file[list] ?? []) {
        lists[list].push(entry)
        from[list]!.push(nth)
      }
  })
  const originOf = (list: string, index: number) => ({
    file: String(from[list]![index]),
    place: () => `${list}[${index}]`,
  })
  return checkPeople(lists, { now, originOf })
}

const own = parse(readFileSync(join(packageRoot, 'config/people.yaml'), 'utf8')) as PeopleFile

/** Everyone of a file as they are on a day, in a world that began on one before. */
async function copyOf(file: PeopleFile, began: string, day: string): Promise<RawFile> {
  const clock = new MovableClock(Date.parse(`${began}T12:00:00+07:00`))
  const checked = checkPeople(file, { now: clock.now() })
  const people = createPeople({ file: checked.people, clock })
  clock.set(`${day}T12:00:00+07:00`)
  const personas = await people.list({ limit: 1000 })
  return {
    people: personas.map((person) => ({
      ...entryOf(person, day),
      ...unlawful(checked.people, person.id),
    })),
  }
}

const unlawful = ({ people }: PeopleFile, wanted: string) => {
  const why = people.find(({ id }) => id === wanted)?.unlawful
  return why === undefined ? {} : { unlawful: why }
}

describe('who is told of in two files', () => {
  test.each([
    ['2026-01-01', '2026-01-01', '2026-01-01'],
    ['2026-01-01', '2026-01-01', '2026-01-02'],
    ['2026-03-10', '2026-05-01', '2027-12-31'],
    ['2028-02-28', '2028-02-29', '2028-03-01'],
    ['2025-12-31', '2026-01-01', '2026-06-15'],
  ])(
    'alike is there once, also when a world of %s was copied on %s and is read on %s',
    async (began, day, read) => {
      const copy = await copyOf(own, began, day)
      const now = Date.parse(`${read}T12:00:00+07:00`)
      const original = own as unknown as RawFile

      for (const files of [
        [original, copy],
        [copy, original],
      ]) {
        const { problems, people } = check(files, now)
        expect(problems).toEqual([])
        expect(people.people).toHaveLength(own.people.length)
      }
    },
  )

  const original = aPerson('anna', {
    age: 40,
    birthday: '05-17',
    card: { issued_years_ago: 2, expires_in_years: 10 },
    deceased_days_ago: 20,
  })
  const copied = copyOf(
    checkPeople({ people: [original] }, { now: noon }).people,
    '2026-06-10',
    '2026-06-12',
  )

  test.each<Raw>([
    { name: 'Nguyễn Thị Khác' },
    { birth_date: '1986-05-18' },
    { card: { issued_on: '2024-06-10', expires_on: '2035-06-10' } },
    { card: { issued_on: '2024-06-09', expires_on: '2036-06-10' } },
    { card: undefined, unlawful: 'lost it' },
    { account: { level: 1, password: 'Matkhau@1', passcode: '123456' } },
    { deceased_days_ago: 10 },
    { deceased_days_ago: 60 },
    { deceased_days_ago: undefined },
    { phone: '+84990000001' },
    { unlawful: 'because' },
    { updated_days_ago: 3 },
    { number: '000186000009' },
  ])('with %j otherwise is refused, and told what to do', async (otherwise) => {
    const [copy = {}] = (await copied).people

    expect(problemsOf([{ people: [original] }, { people: [copy] }])).toEqual([])
    expect(problemsOf([{ people: [original] }, { people: [{ ...copy, ...otherwise }] }])).toEqual([
      {
        path: ['people', 1, 'id'],
        message:
          'must be its own, got "anna" of people[0], which says otherwise. Leave one of them out, or give this one another id and number',
      },
    ])
  })

  test('alike is there once, also where the number that follows from the id was taken', async () => {
    const anna = aPerson('anna', { birth_date: '1986-05-17' })
    const { number } = (await directoryOf([anna]).find('anna'))!
    const other = aPerson('other', { birth_date: '1986-03-01', number })
    const file = { people: [other, anna] }
    const { people: checked } = checkPeople(file, { now: noon })
    const copy = await copyOf(checked, '2026-06-15', '2026-06-15')

    expect(new Set(copy.people.map((one) => one['number'])).size).toBe(2)
    expect(problemsOf([file, copy])).toEqual([])
    expect(problemsOf([copy, file])).toEqual([])
  })

  test.each([
    ['2026-06-15', 7],
    ['2026-06-25', 17],
    ['2027-02-01', 238],
  ])('keeps when something about them changed: on %s', async (day, days) => {
    const anna = aPerson('anna', {
      birth_date: '1986-05-17',
      card: { issued_on: '2022-11-22', expires_on: '2032-11-22' },
      updated_days_ago: 7,
    })
    const { people: checked } = checkPeople({ people: [anna] }, { now: noon })
    const copy = await copyOf(checked, '2026-06-15', day)
    const read = Date.parse(`${day}T12:00:00+07:00`)

    expect(copy.people).toMatchObject([{ updated_days_ago: days }])
    expect(check([{ people: [anna] }, copy], read).problems).toEqual([])
  })

  test('with a mistake beside is refused for both', () => {
    const files = [{ people: [original] }, { people: [{ ...original, sex: 'x' }] }]

    expect(problemsOf(files).map(({ path }) => path.join('.'))).toEqual([
      'people.1.sex',
      'people.1.id',
    ])
  })

  test('alike in one file is taken for a mistake', () => {
    expect(problemsOf([{ people: [original, original] }])).toEqual([
      { path: ['people', 1, 'id'], message: 'must be its own, got "anna" of people[0]' },
    ])
  })
})

describe('an organisation that is told of in two files', () => {
  const company = anOrganization('company')

  test('alike is there once', () => {
    const people = [aPerson('anna', { memberships: [{ organization: 'company', role: 'staff' }] })]
    const files = [
      { people, organizations: [company] },
      { people: [], organizations: [company] },
    ]

    expect(check(files, noon)).toMatchObject({
      problems: [],
      people: { organizations: [{ id: 'company' }] },
    })
  })

  test('otherwise is refused for its id, and not for its codes', () => {
    const other = { ...company, name: 'Công ty Khác' }
    const files = [
      { people: [], organizations: [company] },
      { people: [], organizations: [other] },
    ]

    expect(problemsOf(files)).toEqual([
      {
        path: ['organizations', 1, 'id'],
        message:
          'must be its own, got "company" of organizations[0], which says otherwise. Leave one of them out, or give this one another id and other codes',
      },
    ])
  })
})

test('a number that somebody has already, without being given it, is not for others', () => {
  const birth_date = '1992-03-01'
  const known = aPerson('known', { birth_date })
  const number = numberFor({ id: 'known', sex: 'female', birthDate: birth_date })
  const other = aPerson('other', { birth_date, number })
  const taken = {
    path: ['people', 1, 'number'],
    message: `must be their own, got "${number}" of "known"`,
  }

  expect(problemsOf([{ people: [known] }, { people: [other] }])).toEqual([taken])
  expect(problemsOf([{ people: [known, other] }])).toEqual([taken])
  expect(problemsOf([{ people: [other] }, { people: [known] }])).toEqual([])
  expect(problemsOf([{ people: [other, known] }])).toEqual([])
})
