import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../../scripts/read-config.mjs'
import { readAtBuild } from '../../src/config/read-at-build.ts'
import { asRead, parseYaml } from '../../src/config/yaml-file.ts'

const folder = join(import.meta.dirname, '../../config')
const files = readdirSync(folder).map((name) => ({
  name,
  text: readFileSync(join(folder, name), 'utf8'),
}))

describe('a file of ours that was read while the product was built', () => {
  const known = readConfig(folder)

  test.each(files)('says what its YAML says: $name', ({ name, text }) => {
    const json = known[createHash('sha256').update(text).digest('hex')]

    expect(JSON.parse(json!)).toEqual(parseYaml(name, text).value)
  })

  test('still knows its lines', () => {
    const { text } = files.find(({ name }) => name === 'people.yaml')!
    const slow = parseYaml('people.yaml', text)
    const file = asRead('people.yaml', text, slow.value)

    for (const path of [[], ['people'], ['people', 3, 'id'], ['people', 20, 'nothing']])
      expect(file.lineOf(path)).toBe(slow.lineOf(path))
    expect(file.lineOf(['people', 3, 'id'])).toBeGreaterThan(1)
  })

  test('is no longer known once it was changed', () => {
    for (const { text } of files) expect(readAtBuild(`${text}\n# mine`)).toBeUndefined()
  })
})
