/** Everything about the code that can be known without running it, each check as a promise. */

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './build.mjs'

/** @type {[promise: string, tool: string, options: string[]][]} */
const promises = [
  ['Types hold', 'typescript/lib/tsc.js', ['-p', 'tsconfig.check.json']],
  ['What is exported says its type', 'typescript/lib/tsc.js', ['-p', 'tsconfig.json', '--noEmit']],
  [
    'No promise is forgotten and no rule is broken',
    'oxlint/bin/oxlint',
    ['--type-aware', '.', '.ci'],
  ],
  ['Every file has one form', 'prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']],
  ['Nothing is exported, depended on or kept for nobody', 'knip/bin/knip.js', []],
]

for (const [promise, tool, options] of promises) {
  console.log(`\n▸ ${promise}`)
  const file = join(root, 'node_modules', tool)
  const { status } = spawnSync(process.execPath, [file, ...options], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0) process.exitCode = 1
}
