import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { packageRoot } from '../../src/kernel/index.ts'
import { runHere } from '../cli/run-here.ts'
import { folderWith, load } from '../config/files.ts'
import { blocksOf, readText } from '../support/markdown.ts'
import { dataFolder } from '../support/mock.ts'

const blocks = blocksOf(readText('docs/people.md'))
const textOf = (wanted: string) => blocks.find(({ language }) => language === wanted)!.text
const lines = textOf('sh').trim().split('\n')

describe('the examples about people', () => {
  test.each(lines)('are run: %s', async (line) => {
    const file = join(folderWith({}), 'my-people.csv')
    writeFileSync(file, textOf('csv'))
    const words = [...line.replace('npx mock-vneid ', '').matchAll(/"([^"]*)"|(\S+)/g)]
    const args = words.map(([, quoted, plain = '']) => quoted ?? plain)

    const { code, out, err } = await runHere(
      args.map((word) => (word === 'my-people.csv' ? file : word)),
    )

    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out.split('\n').length).toBeGreaterThan(1)
  })

  test('are settings that can be', () => {
    const { population } = load({ 'settings.yaml': textOf('yaml') }).settings

    expect(population).toMatchObject({ size: 100_000, shares: { foreigners: 0.1 } })
  })

  test('are of a program that runs', async () => {
    vi.stubEnv('MOCK_VNEID_DATA_FOLDER', dataFolder)
    onTestFinished(() => void vi.unstubAllEnvs())
    mkdirSync(join(packageRoot, 'dist'), { recursive: true })
    const folder = mkdtempSync(join(packageRoot, 'dist/docs-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const file = join(folder, 'people.ts')
    const program = textOf('ts').replace(`'mock-vneid'`, `'../../src/index.ts'`)
    writeFileSync(file, `${program}\nexport { child, adults, claims }\n`)

    const found = (await import(pathToFileURL(file).href)) as Record<string, unknown>

    expect(found['child']).toMatchObject({ age: 13, address: { province: 'Lào Cai' } })
    expect(found['adults']).toHaveLength(5)
    expect(found['claims']).toHaveProperty('personal_id_number')
  })
})
