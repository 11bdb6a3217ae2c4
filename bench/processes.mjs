import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const probe = new URL('probe.mjs', import.meta.url).href
const loadFile = fileURLToPath(new URL('load.mjs', import.meta.url))

/** @type {Set<import('node:child_process').ChildProcess>} */
const alive = new Set()

/** @type {WeakMap<import('node:child_process').ChildProcess, string>} What Each wrote to stderr. */
const complaints = new WeakMap()

process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130))

/**
 * A server under measurement, from the moment its process was asked for.
 *
 * @param {import('./servers.mjs').Server} server
 * @param {Omit<import('./servers.mjs').Where, 'port'>} given
 * @param {{ hasProbe: boolean }} options
 */
export async function startServer(server, given, { hasProbe }) {
  const port = await freePort()
  const where = { ...given, port }
  const options = hasProbe ? ['--import', probe] : []
  const startedAt = performance.now()
  const child = run([...options, ...server.command(where)], server.environment?.(where), hasProbe)
  const discovery = await untilReady(child, port, server.name)
  return { child, port, discovery, readyMs: performance.now() - startedAt }
}

/** The relying party's process. */
export const startLoad = () => run([loadFile], {}, true)

/**
 * One question to a process, and its answer.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {object} question
 */
export async function ask(child, question) {
  const answered = once(child, 'message')
  child.send(question)
  const [answer] = await answered
  if (answer.problem !== undefined) throw new Error(answer.problem)
  return answer
}

/** @param {import('node:child_process').ChildProcess} child */
export async function end(child) {
  if (!alive.has(child)) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

/**
 * @param {string[]} args
 * @param {Record<string, string>} [environment]
 * @param {boolean} [isAsked]
 */
function run(args, environment = {}, isAsked = false) {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, NODE_NO_WARNINGS: '1', ...environment },
    stdio: ['ignore', 'ignore', 'pipe', isAsked ? 'ipc' : 'ignore'],
  })
  alive.add(child)
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    complaints.set(child, (complaints.get(child) ?? '') + text)
  })
  child.on('exit', () => alive.delete(child))
  return child
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} port
 * @param {string} name
 * @returns {Promise<{ authorization_endpoint: string; token_endpoint: string; jwks_uri: string }>}
 */
async function untilReady(child, port, name) {
  const deadline = performance.now() + 15_000
  while (performance.now() < deadline && child.exitCode === null) {
    const body = await read(port, '/.well-known/openid-configuration')
    if (body !== undefined) return JSON.parse(body)
    await pause(1)
  }
  const said = complaints.get(child) ?? ''
  throw new Error(`${name} did not answer at port ${port} (exit code ${child.exitCode}). ${said}`)
}

/**
 * What a server answers, unless it is not there yet or cannot.
 *
 * @param {number} port
 * @param {string} path
 * @returns {Promise<string | undefined>}
 */
export function read(port, path) {
  const headers = { Host: `localhost:${port}` }
  return new Promise((resolve) => {
    get({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      let text = ''
      response.on('data', (chunk) => (text += chunk))
      response.on('end', () => resolve(response.statusCode === 200 ? text : undefined))
      response.on('error', () => resolve(undefined))
    }).on('error', () => resolve(undefined))
  })
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  server.close()
  await once(server, 'close')
  return port
}
