import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { keepInFolder, openKeyRing, type KeyRing } from '../../src/keys/index.ts'
import { systemRandom } from '../../src/kernel/index.ts'

/** What happens when half of the keys is written. */
const on = vi.hoisted(() => ({ half: () => {} }))

vi.mock('node:fs', async (importOriginal) => {
  const actual = await importOriginal<typeof fs>()
  const writeFileSync = (file: string, text: string, options: fs.WriteFileOptions) => {
    actual.writeFileSync(file, text.slice(0, text.length / 2), options)
    if (text.includes('es256')) on.half()
    actual.appendFileSync(file, text.slice(text.length / 2))
  }
  return { ...actual, writeFileSync }
})

let folder: string

beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'mock-vneid-keys-'))
})

afterEach(() => {
  on.half = () => {}
  fs.rmSync(folder, { recursive: true, force: true })
})

const open = (): Promise<KeyRing> =>
  openKeyRing({ keeper: keepInFolder(folder), random: systemRandom })
const names = (ring: KeyRing) => ring.signing.map(({ kid }) => kid)

describe('keys in a folder', () => {
  test('are the same for two processes that start together', async () => {
    let other: Promise<KeyRing> | undefined
    on.half = () => {
      on.half = () => {}
      other = open()
    }

    const [one, two] = [await open(), await other!]

    expect(names(one)).toEqual(names(two))
    expect(one.cookieSecrets).toEqual(two.cookieSecrets)
    expect(await one.publicJwks()).toEqual(await two.publicJwks())
  })

  test('are made anew where a process ended while it wrote them', async () => {
    on.half = () => {
      throw new Error('the process ended')
    }
    await expect(open()).rejects.toMatchObject({ code: 'ERR_KEYS_UNWRITABLE' })
    on.half = () => {}

    const ring = await open()

    expect(names(await open())).toEqual(names(ring))
  })

  test('that are there and broken are never written over', async () => {
    const file = join(folder, 'keys.json')
    fs.appendFileSync(file, '{"cookie')

    await expect(open()).rejects.toMatchObject({
      code: 'ERR_KEYS_UNREADABLE',
      message: `the keys in "${file}" cannot be read. Delete it and start again: new keys are made.`,
    })
    expect(fs.readFileSync(file, 'utf8')).toBe('{"cookie')
  })
})
