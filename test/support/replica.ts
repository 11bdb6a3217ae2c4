import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { buildIfStale } from '../../scripts/build.mjs'
import { packageRoot } from '../../src/kernel/index.ts'
import { freePort } from './redis.ts'
import { call, type Place } from './wire.ts'

export interface ReplicaOptions {
  /** What all replicas are called by. */
  issuer: string
  /** The store that they share. */
  store: string
  port?: number
}

const running = new Set<ChildProcess>()

/** Once for all replicas of a test file. */
let building: Promise<void> | undefined

process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** One of several processes of the built program that share a store and an issuer. */
export class Replica implements Place {
  readonly port: number
  readonly issuer: string
  /** What it complained of. */
  err = ''
  /** What it said. */
  out = ''
  readonly #store: string
  /** Of its own, so that nothing can be shared by files. */
  readonly #folder = mkdtempSync(join(tmpdir(), 'mock-vneid-replica-'))
  #child: ChildProcess | undefined

  private constructor(port: number, { issuer, store }: ReplicaOptions) {
    this.port = port
    this.issuer = issuer
    this.#store = store
  }

  /** Starts one. Whoever starts it ends it. */
  static async start(options: ReplicaOptions): Promise<Replica> {
    await (building ??= buildIfStale())
    const replica = new Replica(options.port ?? (await freePort()), options)
    await replica.begin()
    return replica
  }

  /** Starts it again where it was. */
  async begin(): Promise<void> {
    const flags = [
      `--port=${this.port}`,
      `--issuer=${this.issuer}`,
      `--store=${this.#store}`,
      '--no-portal',
    ]
    const child = spawn(process.execPath, [join(packageRoot, 'dist/cli.js'), 'start', ...flags], {
      cwd: this.#folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    running.add(child)
    child.once('exit', () => running.delete(child))
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.out += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.err += text
    })
    await this.#untilItAnswers(child)
  }

  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGKILL'): Promise<void> {
    const child = this.#child
    if (child === undefined || !running.has(child)) return
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
  }

  /** Ends it for good. */
  async remove(): Promise<void> {
    await this.end()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #untilItAnswers(child: ChildProcess): Promise<void> {
    for (let tries = 0; tries < 400 && running.has(child); tries++) {
      const isThere = await call(this, '/jwks', { timeoutMs: 2000 }).then(
        ({ status }) => status === 200,
        () => false,
      )
      if (isThere) return
      await pause(50)
    }
    throw new Error(`the replica at port ${this.port} is not there: ${this.out}${this.err}`)
  }
}
