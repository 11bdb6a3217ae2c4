/**
 * Measures us alone: memory against Redis, one replica against two, and with `--long` what 100,000
 * sign-ins leave in memory. See README.md.
 */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ask, end, freePort, startLoad, startServer } from './processes.mjs'
import { relyingParty, servers } from './servers.mjs'
import { table } from './table.mjs'

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

const isQuick = process.argv.includes('--quick')
const isLong = process.argv.includes('--long')
const plan = isQuick
  ? { rounds: 2, signIns: 100, warmUp: 50, atATime: 8, long: 2000 }
  : { rounds: 9, signIns: 1500, warmUp: 3000, atATime: 8, long: 100_000 }

const names = { memory: 'memory', one: 'Redis', two: 'Redis, two replicas' }
const folder = mkdtempSync(join(tmpdir(), 'mock-vneid-bench-'))
const redisPort = await freePort()
const redis = spawn(
  'redis-server',
  ['--port', String(redisPort), '--bind', '127.0.0.1', '--save', '', '--dir', folder],
  { stdio: 'ignore' },
)
redis.on('error', () => {
  console.error('redis-server was not found. Install Redis so that it is on the PATH.')
  process.exit(1)
})

try {
  await untilRedisAnswers()
  console.log(isLong ? await measureMemory() : await measureStores())
} finally {
  redis.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
}

async function measureStores() {
  /** @type {Record<string, Record<string, number[]>>} */
  const measured = { cpu: noRounds(), redisCpu: noRounds(), rate: noRounds(), rss: noRounds() }
  const load = startLoad()
  const settings = [
    { name: names.memory, children: [await start('memory')] },
    { name: names.one, children: [await start('one')] },
    { name: names.two, children: await startTwo() },
  ]
  for (const { children } of settings) await ask(load, taskFor(children, plan.warmUp))
  for (let round = 1; round <= plan.rounds; round++)
    for (const { name, children } of settings) {
      const before = await used(children)
      const { seconds } = await ask(load, taskFor(children, plan.signIns))
      const after = await used(children)
      measured['cpu']?.[name]?.push((after.cpuMs - before.cpuMs) / plan.signIns)
      measured['redisCpu']?.[name]?.push((after.redisMs - before.redisMs) / plan.signIns)
      measured['rate']?.[name]?.push(plan.signIns / seconds)
      if (round === plan.rounds) measured['rss']?.[name]?.push(after.rss / 2 ** 20)
    }
  for (const { children } of settings) for (const { child } of children) await end(child)
  await end(load)
  const signIns = plan.warmUp + plan.rounds * plan.signIns
  return [
    table(Object.values(names), names.memory, [
      { title: 'our CPU per sign-in, ms', rounds: measured['cpu'] ?? {}, digits: 2 },
      { title: 'sign-ins/s', rounds: measured['rate'] ?? {}, digits: 0 },
      { title: `RSS after ${signIns}, MB`, rounds: measured['rss'] ?? {}, digits: 0 },
    ]),
    '',
    `Redis itself: ${(measured['redisCpu']?.[names.one]?.toSorted((a, b) => a - b)[plan.rounds >> 1] ?? NaN).toFixed(2)} ms of CPU per sign-in.`,
    machine(),
  ].join('\n')
}

/** How much memory a process takes while it has more and more to remember. */
async function measureMemory() {
  const lines = ['| sign-ins | memory: RSS, MB | Redis: RSS of us, MB | Redis: used, MB |']
  lines.push('| -------: | --------------: | -------------------: | --------------: |')
  const load = startLoad()
  const [memory, one] = [await start('memory'), await start('one')]
  const step = plan.long / 10
  for (let done = step; done <= plan.long; done += step) {
    const cells = []
    for (const server of [memory, one]) {
      await ask(load, taskFor([server], step))
      cells.push(((await ask(server.child, {})).rss / 2 ** 20).toFixed(0))
    }
    const [, bytes = '0'] = /used_memory:(\d+)/.exec(await redisSays('INFO memory')) ?? []
    lines.push(`| ${[done, ...cells, (Number(bytes) / 2 ** 20).toFixed(0)].join(' | ')} |`)
  }
  for (const { child } of [memory, one]) await end(child)
  await end(load)
  return [...lines, '', machine()].join('\n')
}

/** @typedef {Awaited<ReturnType<typeof startServer>>} Running */

/**
 * @param {string} name
 * @param {number} [issuerPort]
 */
async function start(name, issuerPort) {
  const ours = servers[0]
  if (ours === undefined) throw new Error('we are not among the servers')
  const store = name === 'memory' ? 'memory' : `redis://127.0.0.1:${redisPort}`
  const server = {
    ...ours,
    command: (/** @type {import('./servers.mjs').Where} */ where) => [
      ...ours.command(where),
      `--store=${store}`,
      `--store-prefix=${name}`,
      ...(issuerPort === undefined ? [] : [`--issuer=http://localhost:${issuerPort}`]),
    ],
  }
  return startServer(server, { folder, keyFile: '' }, { hasProbe: true })
}

/** Two that share an issuer, which is the first one's address. */
async function startTwo() {
  const issuerPort = await freePort()
  return [await start('two', issuerPort), await start('two', issuerPort)]
}

/**
 * Each request goes to the next replica, so that a sign-in meets both.
 *
 * @param {Running[]} children
 * @param {number} count
 */
function taskFor(children, count) {
  const [first] = children
  if (first === undefined) throw new Error('nobody is running')
  return {
    port: first.port,
    ports: children.map(({ port }) => port),
    host: new URL(first.discovery.token_endpoint).host,
    authorizePath: new URL(first.discovery.authorization_endpoint).pathname,
    tokenPath: new URL(first.discovery.token_endpoint).pathname,
    params: servers[0]?.request,
    relyingParty,
    count,
    atATime: plan.atATime,
  }
}

/** @param {Running[]} children */
async function used(children) {
  const all = await Promise.all(children.map(({ child }) => ask(child, {})))
  const [, user = '0'] = /used_cpu_user:([\d.]+)/.exec(await redisSays('INFO cpu')) ?? []
  const [, system = '0'] = /used_cpu_sys:([\d.]+)/.exec(await redisSays('INFO cpu')) ?? []
  return {
    cpuMs: all.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    rss: all.reduce((sum, { rss }) => sum + rss, 0),
    redisMs: (Number(user) + Number(system)) * 1000,
  }
}

/** @param {string} command */
async function redisSays(command) {
  const socket = connect(redisPort, '127.0.0.1').setEncoding('utf8')
  socket.write(`${command}\r\nQUIT\r\n`)
  let text = ''
  socket.on('data', (/** @type {string} */ chunk) => (text += chunk))
  await once(socket, 'close')
  return text
}

async function untilRedisAnswers() {
  for (let tries = 0; tries < 200; tries++) {
    const isThere = await redisSays('PING').catch(() => '')
    if (isThere.includes('PONG')) return
    await pause(25)
  }
  throw new Error('redis-server did not start')
}

/** @returns {Record<string, number[]>} */
function noRounds() {
  return Object.fromEntries(Object.values(names).map((name) => [name, []]))
}

function machine() {
  return `${cpus().length} cores, ${cpus()[0]?.model.trim()}, ${process.platform}; Node ${process.versions.node}; load average ${loadavg()[0]?.toFixed(1)}.`
}
