import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach } from 'vitest'
import { ConfigInvalid, loadConfig, type Config, type LoadOptions } from '../../src/config/index.ts'
import { FrozenClock } from '../support/frozen-clock.ts'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A folder with these files in it, gone after the test. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'mock-vneid-files-'))
  folders.push(folder)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

/** What is loaded of these files, on a day that stands still. */
export function load(
  files: Readonly<Record<string, string | Uint8Array>> = {},
  options: Partial<LoadOptions> = {},
): Config {
  const clock = new FrozenClock(Date.parse('2026-01-01T12:00:00Z'))
  return loadConfig({ folder: folderWith(files), environment: {}, clock, ...options })
}

/** Every problem of these files, as the lines of the report have them: place, message, source. */
export function linesAbout(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: Partial<LoadOptions> = {},
): string[] {
  try {
    load(files, options)
  } catch (error) {
    if (!(error instanceof ConfigInvalid)) throw error
    const lines = error.message.split('\n').slice(1, -1)
    return lines.map((line) =>
      line
        .trim()
        .replace(/ {2,}/, ' | ')
        .replace(/\([^()]*[/\\]([^/\\()]+)\)$/, '($1)'),
    )
  }
  throw new Error('nothing was wrong with these files')
}
