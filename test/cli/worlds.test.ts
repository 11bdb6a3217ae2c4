import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import { describe, expect, test } from 'vitest'
import { operations } from '../../src/control/operations.ts'
import { folderWith } from '../config/files.ts'
import { startMock } from '../support/mock.ts'
import { runToEnd } from './program.ts'
import { runHere } from './run-here.ts'

/** `idleSeconds` is `--idle-seconds`, `isFrozen` is `--frozen`. */
const flagOf = (name: string) =>
  name
    .replace(/^is/, '')
    .replaceAll(/(?<!^)[A-Z]/g, '-$&')
    .toLowerCase()

describe('mock-vneid worlds', () => {
  test('creates a world as it is told to, lists it, and ends it', async () => {
    const { issuer, ...mock } = await startMock()
    const url = ['--url', issuer]
    const beginning = ['--name', 'mine', '--seed', '7', '--at', '2027-03-01', '--frozen'].concat([
      '--stamps',
      'world',
      '--people',
      'none',
      '--idle-seconds',
      '60',
    ])

    const created = await runHere(['worlds', 'create', ...beginning, ...url])
    const listed = await runToEnd(['worlds', '--json', ...url])
    const ended = await runHere(['worlds', 'end', 'mine', ...url])

    expect(created).toMatchObject({ code: 0, err: '' })
    expect(created.out).toMatch(
      /^mine {2}\S+\/w\/mine {2}2027-03-01T00:00:00\+07:00 \(frozen, .*stamps: world\)\n$/,
    )
    expect(JSON.parse(listed.out)).toMatchObject([
      { name: 'default', issuer },
      { name: 'mine', issuer: `${issuer}/w/mine`, seed: '7', clock: { isFrozen: true } },
    ])
    expect(ended).toEqual({ code: 0, out: 'world "mine" has ended.\n', err: '' })
    expect(await mock.worlds.list()).toHaveLength(1)
  })

  test('creates a world that signs with keys of a file', async () => {
    const { issuer, ...mock } = await startMock()
    const { privateKey } = await generateKeyPair('RS256', { extractable: true })
    const folder = folderWith({})
    const file = join(folder, 'keys.json')
    const key = { ...(await exportJWK(privateKey)), kid: 'mine', alg: 'RS256', use: 'sig' }
    writeFileSync(file, JSON.stringify({ keys: [key] }))

    const { code, out } = await runHere([
      'worlds',
      'create',
      '--keys',
      file,
      '--json',
      '--url',
      issuer,
    ])

    const { name } = JSON.parse(out) as { name: string }
    const world = await mock.worlds.get(name)
    expect(code).toBe(0)
    expect(await world.keys.list()).toMatchObject([{ kid: 'mine', isInherited: false }])
  })

  test('ends with 1 when the name is taken, and with 2 when it cannot be one', async () => {
    const { issuer, ...mock } = await startMock()
    await mock.world({ name: 'mine' })
    const create = ['worlds', 'create', '--url', issuer, '--name']

    const taken = await runHere([...create, 'mine'])
    const wrong = await runHere([...create, 'Not a name'])

    expect(taken).toMatchObject({ code: 1, out: '' })
    expect(taken.err).toContain('a world "mine" is there already.')
    expect(wrong).toMatchObject({ code: 2, out: '' })
    expect(wrong.err).toContain('name must be lower-case letters')
  })

  test('can say everything that a world may begin with', async () => {
    const { out } = await runHere(['worlds', 'create', '--help'])

    const flags = [...out.matchAll(/^ {2}--([\w-]+)/gm)].map(([, name = '']) => name)
    expect(flags.filter((name) => !['url', 'token', 'json'].includes(name)).toSorted()).toEqual(
      Object.keys(operations['worlds.create'].fields).map(flagOf).toSorted(),
    )
  })
})
