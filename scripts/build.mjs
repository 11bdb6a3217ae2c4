import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the project. */
export const root = fileURLToPath(new URL('..', import.meta.url))

const dist = join(root, 'dist')
const stamp = join(dist, '.built-from')
const sources = ['src', 'views', 'scripts', 'package.json', 'package-lock.json']

/** Builds unless `dist` was made from the sources that are here now; that costs one `stat` a file. */
export async function buildIfStale() {
  const built = existsSync(stamp) ? readFileSync(stamp, 'utf8') : ''
  if (built !== fingerprint()) await build()
}

/**
 * Bundles the start path with its dependencies: one file that Node reads at once starts in about
 * half the time of hundreds that it must find first.
 */
async function build() {
  const { build: bundle } = await import('esbuild')
  const { buildAssets } = await import('./build-assets.mjs')
  const { readConfig } = await import('./read-config.mjs')
  const { thirdPartyLicences } = await import('./third-party.mjs')
  const from = fingerprint()
  rmSync(stamp, { force: true })
  rmSync(join(dist, '.compiled'), { recursive: true, force: true })
  mkdirSync(dist, { recursive: true })
  const { metafile } = await bundle({
    absWorkingDir: root,
    entryPoints: {
      cli: 'src/cli/main.ts',
      index: 'src/index.ts',
      vitest: 'src/fixtures/vitest.ts',
      playwright: 'src/fixtures/playwright.ts',
    },
    // Whoever uses the fixtures has one of the two, and must not get it a second time.
    external: ['vitest', '@playwright/test'],
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    chunkNames: 'chunk-[hash]',
    legalComments: 'linked',
    metafile: true,
    logLevel: 'warning',
    // Dependencies in CommonJS call `require`, which an ES module does not have.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module';const require = requireFrom(import.meta.url);",
    },
  })
  removeLeftovers(Object.keys(metafile.outputs))
  await buildAssets()
  const licences = thirdPartyLicences(root, metafile, ['@fontsource/be-vietnam-pro'])
  writeFileSync(join(dist, 'THIRD-PARTY.txt'), licences)
  writeFileSync(join(dist, 'config.json'), JSON.stringify(readConfig(join(root, 'config'))))
  writeFileSync(stamp, from)
}

/**
 * Removes pieces of earlier builds. The folders in `dist` belong to others.
 *
 * @param {string[]} outputs
 */
function removeLeftovers(outputs) {
  const current = new Set(outputs.map((path) => path.slice('dist/'.length)))
  for (const entry of readdirSync(dist, { withFileTypes: true }))
    if (entry.isFile() && !current.has(entry.name)) rmSync(join(dist, entry.name))
}

/** Changes when a source is added, removed or touched. */
function fingerprint() {
  const hash = createHash('sha256')
  for (const source of sources)
    for (const path of filesIn(join(root, source))) {
      const { mtimeMs, size } = statSync(path)
      hash.update(`${path.slice(root.length)} ${mtimeMs} ${size}\n`)
    }
  return hash.digest('hex')
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesIn(path) {
  if (statSync(path).isFile()) return [path]
  return readdirSync(path)
    .toSorted()
    .flatMap((name) => filesIn(join(path, name)))
}
