/**
 * What a world costs, beside a bare Provider of the library, and what the journal adds to a
 * sign-in. See README.md.
 */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { ask, end, startLoad, startServer } from './processes.mjs'
import { relyingParty, servers } from './servers.mjs'
import { table } from './table.mjs'

const isQuick = process.argv.includes('--quick')
const plan = isQuick
  ? { rounds: 2, worlds: 100, signIns: 100, warmUp: 50 }
  : { rounds: 11, worlds: 1000, signIns: 1500, warmUp: 3000 }

const source = (/** @type {string} */ file) =>
  fileURLToPath(new URL(`../src/${file}`, import.meta.url))

/** The same product, but nothing is written down. @type {import('esbuild').Plugin} */
const withoutJournal = {
  name: 'without-journal',
  setup: (build) => {
    build.onLoad({ filter: /src[/\\]journal[/\\]feed\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8')
      const contents = text.replace(
        /\n {2}add\([\s\S]*?\n {2}\}\n/,
        '\n  async add(): Promise<void> {}\n',
      )
      if (contents === text) throw new Error('the journal adds its entries elsewhere now')
      return { contents, loader: 'ts' }
    })
  },
}

/** What is measured, each in a process of its own. */
const measures = { worlds: measureWorlds, providers: measureProviders }

const [what, bundle = ''] = process.argv.slice(2).filter((word) => !word.startsWith('--'))
if (what === undefined) await compare()
else {
  const measured = await measures[/** @type {keyof typeof measures} */ (what)](bundle)
  console.log(JSON.stringify(measured))
  process.exit()
}

async function compare() {
  const folder = mkdtempSync(fileURLToPath(new URL('../node_modules/.bench-', import.meta.url)))
  try {
    const whole = join(folder, 'whole.mjs')
    const silent = join(folder, 'silent.mjs')
    await bundleTo('index.ts', join(folder, 'index.mjs'), [])
    await bundleTo('cli/main.ts', whole, [])
    await bundleTo('cli/main.ts', silent, [withoutJournal])
    const worlds = reportWorlds(join(folder, 'index.mjs'))
    console.log(`${worlds}\n\n${await reportJournal({ folder, whole, silent })}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * @param {string} entry
 * @param {string} outfile
 * @param {import('esbuild').Plugin[]} plugins
 */
async function bundleTo(entry, outfile, plugins) {
  await build({
    entryPoints: [source(entry)],
    outfile,
    plugins,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  })
}

/** @param {string} whole */
function reportWorlds(whole) {
  /** @type {Record<string, Record<string, number[]>>} */
  const taken = { ms: {}, kb: {}, usedKb: {} }
  for (let round = 0; round < plan.rounds; round++)
    for (const [name, measure] of [
      ['bare Provider', 'providers'],
      ['world', 'worlds'],
    ]) {
      const measured = run(measure ?? '', whole)
      for (const [key, values] of Object.entries(taken))
        (values[name ?? ''] ??= []).push(measured[key])
    }
  return table(['bare Provider', 'world'], 'bare Provider', [
    { title: 'made in, ms', rounds: taken['ms'] ?? {}, digits: 3 },
    { title: 'heap, KB', rounds: taken['kb'] ?? {}, digits: 1 },
    { title: 'heap once used, KB', rounds: taken['usedKb'] ?? {}, digits: 1 },
  ])
}

/**
 * Both serve the same load in turns.
 *
 * @param {{ folder: string; whole: string; silent: string }} files
 */
async function reportJournal({ folder, whole, silent }) {
  /** @type {Record<string, number[]>} */
  const cpu = {}
  const load = startLoad()
  const running = [
    { name: 'without the journal', ...(await start(silent, folder)) },
    { name: 'with it', ...(await start(whole, folder)) },
  ]
  for (const server of running) await ask(load, taskFor(server, plan.warmUp))
  for (let round = 0; round < plan.rounds; round++)
    for (const server of running) {
      const before = await ask(server.child, {})
      await ask(load, taskFor(server, plan.signIns))
      const after = await ask(server.child, {})
      ;(cpu[server.name] ??= []).push((after.cpuMs - before.cpuMs) / plan.signIns)
    }
  for (const { child } of [...running, { child: load }]) await end(child)
  return table(['without the journal', 'with it'], 'without the journal', [
    { title: 'server CPU per sign-in, ms', rounds: cpu, digits: 3 },
  ])
}

/**
 * @param {string} file
 * @param {string} folder
 */
async function start(file, folder) {
  const ours = servers[0]
  if (ours === undefined) throw new Error('we are not among the servers')
  const server = {
    ...ours,
    command: (/** @type {import('./servers.mjs').Where} */ { port }) => [
      file,
      'start',
      '--no-portal',
      `--port=${port}`,
    ],
  }
  return startServer(server, { folder: join(folder, 'keys'), keyFile: '' }, { hasProbe: true })
}

/**
 * @param {string} measure
 * @param {string} file
 */
function run(measure, file) {
  const words = [fileURLToPath(import.meta.url), measure, file, ...(isQuick ? ['--quick'] : [])]
  const { stdout, status, stderr } = spawnSync(process.execPath, ['--expose-gc', ...words], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

/** @param {string} file */
async function measureWorlds(file) {
  const { startMockVneid } = await import(pathToFileURL(file).href)
  const mock = await startMockVneid({
    maxWorlds: plan.worlds + 1,
    dataFolder: join(file, '../keys'),
  })
  const first = await mock.world()
  await first.signIn({ as: 'adult-level-2' })
  const worlds = /** @type {import('../src/control/api.ts').MockWorld[]} */ ([])
  const before = await heap()
  const beganAt = performance.now()
  for (let made = 0; made < plan.worlds; made++) worlds.push(await mock.world())
  const ms = (performance.now() - beganAt) / plan.worlds
  const kb = ((await heap()) - before) / plan.worlds
  for (const world of worlds)
    await fetch(`${world.issuer}/.well-known/openid-configuration`).then((reply) => reply.text())
  const usedKb = ((await heap()) - before) / plan.worlds
  return { ms, kb, usedKb }
}

/** Of the library alone, configured as little as can be. */
async function measureProviders() {
  const { Provider } = await import('oidc-provider')
  const providers = /** @type {unknown[]} */ ([])
  const make = () => {
    const provider = new Provider('http://localhost', { cookies: { keys: ['unused'] } })
    return [provider, provider.callback()]
  }
  make()
  const before = await heap()
  const beganAt = performance.now()
  for (let made = 0; made < plan.worlds; made++) providers.push(make())
  const ms = (performance.now() - beganAt) / plan.worlds
  const kb = ((await heap()) - before) / plan.worlds
  return { ms, kb, usedKb: kb }
}

/**
 * @param {Awaited<ReturnType<typeof startServer>>} server
 * @param {number} count
 */
function taskFor({ port, discovery }, count) {
  return {
    port,
    ports: [port],
    host: new URL(discovery.token_endpoint).host,
    authorizePath: new URL(discovery.authorization_endpoint).pathname,
    tokenPath: new URL(discovery.token_endpoint).pathname,
    params: servers[0]?.request,
    relyingParty,
    count,
    atATime: 8,
  }
}

async function heap() {
  for (let again = 0; again < 3; again++) {
    globalThis.gc?.()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return process.memoryUsage().heapUsed / 1024
}
