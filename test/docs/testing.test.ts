import { cpSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settingsSchema } from '../../src/config/settings.ts'
import { allOperations, operations } from '../../src/control/operations.ts'
import { startMockVneid, type RunningMock } from '../../src/index.ts'
import { packageRoot } from '../../src/kernel/index.ts'
import { clean, Consumer, run } from '../package/packed.ts'
import { chromiumPath } from '../support/machine.ts'
import { blocksOf, codesIn, readText, tableOf } from '../support/markdown.ts'
import { dataFolder } from '../support/mock.ts'

const guide = readText('docs/testing.md')
const examples = blocksOf(guide)
  .filter(({ language }) => language !== 'sh')
  .map(({ language, text }, index) => ({
    name: `example-${index}${endingOf(language, text)}`,
    text,
  }))

/** By which runner a block is run. */
function endingOf(language: string, text: string): string {
  if (text.includes('export default async function')) return '.setup.ts'
  if (text.includes(`'mock-vneid/playwright'`)) return '.spec.ts'
  if (/from '(mock-vneid\/)?vitest'/.test(text)) return '.test.ts'
  return text.includes(`'node:test'`) ? '.test.mjs' : language === 'js' ? '.mjs' : '.ts'
}

const vitest = 'node_modules/vitest/vitest.mjs'

const named = (ending: string) =>
  examples.map(({ name }) => name).filter((name) => name.endsWith(ending))

// Runners, compilers and a browser are started, beside all other tests.
const patience = 180_000

describe('the examples of docs/testing.md', { timeout: patience }, () => {
  let consumer: Consumer
  let mock: RunningMock

  beforeAll(async () => {
    mock = await startMockVneid({ dataFolder })
    consumer = await Consumer.withThePackage()
    consumer.borrow('vitest', '@playwright/test', 'openid-client', '@types/node', 'undici-types')
    cpSync(join(packageRoot, 'test/docs/my-portal.js'), join(consumer.folder, 'my-portal.js'))
    for (const { name, text } of examples)
      consumer.write(name, text.replaceAll('http://localhost:3006', mock.issuer))
    consumer.write('tsconfig.json', tsconfig)
    consumer.write('playwright.config.js', playwrightConfig)
    consumer.write(
      'vitest.config.js',
      `export default { test: { include: ['*.test.ts'], testTimeout: 30_000 } }`,
    )
  }, patience)
  afterAll(async () => {
    consumer?.remove()
    await mock?.close()
  })

  const inNode = (...args: string[]) => run(process.execPath, args, consumer.folder)

  test('install the file that is made of this version', () => {
    expect(guide).toContain(`npm install --save-dev ../mock-vneid/${basename(consumer.tarball)}\n`)
  })

  test('have the right types', async () => {
    const compiler = join(packageRoot, 'node_modules/typescript/lib/tsc.js')

    expect(await inNode(compiler, '-p', '.')).toEqual(clean)
  })

  test('pass with vitest', async () => {
    const ran = await inNode(vitest, 'run', '--reporter=json')

    expect(ran).toMatchObject({ code: 0 })
    expect(JSON.parse(ran.out)).toMatchObject({ numTotalTestSuites: named('.test.ts').length })
  })

  test('share one mock where one was started for all', async () => {
    const [setup] = named('.setup.ts')
    const options = { include: ['shared.js'], globalSetup: [setup], testTimeout: 30_000 }
    consumer.write('shared.config.js', `export default { test: ${JSON.stringify(options)} }`)
    consumer.write(
      'shared.js',
      `
        import { expect, test } from 'mock-vneid/vitest'
        test('shared', ({ mock, world }) => {
          expect(process.env.MOCK_VNEID_URL).toMatch(/^http:/)
          expect(mock.issuer).toBe(process.env.MOCK_VNEID_URL)
          expect(world.issuer).toMatch(mock.issuer + '/w/')
        })
      `,
    )

    expect(await inNode(vitest, 'run', '--config', 'shared.config.js')).toMatchObject({ code: 0 })
  })

  test.skipIf(chromiumPath === undefined)('pass with Playwright', async () => {
    const passed = new RegExp(`^ +${named('.spec.ts').length} passed`, 'm')

    expect(await inNode('node_modules/@playwright/test/cli.js', 'test')).toMatchObject({
      code: 0,
      out: expect.stringMatching(passed),
    })
  })

  test('pass with node:test', async () => {
    expect(named('.test.mjs')).toHaveLength(1)

    expect(await inNode('--test', ...named('.test.mjs'))).toMatchObject({ code: 0 })
  })

  test('run to their end', async () => {
    const programs = named('.mjs').filter((name) => !name.endsWith('.test.mjs'))
    expect(programs).toHaveLength(1)

    expect(await inNode(...programs)).toEqual({
      ...clean,
      out: 'Phạm Hoàng Nam signed in at http://vneid.test\n',
    })
  })
})

describe('docs/testing.md', () => {
  test('tells every way in which a world can begin', () => {
    const told = tableOf(guide, 'option', 'without', 'effect').map(([name]) => codesIn(name!)[0])

    expect(new Set(told)).toEqual(new Set(Object.keys(operations['worlds.create'].fields)))
    expect(told).toHaveLength(new Set(told).size)
  })

  test('says of every operation what it is bound to', () => {
    const told = tableOf(guide, 'bound to', 'operations').map(([reach, names]) => [
      reach,
      codesIn(names!).toSorted(),
    ])
    const reaches = [...new Set(allOperations.map(({ boundTo }) => boundTo))]
    const bound = reaches.map((reach) => [
      reach,
      allOperations.flatMap(({ boundTo, name }) => (boundTo === reach ? name : [])).toSorted(),
    ])

    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(bound))
  })

  test('tells the limits that are settings', () => {
    const defaults = settingsSchema.parse({})
    const limits = tableOf(guide, 'what', 'at most').flatMap(([what, most]) =>
      codesIn(what!)
        .filter((name) => name in defaults)
        .map((name) => [name, Number(most!.replaceAll(',', ''))]),
    )

    expect(limits).toHaveLength(3)
    expect(defaults).toMatchObject(Object.fromEntries(limits) as object)
  })
})

const tsconfig = JSON.stringify({
  compilerOptions: {
    strict: true,
    noEmit: true,
    allowJs: true,
    checkJs: true,
    skipLibCheck: true,
    target: 'es2023',
    lib: ['es2023', 'dom', 'esnext.disposable'],
    module: 'nodenext',
    moduleResolution: 'nodenext',
    types: ['node'],
  },
  include: ['example-*'],
})

const playwrightConfig = `
  export default {
    testMatch: '*.spec.ts',
    timeout: 90_000,
    fullyParallel: true,
    reporter: 'line',
    use: {
      launchOptions: {
        executablePath: ${JSON.stringify(chromiumPath)},
        args: ['--no-sandbox', '--disable-dev-shm-usage'],
      },
    },
  }
`
