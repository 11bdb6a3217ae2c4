import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Person } from '../../src/index.ts'
import { folderWith } from '../config/files.ts'
import { FrozenClock } from '../support/frozen-clock.ts'
import { startMock } from '../support/mock.ts'
import { runHere } from './run-here.ts'

const few = ['--population', '5000', '--population-seed', 'seed']
const nobody = (): string => folderWith({ 'people.yaml': 'people: []\n' })

/** The people that a command prints. */
async function peopleOf(args: readonly string[]): Promise<Person[]> {
  const { code, out } = await runHere(['people', ...args, '--json'])
  expect(code).toBe(0)
  return JSON.parse(out) as Person[]
}

describe('mock-vneid people', () => {
  test('lists the people of files, a line each', async () => {
    const { code, out } = await runHere(['people', '--limit', '2', '--after', 'adult'])

    expect(code).toBe(0)
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^id +number +name +age +sex +level +state +province$/),
      expect.stringMatching(/^adult-18-today +\d{12} +Mai Thanh Trúc +18 +female +2 +active +\S/),
      expect.stringMatching(/^adult-level-1 +\d{12} .* 1 +active +\S/),
      '',
    ])
  })

  test('searches files and population, and goes on', async () => {
    const who = ['search', '--age', '6-13', '--level', '1', '--sex', 'female', ...few]
    const found = await peopleOf([...who, '--limit', '30'])
    const more = await peopleOf([...who, '--limit', '5', '--after', found.at(-6)!.id])

    expect(found).toHaveLength(30)
    expect(found.some(({ id }) => !/^p-\d+$/.test(id))).toBe(true)
    for (const { age, account, sex } of found) {
      expect([6, 7, 8, 9, 10, 11, 12, 13]).toContain(age)
      expect([account.level, sex]).toEqual([1, 'female'])
    }
    expect(more).toEqual(found.slice(-5))
  })

  test('says that nobody is so', async () => {
    const sought = await runHere(['people', 'search', '--age', '3', '--level', '2', ...few])

    expect(sought).toMatchObject({ code: 0, out: 'nobody.\n' })
  })

  test('asks a mock that runs, and one of its worlds', async () => {
    const { issuer, ...mock } = await startMock()
    const world = await mock.world({ name: 'mine', people: 'none' })
    await world.people.create({ id: 'only-here', age: 70 })
    await mock.people.change('p-5', { email: 'changed@example.com' })

    const there = await peopleOf(['list', '--url', issuer, '--world', 'mine'])
    const shown = await runHere(['people', 'show', 'p-5', '--url', issuer])
    const sought = await peopleOf(['search', '--age', '70', '--url', issuer, '--world', 'mine'])

    expect(there.map(({ id }) => id)).toEqual(['only-here'])
    expect(shown.out).toMatch(/^email +changed@example\.com$/m)
    expect(sought.map(({ id }) => id)).toEqual(['only-here'])
  })

  test('shows somebody by id or by number', async () => {
    const byId = await runHere(['people', 'show', 'p-7', ...few])
    const [, number = ''] = /^number +(\d{12})$/m.exec(byId.out) ?? []

    expect(await runHere(['people', 'show', number, ...few])).toEqual(byId)
    expect(await runHere(['people', 'show', 'child-31'])).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('person "child-31" does not exist. Did you mean "child-13"?'),
    })
  })

  test.each([
    [
      '001190012345',
      /Hà Nội\n.*Hà Nội\n.*1 +female, born 1900 to 1999\n.*90 +1990\n.*\n.*somebody real/,
    ],
    ['015212012345', /Yên Bái\n.*Lào Cai\n.*2 +male, born 2000 to 2099\n.*12 +2012\n/],
    [
      '097301412345',
      /Vân Ảo \(made up\)\n.*Mộng Hải\n.*3 +female.*\n.*2001\n.*\n.*nobody real; somebody of the pop/,
    ],
    ['000190012345', /Mộng Sơn \(made up\)(\n.*){5}nobody real; somebody with a name/],
  ])('explains %s', async (number, lines) => {
    const { code, out } = await runHere(['people', 'explain', number])

    expect(code).toBe(0)
    expect(out).toMatch(lines)
  })

  test('says why a number is none', async () => {
    expect(await runHere(['people', 'explain', '0011900123'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('must be twelve digits, got "0011900123"'),
    })
  })

  test.each([
    [['--age', '13x'], 'It must be an age such as 13'],
    [['--age', '20-10'], '--age.to must not be less than "from"'],
    [['--limit', '1001'], 'It must be at most 1000.'],
    [
      ['--children', '--age', '30', '--no-children'],
      "option '--children' cannot be used with option '--no-children'",
    ],
    [['--no-usable', '--usable'], "option '--usable' cannot be used with option '--no-usable'"],
    [['--province', 'Hue'], '--province must be a province of today (did you mean "Huế"?)'],
  ])('refuses %j', async (flags, message) => {
    const { code, err } = await runHere(['people', 'search', ...flags])

    expect(code).toBe(2)
    expect(err).toContain(message)
  })

  test.each(['', 'search', 'explain', 'check', 'export'])(
    '%s --help has examples',
    async (name) => {
      const { out } = await runHere(['people', ...(name === '' ? [] : [name]), '--help'])

      expect(out).toMatch(new RegExp(`Examples:\\n {2}mock-vneid people ?${name}`))
    },
  )
})

