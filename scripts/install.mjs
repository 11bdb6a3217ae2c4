import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @typedef {object} Entry A package in a lock file.
 * @property {string} [version]
 * @property {boolean} [optional]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 * @property {string[]} [libc]
 */

/** Without the retries' own pace, npm is silent for more than a minute where there is no network. */
const options = [
  '--include=dev',
  '--no-audit',
  '--no-fund',
  '--fetch-retries=3',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=5000',
]

/**
 * Installs the dependencies when those in `node_modules` are not the ones that `package-lock.json`
 * names, and says so; otherwise only compares the two, which takes milliseconds. Ends the process
 * when they cannot be had.
 *
 * @param {string} root
 */
export function installMissing(root) {
  if (isInstalled(root)) return
  console.log('Installing dependencies, once …')
  const { error, signal, status } = npm(['ci', ...options], root)
  if (status === 0) return
  const reason =
    error?.message ?? (signal === null ? `npm ended with ${status}` : `npm got ${signal}`)
  console.error(
    `The dependencies could not be installed (${reason}; npm says why above). Check that this machine reaches the npm registry, then run the same command again.`,
  )
  process.exit(1)
}

/** @param {string} root */
function isInstalled(root) {
  const wanted = packagesIn(join(root, 'package-lock.json'))
  const present = packagesIn(join(root, 'node_modules', '.package-lock.json'))
  if (present === undefined) return false
  return Object.entries(wanted ?? {}).every(
    ([path, { version, ...entry }]) =>
      path === '' || !isForThisMachine(entry) || present[path]?.version === version,
  )
}

/**
 * @param {string} file
 * @returns {Record<string, Entry> | undefined}
 */
function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}

/**
 * Optional packages are binaries for one kind of machine each. Which C library this machine has is
 * npm's to find out, so those that depend on it are not asked about.
 *
 * @param {Entry} entry
 */
function isForThisMachine({ optional, os, cpu, libc }) {
  if (!optional) return true
  return Boolean(
    os?.includes(process.platform) && cpu?.includes(process.arch) && libc === undefined,
  )
}

/**
 * The npm that started us, by the Node that runs us; on its own, the one on the path.
 *
 * @param {string[]} args
 * @param {string} cwd
 */
function npm(args, cwd) {
  const { npm_execpath: npmCli } = process.env
  /** @type {import('node:child_process').SpawnSyncOptions} */
  const spawning = { cwd, stdio: 'inherit' }
  return npmCli?.endsWith('npm-cli.js')
    ? spawnSync(process.execPath, [npmCli, ...args], spawning)
    : spawnSync('npm', args, { ...spawning, shell: process.platform === 'win32' })
}
