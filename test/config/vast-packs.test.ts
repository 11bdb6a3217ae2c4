import { describe, expect, test } from 'vitest'
import { ConfigInvalid } from '../../src/config/index.ts'
import { linesAbout, load } from './files.ts'

const nobody = 'people: []\n'

const nested = (times: number, [open = '', close = '']: readonly string[], inside = '1') =>
  `${open.repeat(times)}${inside}${close.repeat(times)}`

const list = ['[', ']']
const map = ['{"a":', '}']

const said = 'must not be nested deeper than 64 levels'

describe('a pack that is nested without end', () => {
  test.each([
    ['a list in JSON', 'a.json', `[\n\n${nested(20_000, list)}]`, 3],
    ['a map in JSON', 'a.json', `{"people":\n${nested(20_000, map)}}`, 2],
    ['a line for each level in JSON', 'a.json', nested(1000, ['[\n', ']\n']), 65],
    ['a list in YAML', 'a.yaml', `people:\n  ${nested(20_000, list)}\n`, 2],
    ['a map in YAML', 'a.yaml', `people:\n  ${nested(20_000, map)}\n`, 2],
    ['a list that never ends', 'a.yaml', `people:\n\n\n  ${'['.repeat(20_000)}`, 4],
    ['a list without brackets', 'a.yaml', `people:\n  ${'- '.repeat(20_000)}1\n`, 2],
    ['a key', 'a.yaml', `people: []\n${'? '.repeat(20_000)}1\n`, 2],
  ])('is refused with the line: %s', (_what, name, text, line) => {
    expect(linesAbout({ 'people.yaml': nobody, [`people/${name}`]: text })).toEqual([
      `(the whole file) | ${said} (${name}:${line})`,
    ])
  })

  test('is not one that has just so many levels', () => {
    const about = (levels: number) =>
      linesAbout({ 'people.yaml': nobody, 'people/a.json': nested(levels, list) })

    expect(about(64)[0]).toContain('people[0] | must be an object, got [[')
    expect(about(65)).toEqual([`(the whole file) | ${said} (a.json:1)`])
  })

  test('is one like any file of ours', () => {
    for (const name of ['settings.yaml', 'clients.yaml', 'services.yaml'])
      expect(linesAbout({ [name]: nested(20_000, list) })).toEqual([
        `(the whole file) | ${said} (${name}:1)`,
      ])
  })
})

describe('a pack with more problems than a call has arguments', () => {
  const many = 130_000

  const problemsOf = (files: Readonly<Record<string, string>>): number => {
    try {
      load(files)
    } catch (error) {
      if (error instanceof ConfigInvalid) return error.problems.length
      throw error
    }
    return 0
  }

  test('has all of them told', () => {
    const text = `[${'1,\n'.repeat(many - 1)}1]`

    expect(problemsOf({ 'people.yaml': nobody, 'people/a.json': text })).toBe(many)
  })

  test('has all of them told of its columns', () => {
    const text = `id${',id'.repeat(many)}`

    expect(problemsOf({ 'people.yaml': nobody, 'people/a.csv': text })).toBe(many)
  })

  test('has the first of its columns told what they were meant for', () => {
    const text = Array.from({ length: 51 }, (_, nth) => `phone${nth}`).join(',')
    const lines = linesAbout({ 'people.yaml': nobody, 'people/a.csv': text })

    expect(lines.filter((line) => line.includes('Did you mean "phone"?'))).toEqual(
      lines.slice(0, 50),
    )
  })

  test('may have as many rows', () => {
    const files = { 'people.yaml': nobody, 'people/a.csv': `id,name\n${',\n'.repeat(many)}` }

    expect(load(files).people.people).toEqual([])
  })
})
