import { readdirSync, readFileSync, statSync } from 'node:fs'
import { homedir, hostname, tmpdir, userInfo } from 'node:os'
import { join, sep } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packageRoot } from '../../src/kernel/index.ts'
import { Consumer } from './packed.ts'

/** What `package.json` says, as far as it matters here. */
interface Manifest {
  dependencies?: Record<string, string>
  devDependencies: Record<string, string>
}

describe('the packed package', () => {
  let consumer: Consumer
  let files: string[]
  let manifest: Manifest

  beforeAll(async () => {
    consumer = await Consumer.withThePackage()
    files = readdirSync(consumer.installed, { recursive: true, encoding: 'utf8' })
      .filter((file) => statSync(join(consumer.installed, file)).isFile())
      .map((file) => file.replaceAll(sep, '/'))
    manifest = JSON.parse(consumer.read('package.json')) as Manifest
  })
  afterAll(() => consumer?.remove())

  test('holds what is run, read and shown, and nothing that it is made of', () => {
    const tops = [...new Set(files.map((file) => file.split('/').slice(0, -1).join('/') || file))]
    const unexpected = tops.filter((top) => !/^(?:config|dist|views)(?:\/|$)/.test(top))

    expect(unexpected.toSorted()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'README.vi.md',
      'package.json',
    ])
    expect(files.filter((file) => /(?<!\.d)\.ts$|\.map$|\.css\.ts$|\.compiled/.test(file))).toEqual(
      [],
    )
  })

  test('brings views, words, fonts, people and clients along', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        'config/clients.yaml',
        'config/people.yaml',
        'config/services.yaml',
        'config/settings.yaml',
        'views/locales/en.yaml',
        'views/locales/vi.yaml',
        'views/sign-in/identify.eta',
      ]),
    )
    expect(files.filter((file) => /^dist\/public\/.*\.woff2$/.test(file))).not.toEqual([])
    expect(files.filter((file) => /^dist\/public\/.*\.css$/.test(file))).not.toEqual([])
  })

  test('tells nothing of the machine on which it was made', () => {
    const traces = [packageRoot, homedir(), tmpdir(), hostname(), `${userInfo().username}@`]
    const telling = files.filter((file) => {
      const text = readFileSync(join(consumer.installed, file), 'latin1')
      return traces.some((trace) => trace.length > 4 && text.includes(trace))
    })

    expect(traces.some((trace) => trace.length > 4)).toBe(true)
    expect(telling).toEqual([])
  })

  test('asks for no other package, since it carries them', () => {
    expect(manifest.dependencies).toBeUndefined()
    expect(readdirSync(join(consumer.folder, 'node_modules')).toSorted()).toEqual([
      '.bin',
      '.package-lock.json',
      'mock-vneid',
    ])
  })

  test('says whose work it carries, and why is on record', () => {
    const licences = consumer.read('dist/THIRD-PARTY.txt')
    const carried = Object.keys(manifest.devDependencies).filter((name) =>
      licences.includes(`\n${name} `),
    )
    const record = readFileSync(join(packageRoot, 'docs/decisions/002-dependencies.md'), 'utf8')
    const reasons = [...record.matchAll(/^\| +(`[^|]+)\|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
    )

    expect(carried).toContain('oidc-provider')
    expect(reasons.toSorted()).toEqual(carried.toSorted())
    expect(licences).toContain('SIL OPEN FONT LICENSE')
  })

  test('has declarations that need no library but those of the test runners', () => {
    const imports = files
      .filter((file) => file.endsWith('.d.ts'))
      .flatMap((file) =>
        [...consumer.read(file).matchAll(/\bfrom '([^.'][^']*)';$/gm)].map(
          ([, from]) => `${file} ${from}`,
        ),
      )
    const foreign = imports.filter((text) => !/ node:\w+$/.test(text))

    expect([...new Set(foreign)].toSorted()).toEqual([
      'dist/types/fixtures/playwright.d.ts @playwright/test',
      'dist/types/fixtures/vitest.d.ts vitest',
    ])
  })

  test('is published in good order', async () => {
    const { messages, pkg } = await publint({
      pkgDir: consumer.installed,
      pack: false,
      strict: true,
    })

    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([])
  })
})
