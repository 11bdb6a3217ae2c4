import { describe, expect, test } from 'vitest'
import { writePack } from '../../src/config/index.ts'
import { linesAbout, load } from './files.ts'

const usual = 'id,name,sex,age,place_of_origin,province,level,card.issued_on'
const anna = 'anna,Lê Thị An,Nữ,34,Huế,Huế,2,17/05/2024'

/** A table of one person, who has these cells too. */
const table = (cells: Readonly<Record<string, string>>) => ({
  'people.yaml': 'people: []\n',
  'people/a.csv': `${[usual, ...Object.keys(cells)].join(',')}\n${[anna, ...Object.values(cells)].join(',')}\n`,
})

const personOf = (cells: Readonly<Record<string, string>>) => load(table(cells)).people.people[0]

describe('a column of documents', () => {
  test.each([
    ['documents.__proto__.get', '.'],
    ['documents.constructor.prototype', '.'],
    ['documents.toString.call', '.'],
    ['documents.vehicles.length', '. Did you mean "documents.vehicles.0.plate"?'],
    ['documents.vehicles.99999999.plate', '. Did you mean "documents.vehicles.0.plate"?'],
    ['documents.vehicles.00.plate', '. Did you mean "documents.vehicles.0.plate"?'],
    ['documents.vehicles.12.plat', '. Did you mean "documents.vehicles.12.plate"?'],
    ['documents.tax', '. Did you mean "documents.tax.code"?'],
    ['documents.tax.code.x', '. Did you mean "documents.tax.code"?'],
    ['documents.driving_license.number', '. Did you mean "documents.driving_licence.number"?'],
  ])('is one that documents have, and "%s" is none', (name, question) => {
    expect(linesAbout(table({ [name]: 'yes', 'documents.vehicles.length': '9' }))).toContain(
      `(the whole file) | "${name}" is no column${question} (a.csv:1)`,
    )
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(({} as Record<string, unknown>)['get']).toBeUndefined()
  })

  test('that is none says nothing of what it was meant for', () => {
    const cells = {
      'documents.health_book.numbr': 'SK-1',
      'documents.health_book.issued_on': '03/02/2020',
    }

    expect(linesAbout(table(cells))).toEqual([
      '(the whole file) | "documents.health_book.numbr" is no column. Did you mean "documents.health_book.number"? (a.csv:1)',
    ])
  })

  test('may be for any of a hundred, and those without a cell are none', () => {
    const cells = {
      'documents.vehicles.0.plate': '',
      'documents.vehicles.99.plate': '75-A1 123.45',
      'documents.vehicles.99.kind': 'xe máy',
      'documents.vehicles.99.issued_years_ago': '2',
    }

    expect(personOf(cells)?.documents).toEqual({
      vehicles: [{ plate: '75-A1 123.45', kind: 'xe máy', issued_years_ago: 2 }],
    })
  })
})

describe('a cell', () => {
  test.each([
    ['number', '05192000777', 'number'],
    ['passcode', '01234', 'account.passcode'],
  ])('of "%s" that Excel did not write gets no zeros: %s', (column, cell, place) => {
    expect(linesAbout(table({ [column]: cell }))).toEqual([
      expect.stringMatching(new RegExp(`^people\\[0\\]\\.${place} \\| .* got "${cell}"`)),
    ])
  })

  test('of a passcode of zeros gets them all back', () => {
    expect(personOf({ passcode: '0' })?.account.passcode).toBe('000000')
  })

  test.each(['10/25/1992', '31/02/1992', '00/01/1992'])(
    'that is no day is told as it stands: %s',
    (day) => {
      expect(linesAbout(table({ 'card.expires_on': day }))).toEqual([
        `people[0].card.expires_on | must be a day of the calendar, such as "2020-05-17", got "${day}" (a.csv:2)`,
      ])
    },
  )

  test.each(['constructor', '__proto__'])('may say what every object has: %s', (word) => {
    const files = table({})
    const said = { ...files, 'people/a.csv': files['people/a.csv'].replace('Nữ', word) }

    expect(linesAbout(said)).toEqual([
      `people[0].sex | must be one of male, female, got "${word}" (a.csv:2)`,
    ])
  })
})

describe('several in a cell', () => {
  test.each([
    [String.raw`Lê Thị A; Lê Thị B`, ['Lê Thị A', 'Lê Thị B']],
    [String.raw`; Lê\; Thị A ;;`, ['Lê; Thị A']],
    [String.raw`Lê\Thị\\; B\;`, ['Lê\\Thị\\', 'B;']],
  ])('are read of %s', (cell, names) => {
    expect(personOf({ previous_names: cell })?.previous_names).toEqual(names)
  })

  test('are given back as they were, with signs of their own', () => {
    const names = ['Lê; Thị A', 'B', String.raw`C\; D\\`, ';']
    const [person] = load(table({})).people.people
    const entry = { ...person, memberships: [], previous_names: names }
    const csv = writePack({ people: [entry], organizations: [] }, 'csv')
    const { people } = load({ 'people.yaml': 'people: []\n', 'people/a.csv': csv }).people

    expect(people[0]?.previous_names).toEqual(names)
  })
})
