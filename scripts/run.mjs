/**
 * Every command of `package.json`: makes ready what is not ready yet, then becomes the program that
 * was asked for, in this same process, so that Ctrl-C and exit codes are that program's own.
 */

import * as nodeModule from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `mock-vneid needs Node 20.19 or newer, got ${process.versions.node}. Install a newer one from https://nodejs.org and run the command again.`,
  )
  process.exit(2)
}

/** @type {Record<string, { file: string; arguments: string[] }>} */
const programs = {
  start: { file: 'dist/cli.js', arguments: ['start'] },
  test: { file: 'node_modules/vitest/vitest.mjs', arguments: ['run'] },
  'test:redis': {
    file: 'node_modules/vitest/vitest.mjs',
    arguments: ['run', '--config', 'vitest.redis.config.ts'],
  },
  'test:replicas': {
    file: 'node_modules/vitest/vitest.mjs',
    arguments: ['run', '--config', 'vitest.replicas.config.ts'],
  },
  'test:long': {
    file: 'node_modules/vitest/vitest.mjs',
    arguments: ['run', '--config', 'vitest.long.config.ts'],
  },
  'test:load': {
    file: 'node_modules/vitest/vitest.mjs',
    arguments: ['run', '--config', 'vitest.load.config.ts'],
  },
  build: { file: 'scripts/build-types.mjs', arguments: [] },
  lint: { file: 'scripts/lint.mjs', arguments: [] },
  format: { file: 'node_modules/prettier/bin/prettier.cjs', arguments: ['--write', '.'] },
  bench: { file: 'bench/bench.mjs', arguments: [] },
  'bench:population': { file: 'bench/population.mjs', arguments: [] },
  'bench:stores': { file: 'bench/stores.mjs', arguments: [] },
  'bench:worlds': { file: 'bench/worlds.mjs', arguments: [] },
}

const [name = '', ...rest] = process.argv.slice(2)
const program = programs[name]
if (program === undefined) {
  console.error(
    `scripts/run.mjs runs one of ${Object.keys(programs).join(', ')}, got "${name}". Use "npm start" or "npm test".`,
  )
  process.exit(2)
}

// Loaded only now, because an older Node might stumble over them before it is told that it is old.
const { installMissing } = await import('./install.mjs')
const { buildIfStale, root } = await import('./build.mjs')

installMissing(root)
if (!['lint', 'format'].includes(name)) await buildIfStale()

// From Node 22 on, what was compiled for one start is kept for the next.
if (name === 'start' && 'enableCompileCache' in nodeModule) {
  const { enableCompileCache } =
    /** @type {{ enableCompileCache: (folder: string) => unknown }} */ (nodeModule)
  enableCompileCache(join(root, 'dist/.compiled'))
}

const file = join(root, program.file)
process.argv = [process.execPath, file, ...program.arguments, ...rest]
await import(pathToFileURL(file).href)
