import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith, linesAbout, load } from './files.ts'

const tenTimes = (name: string) => `[${Array.from({ length: 10 }, () => `*${name}`).join(',')}]`

const bomb = [
  'a: &a [1]',
  `b: &b ${tenTimes('a')}`,
  `c: &c ${tenTimes('b')}`,
  `d: &d ${tenTimes('c')}`,
  `e: ${tenTimes('d')}`,
].join('\n')

describe('a file that is no YAML', () => {
  test.each([
    ['tabs', 'port: 1\npages:\n\ttest_data: true\n', 'Tabs are not allowed as indentation', 3],
    ['a key twice', 'port: 1\nport: 2\n', 'Map keys must be unique', 2],
    ['a quote left open', 'port: 1\nissuer: "http\n', 'Missing closing "quote', 3],
    ['two documents', 'port: 1\n---\nport: 2\n', 'Source contains multiple documents', 2],
    ['a tag of a language', 'port: 1\nissuer: !!js/function x\n', 'Unresolved tag', 2],
    ['an alias of nothing', 'port: *nobody\n', 'Unresolved alias', 1],
    ['an alias inside of itself', 'pages: &a { test_data: *a }\n', 'an alias stands inside', 1],
    ['aliases that multiply', bomb, 'Excessive alias count', 1],
  ])('is refused with the line: %s', (_what, text, said, line) => {
    const lines = linesAbout({ 'settings.yaml': text })

    expect(lines).toContainEqual(
      expect.stringMatching(
        new RegExp(`^\\(the whole file\\) \\| ${said}.*\\(settings\\.yaml:${line}\\)$`),
      ),
    )
  })

  test('does not keep the problems of other files back', () => {
    const lines = linesAbout({ 'clients.yaml': 'clients: [', 'settings.yaml': 'port: x\n' })

    expect(lines.map((line) => /\((\S+)\)$/.exec(line)?.[1])).toEqual([
      'settings.yaml:1',
      'clients.yaml:1',
    ])
  })
})

describe('a file that is YAML and nothing of ours', () => {
  test.each([
    ['- port: 1\n', '[{"port":1}]'],
    ['hello\n', '"hello"'],
  ])('is refused as a whole: %j', (text, found) => {
    for (const file of ['settings.yaml', 'clients.yaml', 'people.yaml', 'services.yaml'])
      expect(linesAbout({ [file]: text })).toEqual([
        `(the whole file) | must be an object, got ${found} (${file}:1)`,
      ])
  })

  test('refuses a list as a key without a word of the parser’s own', () => {
    expect(linesAbout({ 'settings.yaml': '? [a, b]\n: 1\n' })).toEqual([
      '[ a, b ] | "[ a, b ]" is not an option. (settings.yaml:1)',
    ])
  })

  test('refuses names that every object has', () => {
    const lines = linesAbout({ 'settings.yaml': '__proto__: { port: 1 }\nconstructor: 1\n' })

    expect(lines).toEqual([
      '__proto__ | "__proto__" is not an option. (settings.yaml:1)',
      'constructor | "constructor" is not an option. (settings.yaml:2)',
    ])
  })
})

describe('an empty file', () => {
  test.each(['', '\n', '# nothing but a comment\n', '---\n'])(
    'of settings changes none: %j',
    (text) => {
      expect(load({ 'settings.yaml': text }).settings).toEqual(load().settings)
    },
  )

  test('of anything else lacks its list', () => {
    const lines = linesAbout({ 'clients.yaml': '', 'people.yaml': '# none\n', 'services.yaml': '' })

    expect(lines).toEqual([
      'people | is missing (people.yaml:1)',
      'clients | is missing (clients.yaml:1)',
      'services | is missing (services.yaml:1)',
    ])
  })
})

describe('a file from another editor', () => {
  test.each([
    ['a byte order mark', '\uFEFFport: 4000\n'],
    ['line ends of Windows', 'port: 4000\r\nportal: true\r\n'],
  ])('is read all the same: %s', (_what, text) => {
    expect(load({ 'settings.yaml': text }).settings.port).toBe(4000)
  })

  test('counts lines by its own line ends', () => {
    expect(linesAbout({ 'settings.yaml': '# one\r\n# two\r\nport: x\r\n' })).toEqual([
      'port | must be an integer from 0 to 65535, got "x" (settings.yaml:3)',
    ])
  })
})

describe('a file that cannot be read', () => {
  test('is named', () => {
    const folder = folderWith({})
    const file = join(folder, 'people.yaml')
    mkdirSync(file)

    expect(() => load({}, { folder })).toThrow(
      expect.objectContaining({
        code: 'ERR_FILE_UNREADABLE',
        file,
        message: expect.stringContaining(`file "${file}" `),
      }),
    )
  })

  test('is refused when it is larger than any of ours', () => {
    expect(linesAbout({ 'settings.yaml': '#'.repeat(21 * 1024 * 1024) })).toEqual([
      '(the whole file) | is larger than 20971520 bytes (settings.yaml:1)',
    ])
  })
})