describe('mock-vneid people check', () => {
  test('prints nothing of a file that a terminal would obey', async () => {
    const file = join(folderWith({ 'evil.csv': 'id,\u001B[2Jname,sex\nan,x,y\n' }), 'evil.csv')

    const { code, err } = await runHere(['people', 'check', file])

    expect(code).toBe(1)
    expect(err).toContain('[2Jname')
    expect(err).not.toContain('\u001B')
  })

  const columns = 'id,name,sex,age,place_of_origin,province,card.issued_on,level'
  const broken = `${columns}\nsmall,Lê Văn Một,male,5,Huế,Huế,2025-01-01,2\nadult-level-2,Lê Hai,male,30,Huế,Huế,2025-01-01,2\n`

  test('ends with 1 and says everything, with file, line, field, rule and article', async () => {
    const file = join(folderWith({ 'mine.csv': broken }), 'mine.csv')
    const { code, out, err } = await runHere(['people', 'check', file])
    const asJson = await runHere(['people', 'check', file, '--json'])

    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(/^these people cannot be taken \(3 problems\):\n/)
    expect(err).toContain('"adult-level-2" of people[0] (config/people.yaml:')
    expect(asJson.code).toBe(1)
    expect(JSON.parse(asJson.out)).toMatchObject([
      {
        file,
        line: 2,
        path: ['people', 0, 'account', 'level'],
        rule: 'level-2-from-6',
        article: 'Decree 69/2024/NĐ-CP Art. 7',
      },
      {
        file,
        line: 2,
        path: ['people', 0, 'guardians'],
        article: expect.stringMatching(/10\(1\)d$/),
      },
      { file, line: 3, path: ['people', 1, 'id'] },
    ])
  })

  test('ends with 0 when all is as it should be', async () => {
    const lawful = `${columns}\nlarge,Lê Văn Một,male,50,Huế,Huế,2025-01-01,2\n`
    const file = join(folderWith({ 'mine.csv': lawful }), 'mine.csv')

    expect(await runHere(['people', 'check', file])).toEqual({
      code: 0,
      out: `${file}: 1 person, as the law has them.\n`,
      err: '',
    })
  })
})

