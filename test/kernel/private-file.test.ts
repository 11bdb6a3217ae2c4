import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createPrivateFile, makePrivateFolder, replacePrivateFile } from '../../src/kernel/index.ts'

const { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } = fs

/** What happens when half of a file is written, and when a hard link is made. */
const on = vi.hoisted(() => ({ half: () => {}, link: () => {} }))

vi.mock('node:fs', async (importOriginal) => {
  const actual = await importOriginal<typeof fs>()
  const writeFileSync = (file: string, text: string, options: fs.WriteFileOptions) => {
    actual.writeFileSync(file, text.slice(0, text.length / 2), options)
    on.half()
    actual.appendFileSync(file, text.slice(text.length / 2))
  }
  const linkSync: typeof fs.linkSync = (from, to) => {
    on.link()
    actual.linkSync(from, to)
  }
  return { ...actual, writeFileSync, linkSync }
})

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-vneid-private-'))
  file = join(folder, 'keys.json')
})

afterEach(() => {
  Object.assign(on, { half: () => {}, link: () => {} })
  rmSync(folder, { recursive: true, force: true })
})

const text = () => readFileSync(file, 'utf8')
const cutOff = () => {
  throw new Error('cut off')
}
const withoutHardLinks = () => {
  throw Object.assign(new Error('operation not permitted'), { code: 'EPERM' })
}
/** Another process keeps its own, whole, in the midst of ours. */
const another = () => fs.appendFileSync(file, 'theirs')

describe.each([
  ['with hard links', () => {}],
  ['without hard links', withoutHardLinks],
])('a file that is created %s', (_where, link) => {
  beforeEach(() => {
    on.link = link
  })

  test('is the owner’s only, and leaves no draft', () => {
    expect(createPrivateFile(file, 'ours')).toBe(true)

    expect(text()).toBe('ours')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['keys.json'])
  })

  test('stays as it is, whoever comes later', () => {
    createPrivateFile(file, 'ours')

    expect(createPrivateFile(file, 'later')).toBe(false)
    expect(text()).toBe('ours')
  })

  test('is not there while it is written', () => {
    const seen: boolean[] = []
    on.half = () => seen.push(existsSync(file))

    createPrivateFile(file, 'ours')

    expect(seen).toEqual([false])
  })

  test('is not there when writing was cut off, and can be written the next time', () => {
    on.half = cutOff
    expect(() => createPrivateFile(file, 'ours')).toThrow('cut off')
    expect(readdirSync(folder)).toEqual([])
    on.half = () => {}

    expect(createPrivateFile(file, 'ours')).toBe(true)
    expect(text()).toBe('ours')
  })

  test('leaves alone what another process kept while it was written', () => {
    on.half = another

    expect(createPrivateFile(file, 'ours')).toBe(false)
    expect(text()).toBe('theirs')
    expect(readdirSync(folder)).toEqual(['keys.json'])
  })
})

test('a file that another process kept in the last instant before ours stays', () => {
  on.link = another

  expect(createPrivateFile(file, 'ours')).toBe(false)
  expect(text()).toBe('theirs')
})

describe('a file that is replaced', () => {
  test('is the owner’s only, and leaves no draft', () => {
    createPrivateFile(file, 'old')

    replacePrivateFile(file, 'new')

    expect(text()).toBe('new')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['keys.json'])
  })

  test('is the old one when writing was cut off', () => {
    createPrivateFile(file, 'old')
    on.half = cutOff

    expect(() => replacePrivateFile(file, 'new')).toThrow('cut off')
    expect(text()).toBe('old')
    expect(readdirSync(folder)).toEqual(['keys.json'])
  })
})

test('a private folder is the owner’s only and kept out of git, by a file that may be changed', () => {
  const inside = join(folder, 'deep', 'data')
  makePrivateFolder(inside)
  expect(statSync(inside).mode & 0o777).toBe(0o700)
  expect(readFileSync(join(inside, '.gitignore'), 'utf8')).toBe('*\n')
  fs.appendFileSync(join(inside, '.gitignore'), '!ca.pem\n')

  makePrivateFolder(inside)

  expect(readFileSync(join(inside, '.gitignore'), 'utf8')).toBe('*\n!ca.pem\n')
})
