import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { redisServerPath } from './machine.ts'

export { redisServerPath } from './machine.ts'

const running = new Set<ChildProcess>()

process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Arguments of a server, for which it may need to know where it is. */
type Args = readonly string[]

export interface RedisOptions {
  /** Further arguments of the server, such as `--appendonly yes`. */
  args?: Args
  /** Files to write into its folder before it starts, by their names. */
  files?: Readonly<Record<string, string>>
  /** The file that it is configured by, as a Sentinel is. */
  sentinelFile?: string
  /** Whether it speaks TLS and nothing else. */
  hasTls?: boolean
  /** As whom to look inside. */
  credentials?: { username: string; password: string }
}

/** A Redis of our own on a free port of this machine, and what can happen to it. */
export class RedisServer {
  readonly port: number
  /** Where it keeps what it keeps; gone with it. */
  readonly folder: string
  readonly #options: RedisOptions
  #child: ChildProcess | undefined
  #admin: Redis | undefined

  private constructor(port: number, folder: string, options: RedisOptions) {
    this.port = port
    this.folder = folder
    this.#options = options
  }

  /** Starts one. Whoever starts it ends it. */
  static async start(options: RedisOptions = {}): Promise<RedisServer> {
    const folder = mkdtempSync(join(tmpdir(), 'mock-vneid-redis-'))
    for (const [name, text] of Object.entries(options.files ?? {}))
      writeFileSync(join(folder, name), text)
    const server = new RedisServer(await freePort(), folder, options)
    await server.begin()
    return server
  }

  get address(): string {
    return `redis://127.0.0.1:${this.port}`
  }

  /** A client of it, to look inside. Ends with it. */
  get admin(): Redis {
    if (this.#admin === undefined) {
      const { credentials = {} } = this.#options
      this.#admin = new Redis({ ...credentials, port: this.port, lazyConnect: true })
      this.#admin.on('error', () => {})
    }
    return this.#admin
  }

  /** Starts it again where it was. */
  async begin(): Promise<void> {
    const { args = [], sentinelFile, hasTls = false } = this.#options
    const own = [
      ...(hasTls
        ? ['--port', '0', '--tls-port', String(this.port)]
        : ['--port', String(this.port)]),
      '--bind',
      '127.0.0.1',
      '--dir',
      this.folder,
      ...(sentinelFile === undefined ? ['--save', ''] : []),
    ]
    const first = sentinelFile === undefined ? [] : [join(this.folder, sentinelFile), '--sentinel']
    this.#child = spawn(redisServerPath!, [...first, ...own, ...args], {
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.add(this.#child)
    this.#child.once('exit', () => running.delete(this.#child!))
    await this.#saysItIsReady(this.#child)
  }

  /** Everything it is asked waits, as on a machine that is out of breath. */
  pause(): void {
    this.#child?.kill('SIGSTOP')
  }

  resume(): void {
    this.#child?.kill('SIGCONT')
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGKILL'): Promise<void> {
    const child = this.#child
    if (child === undefined || !running.has(child)) return
    const exited = once(child, 'exit')
    child.kill(signal)
    child.kill('SIGCONT')
    await exited
  }

  async end(): Promise<void> {
    this.#admin?.disconnect()
    await this.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** The name of every key. */
  keys(): Promise<string[]> {
    return this.admin.keys('*')
  }

  /** How often it was asked anything since it began: each is one round trip of whoever asked. */
  async questions(): Promise<number> {
    const stats = await this.admin.info('commandstats')
    const calls = [...stats.matchAll(/^cmdstat_eval(?:sha)?:calls=(\d+)/gm)]
    return calls.reduce((sum, [, count]) => sum + Number(count), 0)
  }

  async #saysItIsReady(child: ChildProcess): Promise<void> {
    let said = ''
    const ready = new Promise<void>((resolve) => {
      child.stdout!.setEncoding('utf8').on('data', (text: string) => {
        said += text
        if (/Ready to accept connections|Sentinel ID is/.test(said)) resolve()
      })
    })
    const failed = once(child, 'exit').then(() => {
      throw new Error(`redis-server did not start: ${said}`)
    })
    await Promise.race([ready, failed])
    failed.catch(() => {})
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
