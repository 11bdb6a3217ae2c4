/**
 * Does what somebody does who sees the project for the first time: clones it into a folder with a
 * space and diacritics in its name, types `npm start`, looks at both addresses, presses Ctrl-C; and
 * then starts it again, and wrongly.
 */

import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/**
 * @typedef {object} Running
 * @property {Promise<string>} ended The exit code, or the signal.
 * @property {() => boolean} isRunning
 * @property {(name: NodeJS.Signals) => void} signal
 */

const project = fileURLToPath(new URL('..', import.meta.url))
const temporary = mkdtempSync(join(tmpdir(), 'mock-vneid-'))
const clone = join(temporary, 'thử nghiệm dự án')

const [port, portalPort] = [await freePort(), await freePort()]
const ports = ['--port', String(port), '--portal-port', String(portalPort)]
const addresses = [
  `http://localhost:${port}/.well-known/openid-configuration`,
  `http://localhost:${portalPort}/`,
]

try {
  execFileSync('git', ['clone', '--quiet', project, clone], { stdio: 'inherit' })

  // npm reports that it was interrupted, whatever the program that it ran answered to that.
  await serves('first', () => run('npm', ['start', '--', ...ports]), ['0', '130', 'SIGINT'])
  await serves('second', () => run('node', ['scripts/run.mjs', 'start', ...ports]), ['0'])
  await ends(run('npm', ['start', '--', '--prot', '4000']), ['2'], 'a flag that does not exist')
} finally {
  // What was started may still be writing when something above went wrong.
  rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 })
}

/**
 * @param {string} time
 * @param {() => Running} begin
 * @param {string[]} clean What it may end with after Ctrl-C.
 */
async function serves(time, begin, clean) {
  const began = performance.now()
  const server = begin()
  await Promise.all(addresses.map((address) => answers(address, server)))
  console.log(`  ${time} start: ${Math.round(performance.now() - began)} ms until both answered`)
  await ends(run('npm', ['start', '--', ...ports]), ['2'], 'a port in use')
  server.signal('SIGINT')
  await ends(server, clean, 'Ctrl-C')
}

/**
 * In a group of its own, so that a signal reaches npm and what it started, as a terminal's does.
 *
 * @param {string} command
 * @param {string[]} words
 * @returns {Running}
 */
function run(command, words) {
  const child = spawn(command, words, {
    cwd: clone,
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const isRunning = () => child.exitCode === null && child.signalCode === null
  const signal = (/** @type {NodeJS.Signals} */ name) => {
    if (child.pid !== undefined && isRunning()) process.kill(-child.pid, name)
  }
  process.once('exit', () => signal('SIGKILL'))
  return {
    ended: once(child, 'exit').then(([code, name]) => String(code ?? name)),
    isRunning,
    signal,
  }
}

/**
 * @param {string} address
 * @param {Running} server
 */
async function answers(address, server) {
  for (;;) {
    const response = await fetch(address).catch(() => undefined)
    if (response?.ok) return
    if (response !== undefined) throw new Error(`${address} answered ${response.status}.`)
    if (!server.isRunning()) throw new Error(`npm start ended with ${await server.ended}.`)
    await sleep(20)
  }
}

/**
 * @param {Running} child
 * @param {string[]} expected
 * @param {string} why
 */
async function ends(child, expected, why) {
  const code = await Promise.race([child.ended, sleep(15_000, 'nothing yet', { ref: false })])
  if (!expected.includes(code))
    throw new Error(`${why} must end it with ${expected.join(' or ')}, got ${code}.`)
  console.log(`  ${why}: ended with ${code}`)
}

async function freePort() {
  const server = createServer().listen(0, 'localhost')
  await once(server, 'listening')
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  server.close()
  await once(server, 'close')
  return port
}
