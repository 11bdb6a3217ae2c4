import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { watchFiles, type FileWatch } from '../../src/operations/index.ts'

let folder: string
let watch: FileWatch | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-vneid-watch-'))
})

afterEach(() => {
  watch?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Changes the files once they are being watched, and resolves when that was noticed. */
function noticed(files: readonly string[], change: () => void): Promise<void> {
  return new Promise((resolve) => {
    watch = watchFiles(files, resolve)
    // The first look remembers how the files are: any change after it counts.
    setTimeout(change, 500)
  })
}

describe('files that are watched', () => {
  const file = () => join(folder, 'people.yaml')

  test('are noticed when one changes', async () => {
    writeFileSync(file(), 'a')

    await expect(noticed([file()], () => writeFileSync(file(), 'other'))).resolves.toBeUndefined()
  })

  test('are noticed when one comes', async () => {
    await expect(noticed([file()], () => writeFileSync(file(), 'new'))).resolves.toBeUndefined()
  })

  test('are noticed when one of a folder changes, or comes', async () => {
    writeFileSync(file(), 'a')

    await expect(noticed([folder], () => writeFileSync(file(), 'other'))).resolves.toBeUndefined()
    watch?.close()
    const more = join(folder, 'more.csv')
    await expect(noticed([folder], () => writeFileSync(more, 'new'))).resolves.toBeUndefined()
  })

  test('are noticed when one goes', async () => {
    writeFileSync(file(), 'a')

    await expect(noticed([file()], () => rmSync(file()))).resolves.toBeUndefined()
  })
})
