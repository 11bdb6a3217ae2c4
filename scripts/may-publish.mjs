/**
 * Keeps the package from being published by accident: npm runs this before it publishes, and what
 * is published is a release, a commit that a tag of its version names, with nothing beside it.
 */

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
/** @type {{ version: string }} */
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const tag = `v${version}`

const why =
  (git('tag', '--points-at', 'HEAD').split('\n').includes(tag)
    ? undefined
    : `the commit is not tagged "${tag}". Tag the release first`) ??
  (git('status', '--porcelain') === ''
    ? undefined
    : 'there are changes that no commit has. Commit or remove them')

if (why !== undefined) {
  console.error(`mock-vneid ${version} is not published: ${why}, then publish again.`)
  process.exitCode = 1
}

/** @param {string[]} args */
function git(...args) {
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' })
  return status === 0 ? stdout.trim() : 'git did not answer'
}
