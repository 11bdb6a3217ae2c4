/** Measures us, the library alone and two other mocks, side by side in one run. See README.md. */

import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installMissing } from '../scripts/install.mjs'
import { ask, end, read, startLoad, startServer } from './processes.mjs'
import { reference, relyingParty, servers } from './servers.mjs'
import { table } from './table.mjs'

/** @typedef {Record<string, number[]>} Rounds What each server took, round by round. */

const isQuick = process.argv.includes('--quick')
const plan = isQuick
  ? { starts: 2, rounds: 2, signIns: 100, warmUp: 50, atATime: 8 }
  : { starts: 11, rounds: 9, signIns: 1500, warmUp: 3000, atATime: 8 }

installMissing(fileURLToPath(new URL('.', import.meta.url)))

const folder = mkdtempSync(join(tmpdir(), 'mock-vneid-bench-'))
const given = { folder, keyFile: join(folder, 'rsa.json') }
const giveUp = setTimeout(() => {
  console.error('the bench took longer than ten minutes: given up.')
  process.exit(1)
}, 600_000)

try {
  keepKey(given.keyFile)
  const ready = await measureStarts()
  const underLoad = await measureSignIns()
  console.log(report({ ready, ...underLoad }))
} finally {
  clearTimeout(giveUp)
  rmSync(folder, { recursive: true, force: true })
}

/** @param {string} file */
function keepKey(file) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'bench', alg: 'RS256', use: 'sig' }
  writeFileSync(file, JSON.stringify(jwk), { mode: 0o600 })
}

/** From the process that is asked for to the first answer of the discovery endpoint. */
async function measureStarts() {
  const ready = noRounds()
  for (let round = 0; round <= plan.starts; round++) {
    say(`starting each, ${round} of ${plan.starts}`)
    for (const server of servers) {
      const { child, port, discovery, readyMs } = await startServer(server, given, {
        hasProbe: false,
      })
      // The first round warms the file cache, and lasts until the keys are there to be kept.
      if (round === 0) await read(port, new URL(discovery.jwks_uri).pathname)
      await end(child)
      if (round > 0) ready[server.name]?.push(readyMs)
    }
  }
  return ready
}

/** All run all the time; one after another is put under load, in turn, so that noise meets them all. */
async function measureSignIns() {
  const [cpuMs, perSecond] = [noRounds(), noRounds()]
  /** @type {Rounds} */
  const rss = noRounds()
  const load = startLoad()
  const running = []
  for (const server of servers) {
    if (server.request === undefined) continue
    const { child, port, discovery } = await startServer(server, given, { hasProbe: true })
    const task = {
      port,
      authorizePath: new URL(discovery.authorization_endpoint).pathname,
      tokenPath: new URL(discovery.token_endpoint).pathname,
      params: server.request,
      relyingParty,
      atATime: plan.atATime,
    }
    running.push({ name: server.name, child, task })
  }
  for (const { task } of running) await ask(load, { ...task, count: plan.warmUp })
  for (let round = 1; round <= plan.rounds; round++) {
    say(`signing in, ${round} of ${plan.rounds}`)
    for (const { name, child, task } of running) {
      const before = await ask(child, {})
      const { seconds } = await ask(load, { ...task, count: plan.signIns })
      const after = await ask(child, {})
      cpuMs[name]?.push((after.cpuMs - before.cpuMs) / plan.signIns)
      perSecond[name]?.push(plan.signIns / seconds)
      if (round === plan.rounds) rss[name]?.push(after.rss / 2 ** 20)
    }
  }
  for (const { child } of running) await end(child)
  await end(load)
  return { cpuMs, perSecond, rss }
}

/** @returns {Rounds} */
function noRounds() {
  return Object.fromEntries(servers.map(({ name }) => [name, []]))
}

/** @param {{ ready: Rounds; cpuMs: Rounds; perSecond: Rounds; rss: Rounds }} measured */
function report({ ready, cpuMs, perSecond, rss }) {
  const names = servers.map(({ name }) => name)
  const signIns = plan.warmUp + plan.rounds * plan.signIns
  return [
    table(names, reference, [
      { title: 'ready, ms', rounds: ready, digits: 0 },
      { title: 'server CPU per sign-in, ms', rounds: cpuMs, digits: 2 },
      { title: 'sign-ins/s', rounds: perSecond, digits: 0 },
      { title: `RSS after ${signIns}, MB`, rounds: rss, digits: 0 },
    ]),
    '',
    `Medians of ${plan.starts} starts and ${plan.rounds} rounds of ${plan.signIns} sign-ins, ` +
      `${plan.atATime} at a time; × is the median of the ratios to ${reference} in the same round.`,
    `${cpus().length} cores, ${cpus()[0]?.model.trim()}, ${process.platform}; Node ${process.versions.node}; RS256.`,
  ].join('\n')
}

/** @param {string} text */
function say(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r${text} …\u001B[K\r`)
}
