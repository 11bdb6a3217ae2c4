/** Makes `dist/types`: the declarations of what the package exports. */

import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from './build.mjs'
import { pruneDeclarations } from './declarations.mjs'

const doors = ['index.d.ts', 'fixtures/vitest.d.ts', 'fixtures/playwright.d.ts']

/** Makes them in a folder, where nothing else is kept. */
export function buildTypes(folder = join(root, 'dist/types')) {
  mkdirSync(join(root, 'dist'), { recursive: true })
  const work = mkdtempSync(join(root, 'dist/.types-'))
  try {
    compile(join(work, 'all'))
    replace(folder, pruneDeclarations(join(work, 'all'), doors), join(work, 'new'))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/**
 * Declarations of every source, as they stand: whether types hold is asked elsewhere.
 *
 * @param {string} folder
 */
function compile(folder) {
  const compiler = join(root, 'node_modules/typescript/lib/tsc.js')
  const options = ['-p', root, '--emitDeclarationOnly', '--noCheck', '--outDir', folder]
  const { status, stdout } = spawnSync(process.execPath, [compiler, ...options], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`the declarations could not be made.\n${stdout}`)
}

/**
 * File by file, each at once, because others may be reading.
 *
 * @param {string} folder
 * @param {ReadonlyMap<string, string>} files
 * @param {string} work
 */
function replace(folder, files, work) {
  for (const [path, text] of files) {
    const [from, to] = [join(work, path), join(folder, path)]
    if (existsSync(to) && readFileSync(to, 'utf8') === text) continue
    mkdirSync(dirname(from), { recursive: true })
    mkdirSync(dirname(to), { recursive: true })
    writeFileSync(from, text)
    renameSync(from, to)
  }
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    const name = path.slice(folder.length + 1).replaceAll('\\', '/')
    if (entry.isFile() && !files.has(name)) rmSync(path, { force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildTypes()