describe('mock-vneid people export', () => {
  /** What is exported, given back as the only people there are. */
  async function givenBack(args: readonly string[], extension: string): Promise<Person[]> {
    const { code, out } = await runHere(['people', 'export', ...args])
    expect(code).toBe(0)
    const folder = nobody()
    const file = join(folder, `pack.${extension}`)
    writeFileSync(file, out)
    return peopleOf(['list', '--config', folder, '--people', file, '--population', '0'])
  }

  /** But for what follows from the id. */
  const known = (person: Person) => ({
    ...person,
    id: '',
    sub: '',
    guardianIds: person.guardianIds.length,
    dependantIds: [],
  })
  const byNumber = (people: readonly Person[]) =>
    people.toSorted((a, b) => a.number.localeCompare(b.number))

  test.each(['yaml', 'json', 'csv'])('of a population can be given back as %s', async (format) => {
    const who = ['--age', '8-30', '--limit', '40', '--after', 'zzz', '--seed', 'any', ...few]
    const found = await peopleOf(['search', ...who])
    const back = await givenBack([...who, '--format', format], format)
    const numbers = new Set(found.map(({ number }) => number))
    const same = back.filter(({ number }) => numbers.has(number))

    expect(byNumber(same).map(known)).toEqual(byNumber(found).map(known))
    expect(back.every(({ id }) => id.startsWith('copy-of-p-'))).toBe(true)
    const children = back.filter(({ age }) => age < 14)
    expect(children.length).toBeGreaterThan(0)
    expect(children.every(({ guardianIds }) => guardianIds.length > 0)).toBe(true)
  })

  test.each(['yaml', 'json', 'csv'])('of the personas can be given back as %s', async (format) => {
    const personas = await peopleOf(['list', '--limit', '1000'])
    const back = await givenBack(['--limit', '1000', '--format', format], format)

    expect(byNumber(back).map(known)).toEqual(byNumber(personas).map(known))
    expect(back.some(({ memberships }) => memberships.length > 0)).toBe(true)
    expect(back.some(({ guardianIds }) => guardianIds.length > 0)).toBe(true)
  })

  describe.each(['yaml', 'json', 'csv'])('as %s', (format) => {
    const exported = async (...args: string[]): Promise<string> => {
      const { code, out } = await runHere(['people', 'export', ...args, '--format', format])
      expect(code).toBe(0)
      const file = join(folderWith({ [`pack.${format}`]: out }), `pack.${format}`)
      return file
    }

    test('can be given back to the configuration that it is of, which has everybody once', async () => {
      const own = await exported('--limit', '1000')
      const some = await exported('--age', '6-13', '--usable', '--limit', '30')
      const before = await peopleOf(['list', '--limit', '1000'])
      const after = await peopleOf(['list', '--limit', '1000', '--people', `${own},${some}`])
      const copies = after.filter(({ id }) => id.startsWith('copy-of-p-'))

      expect(await runHere(['people', 'check', own, some])).toMatchObject({ code: 0, err: '' })
      expect(copies.length).toBeGreaterThan(20)
      expect(after.filter((person) => !copies.includes(person))).toEqual(before)
    })

    test('of a mock that runs can be given back to the configuration that it has', async () => {
      const { issuer, ...mock } = await startMock({
        clock: new FrozenClock(Date.parse('2025-11-30T08:00:00Z')),
      })
      await mock.people.create({ id: 'made-there', age: 30 })
      const file = await exported('--limit', '1000', '--url', issuer)
      const back = await peopleOf(['list', '--limit', '1000', '--people', file])

      expect(await runHere(['people', 'check', file])).toMatchObject({ code: 0, err: '' })
      expect(back.map(({ id }) => id)).toContain('made-there')
    })

    test('says what to do about somebody who was changed in it', async () => {
      const file = await exported('--limit', '1000')
      const changed = readFileSync(file, 'utf8').replace('adult-level-2@', 'changed@')
      writeFileSync(file, changed)
      const { code, err } = await runHere(['people', 'check', file])

      expect(code).toBe(1)
      expect(err).toContain('(1 problem)')
      expect(err).toMatch(
        /must be its own, got "adult-level-2" of people\[0\] \(\S+people\.yaml:\d+\), which says otherwise\. Leave one of them out, or give this one another id and number/,
      )
    })
  })
})
