/**
 * Makes what the pages load: each stylesheet of `views/public/` in one minified file, and the fonts
 * it names, in a folder named after their contents.
 *
 * ```
 * views/public/*.css + @fontsource/be-vietnam-pro ─▶ dist/public/assets/<hash>/
 * ```
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..')

/**
 * Builds into `folder`, which is emptied first.
 *
 * @param {string} folder
 * @returns {Promise<{ path: string; files: Record<string, number> }>} Where the files are served,
 *   and how many bytes each has.
 */
export async function buildAssets(folder = join(root, 'dist/public')) {
  const files = await bundle()
  const hash = hashOf(files)
  rmSync(folder, { recursive: true, force: true })
  for (const [name, contents] of files) {
    const file = join(folder, 'assets', hash, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, contents)
    if (name.endsWith('.css')) writeFileSync(`${file}.gz`, gzipSync(contents, { level: 9 }))
  }
  return {
    path: `/assets/${hash}`,
    files: Object.fromEntries([...files].map(([name, contents]) => [name, contents.length])),
  }
}

/** @returns {Promise<Map<string, Uint8Array>>} By name, in the order of the names. */
async function bundle() {
  const source = join(root, 'views/public')
  const { outputFiles } = await build({
    entryPoints: readdirSync(source)
      .filter((name) => name.endsWith('.css'))
      .map((name) => join(source, name)),
    outdir: join(root, 'out'),
    bundle: true,
    minify: true,
    write: false,
    logLevel: 'warning',
    target: ['chrome111', 'firefox113', 'safari16.4'],
    loader: { '.woff2': 'file' },
    assetNames: 'fonts/[name]',
  })
  const named = outputFiles.map(
    ({ path, contents }) =>
      /** @type {const} */ ([
        path.endsWith('.woff2') ? `fonts/${basename(path)}` : basename(path),
        contents,
      ]),
  )
  return new Map(named.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** @param {Map<string, Uint8Array>} files */
function hashOf(files) {
  const hash = createHash('sha256')
  for (const [name, contents] of files) hash.update(name).update('\0').update(contents)
  return hash.digest('hex').slice(0, 12)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { path, files } = await buildAssets()
  console.log(`dist/public${path}: ${Object.keys(files).length} files`)
}
