import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { packageRoot } from '../../src/kernel/index.ts'
import { run, type Ran } from './packed.ts'

let folder: string

const git = (...args: string[]) =>
  run('git', ['-c', 'user.name=a', '-c', 'user.email=a@localhost', ...args], folder)

const mayPublish = (): Promise<Ran> => run(process.execPath, ['scripts/may-publish.mjs'], folder)

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mock-vneid-release-'))
  cpSync(join(packageRoot, 'scripts/may-publish.mjs'), join(folder, 'scripts/may-publish.mjs'))
  writeFileSync(join(folder, 'package.json'), '{ "version": "1.2.3" }')
  await git('init')
  await git('add', '.')
  await git('commit', '--message', 'all')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a commit that the tag of its version names may be published', async () => {
  await git('tag', 'v1.2.3')

  expect(await mayPublish()).toEqual({ code: 0, out: '', err: '' })
})

test('a commit with no tag, or another, may not', async () => {
  await git('tag', 'v1.2.2')

  expect(await mayPublish()).toEqual({
    code: 1,
    out: '',
    err: 'mock-vneid 1.2.3 is not published: the commit is not tagged "v1.2.3". Tag the release first, then publish again.\n',
  })
})

test('what no commit has may not', async () => {
  await git('tag', 'v1.2.3')
  writeFileSync(join(folder, 'left-over'), '')

  expect(await mayPublish()).toEqual({
    code: 1,
    out: '',
    err: 'mock-vneid 1.2.3 is not published: there are changes that no commit has. Commit or remove them, then publish again.\n',
  })
})
