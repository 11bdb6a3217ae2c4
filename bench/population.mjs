/**
 * Whether a population costs the same for ten people and for 57.9 million: each size in a process
 * of its own, in turns. See README.md.
 */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { table } from './table.mjs'

const sizes = [10, 1_000, 1_000_000, 57_900_000]
const isQuick = process.argv.includes('--quick')
const plan = isQuick ? { rounds: 2, looks: 500 } : { rounds: 9, looks: 5_000 }

const [bundle, size] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
if (bundle === undefined) await compare()
else console.log(JSON.stringify(await measure(bundle, Number(size))))

async function compare() {
  // Inside the repository, where the bundle finds its package.
  const folder = mkdtempSync(fileURLToPath(new URL('../node_modules/.bench-', import.meta.url)))
  try {
    const bundle = join(folder, 'population.mjs')
    await build({
      entryPoints: [fileURLToPath(new URL('../src/accounts/population/index.ts', import.meta.url))],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
    })
    console.log(report(rounds(bundle)))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string} bundle */
function rounds(bundle) {
  /** @type {Record<string, Record<string, number[]>>} */
  const taken = {}
  // In the first round the files come from the disk.
  for (let round = 0; round <= plan.rounds; round++)
    for (const size of sizes)
      for (const [what, value] of Object.entries(inAProcess(bundle, size)))
        if (round > 0) ((taken[what] ??= {})[nameOf(size)] ??= []).push(value)
  return taken
}

/**
 * @param {string} bundle
 * @param {number} size
 * @returns {Record<string, number>}
 */
function inAProcess(bundle, size) {
  const self = fileURLToPath(import.meta.url)
  const given = ['--expose-gc', self, bundle, String(size), ...(isQuick ? ['--quick'] : [])]
  const { stdout, status, stderr } = spawnSync(process.execPath, given, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

/** @param {Record<string, Record<string, number[]>>} taken */
function report(taken) {
  const columns = Object.entries(taken).map(([title, rounds]) => ({ title, rounds, digits: 3 }))
  return table(sizes.map(nameOf), nameOf(sizes[0] ?? 0), columns)
}

/** @param {number} size */
function nameOf(size) {
  return `${size.toLocaleString('en')} people`
}

/**
 * CPU time, because that is ours alone, in milliseconds; memory in MB.
 *
 * @param {string} bundle
 * @param {number} size
 */
async function measure(bundle, size) {
  const { createPopulation } = await import(pathToFileURL(bundle).href)
  const before = heap()
  const make = () => createPopulation({ size, seed: 'bench', anchorDay: '2026-01-01' })
  const created = cpuMs(make)
  const population = make()
  const first = cpuMs(() => population.personAt(0))
  const memory = heap() - before
  const indexes = Array.from({ length: plan.looks }, (_, n) => (n * 104_729) % size)
  const numbers = indexes.map((index) => population.personAt(index).number)
  const each = (/** @type {() => void} */ work) => cpuMs(work) / plan.looks
  return {
    'made, ms': created,
    'first person, ms': first,
    'heap, MB': memory,
    // The same people in each population, and then whoever there is: of ten, the caches know all.
    'of ten, ms': each(() => indexes.forEach((_, n) => population.personAt(n % 10))),
    'of all, ms': each(() => indexes.forEach((index) => population.personAt(index))),
    'by number, ms': each(() => numbers.forEach((number) => population.indexOfNumber(number))),
    'random adult, ms':
      cpuMs(() => {
        for (let n = 0; n < 50; n++) population.random(`seed ${n}`, { age: { from: 18 } })
      }) / 50,
    // Whoever is made is turned away: what a search costs at most before it gives up.
    'in vain, ms': cpuMs(() => {
      const nobody = population.matching(
        { age: { from: 18 } },
        {},
        (/** @type {number} */ index) => {
          population.personAt(index)
          return undefined
        },
      )
      for (const _ of nobody);
    }),
  }
}

function heap() {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed / 1024 / 1024
}

/** @param {() => void} work */
function cpuMs(work) {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
