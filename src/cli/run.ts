import { Command, CommanderError } from 'commander'
import { MockVneidError } from '../index.ts'
import { addConfig } from './config.ts'
import { addDoctor } from './doctor.ts'
import { addHealth } from './health.ts'
import { addPortal } from './portal.ts'
import { addReload } from './reload.ts'
import { addStart } from './start.ts'

/**
 * What the process exits with: 0 done, 1 something is not as it should be, 2 it was called or
 * configured wrongly.
 */
export type ExitCode = 0 | 1 | 2

/** Takes what a command came to. */
export type Finish = (exitCode: ExitCode) => void

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
    console.error(error.message)
    return 2
  }
}

function createProgram(finish: Finish): Command {
  const program = new Command('mock-vneid')
    .description('A mock of VNeID as an OpenID Connect provider. Not the real thing.')
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, '')) })
  for (const add of [addStart, addPortal, addHealth, addDoctor, addReload, addConfig])
    add(program, finish)
  for (const command of program.commands)
    command.allowExcessArguments(false).showHelpAfterError(howToAskForHelp(command.name()))
  return program
}

/** Whoever works in a clone of the repository has no command of that name. */
function howToAskForHelp(name: string): string {
  const inClone = name === 'start' ? 'npm start --' : `node dist/cli.js ${name}`
  return `Run "mock-vneid ${name} --help" for what it takes; in a clone, "${inClone} --help".`
}
