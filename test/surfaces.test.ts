import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { z } from 'zod'
import { buildIfStale } from '../scripts/build.mjs'
import { plainSettings, settingsSchema, variableOf } from '../src/config/settings.ts'
import { packageRoot } from '../src/kernel/index.ts'
import { linesAbout, load } from './config/files.ts'

/** Settings that are a map of settings of their own: a file says those. */
const sections = ['sign_in', 'provider', 'pages']

/** How the command line writes its lines, which a program that takes the events has no use for. */
const printing = ['log_format', 'log_level']

/** What a start is given beside settings: where the files are, and what a program hands in. */
const onlyOptions = ['config', 'clock', 'random', 'log', 'listen']

const read = (file: string) => readFileSync(join(packageRoot, file), 'utf8')

const camelCase = (name: string) =>
  name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

/** The commented tour with its "#" taken away: what is left are comments at the ends of lines. */
const tour = read('config/settings.yaml')
  .split('\n')
  .filter((line) => /^#\s+\S+:/.test(line))
  .map((line) => line.slice(2))
  .join('\n')

describe('every setting', () => {
  const defaults = settingsSchema.parse({})

  test('stands in the commented tour with its default', () => {
    const { issuer, ...told } = parse(tour) as Record<string, unknown>

    expect(told).toEqual(defaults)
    expect(issuer).toBe(`http://localhost:${defaults.port}`)
  })

  test('of the tour can be read when its "#" is taken away', () => {
    const { settings } = load({ 'settings.yaml': tour })

    expect(settings).toEqual({ ...defaults, issuer: 'http://localhost:3006' })
  })

  test('that is a plain value can be given to a single start', () => {
    const { shape } = settingsSchema as unknown as z.ZodObject
    const plain = Object.keys(shape).filter((name) => !sections.includes(name))

    expect(plain.toSorted()).toEqual([...plainSettings].toSorted())
  })
})

describe('every plain setting', () => {
  test('is a variable of the environment, which the nearest name leads to', () => {
    for (const name of plainSettings)
      expect(linesAbout({}, { environment: { [`${variableOf(name)}_`]: '' } })).toEqual([
        `${variableOf(name)}_ | is not an option. Did you mean "${variableOf(name)}"? (environment)`,
      ])
  })

  test('stands in the example of an environment file', () => {
    const variables = [...read('.env.example').matchAll(/^#? ?(MOCK_VNEID_\w+)=/gm)].map(
      ([, name = '']) => name,
    )

    expect(variables.toSorted()).toEqual(
      [...plainSettings.map(variableOf), 'MOCK_VNEID_CONFIG'].toSorted(),
    )
  })

  test('reaches the containers of the sandbox, unless the example says that it does not', () => {
    const { services } = parse(read('docker-compose.yml'), { merge: true }) as {
      services: Record<string, { environment?: object }>
    }
    const passedOn = Object.values(services).flatMap(({ environment = {} }) =>
      Object.keys(environment),
    )
    const [, without = ''] = read('.env.example').split(/^# ── https, without compose ─+\n/m)
    const [section = ''] = without.split('# ──')
    const notPassedOn = [...section.matchAll(/^# (MOCK_VNEID_\w+)=/gm)].map(([, name]) => name!)

    expect([...new Set(passedOn), ...notPassedOn].toSorted()).toEqual(
      [...plainSettings.map(variableOf), 'MOCK_VNEID_CONFIG'].toSorted(),
    )
    expect(notPassedOn.toSorted()).toEqual(
      plainSettings
        .map(variableOf)
        .filter((name) => name.startsWith('MOCK_VNEID_TLS'))
        .toSorted(),
    )
  })

  test.each([
    ['port', '4000', 4000],
    ['portal_port', '4000', 4000],
    ['portal', 'false', false],
    ['issuer', 'http://id.example', 'http://id.example'],
    ['allow_gov_host', 'true', true],
    ['data_folder', 'elsewhere', 'elsewhere'],
    ['real_number_prefixes', 'true', true],
    ['discovery_url', 'http://provider:3006/', 'http://provider:3006'],
    ['max_records', '5000', 5000],
    ['max_worlds', '20', 20],
    ['journal_entries', '20', 20],
    ['population', '5_000', { size: 5000, anchor_day: '2026-01-01', shares: {} }],
    ['population_seed', 'other', 'other'],
    ['outbound', 'http://rp.test:8080/', ['http://rp.test:8080']],
  ] as const)('can be said by its variable: %s', (name, text, value) => {
    const { settings } = load({}, { environment: { [variableOf(name)]: text } })

    expect(settings[name]).toEqual(value)
  })

  test('is an option of a start inside a program', () => {
    const [, body = ''] = /export interface StartOptions \{\n([\s\S]*?)\n\}/.exec(
      read('src/start-options.ts'),
    )!
    const options = [...body.matchAll(/^ {2}(\w+)\?:/gm)].map(([, name]) => name!)

    expect(options.filter((name) => !onlyOptions.includes(name)).toSorted()).toEqual(
      plainSettings
        .filter((name) => !printing.includes(name))
        .map(camelCase)
        .toSorted(),
    )
  })

  describe('on the command line', () => {
    beforeAll(() => buildIfStale())

    test('is a flag', () => {
      const help = execFileSync(
        process.execPath,
        [join(packageRoot, 'dist/cli.js'), 'start', '--help'],
        {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        },
      )
      const flags = [...help.matchAll(/^ {2}(?:-\w, )?--(?:no-)?([\w-]+)/gm)].map(
        ([, name]) => name!,
      )

      expect(flags.filter((name) => name !== 'help' && name !== 'config').toSorted()).toEqual(
        plainSettings.map((name) => name.replaceAll('_', '-')).toSorted(),
      )
    })
  })
})
