import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder of this package, wherever its code runs from: `src`, the bundle, or `node_modules`. */
export const packageRoot: string = findRoot(import.meta.dirname)

function findRoot(folder: string): string {
  const manifest = join(folder, 'package.json')
  if (existsSync(manifest) && readFileSync(manifest, 'utf8').includes('"name": "mock-vneid"'))
    return folder
  const parent = dirname(folder)
  if (parent === folder)
    throw new Error(`no package.json of mock-vneid above ${import.meta.dirname}`)
  return findRoot(parent)
}
