import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { startMock, type TestMock } from '../support/mock.ts'
import { redisServerPath, RedisServer } from '../support/redis.ts'
import { Program } from './program.ts'
import { runHere } from './run-here.ts'

const folder = mkdtempSync(join(tmpdir(), 'mock-vneid-examples-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Every example of every help text. */
async function examplesIn(path: readonly string[]): Promise<string[]> {
  const { out } = await runHere([...path, '--help'])
  const below = (title: string) => new RegExp(`^${title}:\\n((?: {2}.*\\n?)+)`, 'm').exec(out)?.[1]
  const names = [...(below('Commands') ?? '').matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name!)
  const examples = (below('Examples') ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  for (const name of names.filter((name) => name !== 'help'))
    examples.push(...(await examplesIn([...path, name])))
  return examples
}

const all = [...new Set(await examplesIn([]))]
const servesOn = (line: string) => /^mock-vneid (start|portal)\b|--follow\b/.test(line)
const reloads = (line: string) => line.startsWith('mock-vneid reload')

/** The words of the command itself, in a line of a shell. */
function wordsOf(line: string): string[] {
  const [, command = ''] = /mock-vneid ((?:"[^"]*"|[^"|>])+)/.exec(line) ?? []
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word!)
}

/** What a line of a shell expects of the command: that it is refused, or what its JSON has. */
const isRefused = (line: string) => line.endsWith('|| echo refused')
const keyRead = (line: string) => /\| jq -r \.(\w+)/.exec(line)?.[1]

let mock: TestMock

/** The mock, the people and the relying party that an example takes for granted. */
async function takenForGranted(line: string): Promise<void> {
  mock = await startMock({ portal: line.includes(':3007') })
  if (line.includes('my-test') && !line.includes('create'))
    await (await mock.world({ name: 'my-test' })).signIn({ as: 'child-13' })
  if (line.includes('my-portal'))
    await mock.clients.register({
      client_id: 'my-portal',
      client_secret: 'only-the-portal-knows',
      redirect_uris: ['http://localhost:8080/callback'],
    })
  vi.stubEnv('MOCK_VNEID_URL', mock.issuer)
  vi.stubEnv('MOCK_VNEID_PORT', new URL(mock.issuer).port)
}

/** The same words, of what is there. */
function here(word: string): string {
  return word
    .replace(/http:\/\/(localhost|provider):3006/, mock.issuer)
    .replace('http://localhost:3007', mock.portalUrl ?? '')
    .replace(/^(?:\.\/)?(my-config|my-people\.\w+)$/, join(folder, '$1'))
    .replace(/^-$/, join(folder, 'secret'))
}

beforeEach(() => vi.unstubAllEnvs())

describe('the examples of the help texts', () => {
  test('are there for every command', () => {
    expect(new Set(all.map((line) => wordsOf(line)[0]))).toEqual(
      new Set(
        'start portal login people worlds clock journal health doctor reload config'.split(' '),
      ),
    )
    expect(all.length).toBeGreaterThan(30)
  })

  test.each(all.filter((line) => !servesOn(line) && !reloads(line)))(
    'do as they say: %s',
    async (line) => {
      await takenForGranted(line)
      await filesOf(line)
      const { code, out, err } = await runHere(wordsOf(line).map(here))

      expect({ code, isSilent: err === '' }).toEqual(
        isRefused(line) ? { code: 1, isSilent: false } : { code: 0, isSilent: true },
      )
      const key = keyRead(line) ?? ''
      const said = key === '' ? [] : out.trim().split('\n')
      const without = said.filter((json) => !Object.hasOwn(JSON.parse(json) as object, key))
      expect(without).toEqual([])
    },
  )

  test.each(all.filter(servesOn))('go on until Ctrl-C: %s', async (line) => {
    const redis = await redisFor(line)
    await takenForGranted(line)
    const args = wordsOf(line).map((word) =>
      word.startsWith('redis:') ? (redis?.address ?? 'memory') : here(word),
    )
    const program = new Program(args, {
      MOCK_VNEID_URL: mock.issuer,
      MOCK_VNEID_PORT: '0',
      MOCK_VNEID_PORTAL_PORT: '0',
    })

    await (args.includes('--follow')
      ? mock.signIn({ as: 'child-13', client: 'my-portal' }).then(() => program.says(/my-portal/))
      : program.says(/Ctrl-C stops it|"event":"started"/))
    const { code, err } = await program.stop('SIGINT')
    await redis?.end()

    expect({ code, err }).toEqual({ code: 0, err: '' })
  })

  test.each(all.filter(reloads))('reach a mock that runs: %s', async (line) => {
    const data = mkdtempSync(join(folder, 'data-'))
    const program = new Program(['start', '--port=0', '--no-portal', '--data-folder', data])
    await program.ready()
    vi.stubEnv('MOCK_VNEID_DATA_FOLDER', data)

    const { code, err } = await runHere(
      wordsOf(line).map((word) => (word.startsWith('/var/lib/') ? data : word)),
    )

    expect({ code, err }).toEqual({ code: 0, err: '' })
  })
})

const redisFor = (line: string): Promise<RedisServer> | undefined =>
  line.includes('redis:') && redisServerPath !== undefined ? RedisServer.start() : undefined

/** Files that examples name: people as they are exported, and settings. */
async function filesOf(line: string): Promise<void> {
  if (!/my-|PORTAL_SECRET/.test(line)) return
  for (const format of ['csv', 'yaml']) {
    const ages = format === 'csv' ? '20-30' : '40-50'
    const { out } = await runHere(
      `people export --format ${format} --age ${ages} --limit 3`.split(' '),
    )
    writeFileSync(join(folder, `my-people.${format}`), out)
  }
  mkdirSync(join(folder, 'my-config'), { recursive: true })
  writeFileSync(join(folder, 'my-config/settings.yaml'), 'store: memory\n')
  writeFileSync(join(folder, 'secret'), 'only-the-portal-knows\n')
}
