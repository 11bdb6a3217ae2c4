import { Command, CommanderError } from 'commander'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { MockVneidError, packageRoot } from '../kernel/index.ts'
import { addClock } from './clock.ts'
import { addConfig } from './config.ts'
import { addDoctor } from './doctor.ts'
import { addHealth } from './health.ts'
import { addJournal } from './journal.ts'
import { addLogin } from './login.ts'
import { addPeople } from './people.ts'
import { addPortal } from './portal.ts'
import { printableLines } from './printable.ts'
import { addReload } from './reload.ts'
import { addStart } from './start.ts'
import { addWorlds } from './worlds.ts'

/**
 * What the process exits with: 0 done, 1 something is not as it should be, 2 it was called or
 * configured wrongly.
 */
export type ExitCode = 0 | 1 | 2

/** Takes what a command came to. */
export type Finish = (exitCode: ExitCode) => void

const commands = [
  addStart,
  addPortal,
  addLogin,
  addPeople,
  addWorlds,
  addClock,
  addJournal,
  addHealth,
  addDoctor,
  addReload,
  addConfig,
]

/** Runs one command line to its end, and says how it went. */
export async function run(args: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = 0
  const program = createProgram((code) => {
    exitCode = code
  })
  try {
    await program.parseAsync([...args], { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (!(error instanceof MockVneidError)) throw error
    console.error(printableLines(error.message))
    return 2
  }
}

function createProgram(finish: Finish): Command {
  const program = new Command('mock-vneid')
    .description('A mock of VNeID as an OpenID Connect provider. Not the real thing.')
    .version(version())
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, '')) })
  for (const add of commands) add(program, finish)
  tellHowToAskForHelp(program)
  return program
}

function version(): string {
  const manifest = readFileSync(join(packageRoot, 'package.json'), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}

/** Whoever works in a clone of the repository has no command of that name. */
function tellHowToAskForHelp(parent: Command, path = ''): void {
  for (const command of parent.commands) {
    const name = `${path}${command.name()}`
    const inClone = name === 'start' ? 'npm start --' : `node dist/cli.js ${name}`
    command
      .allowExcessArguments(false)
      .showHelpAfterError(
        `Run "mock-vneid ${name} --help" for what it takes; in a clone, "${inClone} --help".`,
      )
    tellHowToAskForHelp(command, `${name} `)
  }
}
