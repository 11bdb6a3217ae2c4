import { existsSync, linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemRandom } from './random.ts'

/** Makes a folder for the owner only, and keeps what is in it out of git. */
export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  createPrivateFile(join(folder, '.gitignore'), '*\n')
}

/**
 * Writes a file for the owner only, unless one of that name is there, and says whether it did. It
 * is whole as soon as it is there, whoever else writes it at the same moment and whenever we end.
 */
export function createPrivateFile(file: string, text: string): boolean {
  if (existsSync(file)) return false
  return withDraft(file, text, (draft) => {
    try {
      linkSync(draft, file)
      return true
    } catch {
      // Somebody was first, or this file system knows no hard links: there, of those who come in
      // the same instant, the last one holds.
      if (existsSync(file)) return false
      renameSync(draft, file)
      return true
    }
  })
}

/**
 * Writes a file for the owner only in the place of whatever is there, which stays until it is
 * whole.
 */
export function replacePrivateFile(file: string, text: string): void {
  withDraft(file, text, (draft) => renameSync(draft, file))
}

/** Writes under a name that nobody else has. */
function withDraft<T>(file: string, text: string, use: (draft: string) => T): T {
  const draft = `${file}.${systemRandom.id()}.new`
  try {
    writeFileSync(draft, text, { flag: 'wx', mode: 0o600 })
    return use(draft)
  } finally {
    rmSync(draft, { force: true })
  }
}
