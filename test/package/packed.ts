import { execFile, type ExecFileException } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { packageRoot } from '../../src/kernel/index.ts'

/** What a program said, and how it ended. */
export interface Ran {
  code: number
  out: string
  err: string
}

/** A program that had nothing to say and nothing to complain of. */
export const clean: Ran = { code: 0, out: '', err: '' }

/** A folder of somebody who uses the package, elsewhere on this machine. */
export class Consumer {
  readonly folder: string = realpathSync(mkdtempSync(join(tmpdir(), 'mock-vneid-consumer-')))
  /** What npm made of the project. */
  tarball = ''

  /** Packs the project as `npm publish` would, and installs that without the network. */
  static async withThePackage(): Promise<Consumer> {
    const consumer = new Consumer()
    consumer.write('package.json', '{ "name": "consumer", "type": "module", "private": true }')
    const { out } = await consumer.#npm(packageRoot, [
      'pack',
      '--pack-destination',
      consumer.folder,
    ])
    consumer.tarball = join(consumer.folder, out.trim().split('\n').at(-1) ?? '')
    await consumer.#npm(consumer.folder, ['install', '--offline', consumer.tarball])
    return consumer
  }

  /** The package, as it lies there. */
  get installed(): string {
    return join(this.folder, 'node_modules/mock-vneid')
  }

  read(path: string): string {
    return readFileSync(join(this.installed, path), 'utf8')
  }

  write(path: string, text: string): void {
    const file = join(this.folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }

  /** Runs a module of theirs in plain Node. */
  async run(source: string): Promise<Ran> {
    this.write('script.js', source)
    return run(process.execPath, ['script.js'], this.folder)
  }

  /** Checks the types of a program, and of every library it has, by the compiler alone. */
  async check(source: string, options: Record<string, unknown>): Promise<Ran> {
    const compilerOptions = {
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      target: 'es2023',
      lib: ['es2023', 'dom', 'esnext.disposable'],
      types: [],
      ...options,
    }
    this.write('consumer.ts', source)
    this.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['consumer.ts'] }))
    const compiler = join(packageRoot, 'node_modules/typescript/lib/tsc.js')
    return run(process.execPath, [compiler, '-p', '.'], this.folder)
  }

  /** Gives them packages of ours, as if they had installed those too. */
  borrow(...names: readonly string[]): void {
    for (const name of names) {
      const place = join(this.folder, 'node_modules', name)
      mkdirSync(dirname(place), { recursive: true })
      if (!existsSync(place))
        symlinkSync(join(packageRoot, 'node_modules', name), place, 'junction')
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  async #npm(folder: string, args: readonly string[]): Promise<Ran> {
    const ran = await run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], folder)
    if (ran.code === 0) return ran
    throw new Error(`npm ${args[0]} ended with ${ran.code}: ${ran.err}${ran.out}`)
  }
}

/** Runs a program to its end, with nothing in its environment that would set up a mock. */
export function run(program: string, args: readonly string[], folder: string): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd: folder, env: plainEnvironment }, (error, out, err) => {
      resolve({ code: codeOf(error), out, err: withoutRuntimeWarning(err) })
    })
  })
}

export const plainEnvironment: Readonly<Record<string, string | undefined>> = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(?:MOCK_VNEID|VITEST|NODE_ENV)/.test(name)),
)

const codeOf = (error: ExecFileException | null): number =>
  error === null ? 0 : typeof error.code === 'number' ? error.code : 1

/** The library warns of Node 20, once. Everything else on the error output is ours. */
const withoutRuntimeWarning = (text: string) =>
  text.replace(/^oidc-provider WARNING: Unsupported runtime\. .*\n/m, '')
