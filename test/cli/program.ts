import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { buildIfStale } from '../../scripts/build.mjs'
import { packageRoot } from '../../src/kernel/index.ts'

const running: Program[] = []
const dataFolder = mkdtempSync(join(tmpdir(), 'mock-vneid-cli-'))

beforeAll(() => buildIfStale())

afterEach(async () => {
  await Promise.all(running.splice(0).map((program) => program.stop('SIGKILL')))
})

afterAll(() => rmSync(dataFolder, { recursive: true, force: true }))

export interface Ending {
  code: number | null
  out: string
  err: string
}

/** The built program, as it is run from a terminal. */
export class Program {
  out = ''
  err = ''
  readonly #child: ChildProcess
  readonly #ending: Promise<Ending>

  constructor(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    this.#child = spawn(process.execPath, [join(packageRoot, 'dist/cli.js'), ...args], {
      cwd: packageRoot,
      env: { ...process.env, MOCK_VNEID_DATA_FOLDER: dataFolder, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      this.out += text
    })
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.err += text
    })
    this.#ending = once(this.#child, 'close').then(([code]) => ({
      code: code as number | null,
      out: this.out,
      err: withoutRuntimeWarning(this.err),
    }))
    running.push(this)
  }

  /** Where it serves, once it says so. */
  async ready(): Promise<{ issuer: string; portalUrl: string | undefined }> {
    await this.says(/Ctrl-C stops it\./)
    const issuer = /provider +(\S+)/.exec(this.out)?.[1]
    if (issuer === undefined) throw new Error(`no issuer in: ${this.out}`)
    return { issuer, portalUrl: /portal +(\S+)/.exec(this.out)?.[1] }
  }

  /** Waits until its output has this, and fails when it ends without. */
  async says(text: RegExp): Promise<void> {
    await this.#waitFor(text, () => this.out, this.#child.stdout!)
  }

  /** The same of its error output. */
  async complains(text: RegExp): Promise<void> {
    await this.#waitFor(text, () => this.err, this.#child.stderr!)
  }

  async #waitFor(text: RegExp, said: () => string, stream: NodeJS.ReadableStream): Promise<void> {
    while (!text.test(said())) {
      const next = once(stream, 'data').then(() => 'more' as const)
      const what = await Promise.race([next, this.#ending])
      if (what !== 'more' && !text.test(said()))
        throw new Error(`ended with ${what.code}: ${what.out}${what.err}`)
    }
  }

  ended(): Promise<Ending> {
    return this.#ending
  }

  async stop(signal: NodeJS.Signals): Promise<Ending> {
    this.#child.kill(signal)
    return this.#ending
  }
}

/** Runs a command line that ends by itself. */
export function runToEnd(
  args: readonly string[],
  environment?: Readonly<Record<string, string>>,
): Promise<Ending> {
  return new Program(args, environment).ended()
}

/** The library warns of Node 20, once. Everything else on the error output is ours. */
const withoutRuntimeWarning = (text: string) =>
  text.replace(/^oidc-provider WARNING: Unsupported runtime\. .*\n/, '')
