import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { MockVneidError, startStandalone, type StartOptions } from '../index.ts'
import { greeting } from './greeting.ts'
import { printEvent } from './print-event.ts'

/** What the process exits with: 0 done, 1 something broke, 2 it was called or configured wrongly. */
export type ExitCode = 0 | 1 | 2

interface StartFlags {
  port?: number
  portalPort?: number
  portal: boolean
  issuer?: string
  config?: string
  allowGovHost?: boolean
  dataFolder?: string
  realNumberPrefixes?: boolean
}

/** Runs one command line to its end, and says how it went. */
export async function run(args: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = 0
  const program = createProgram(async (flags) => {
    exitCode = await start(flags)
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

function createProgram(onStart: (flags: StartFlags) => Promise<void>): Command {
  const program = new Command('mock-vneid')
    .description('A mock of VNeID as an OpenID Connect provider. Not the real thing.')
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, '')) })
  program
    .command('start')
    .description('serve the provider and the demo portal until Ctrl-C')
    .addOption(new Option('--port <port>', 'of the provider; 0 for any free one').argParser(port))
    .addOption(
      new Option('--portal-port <port>', 'of the demo portal; 0 for any free one').argParser(port),
    )
    .option('--no-portal', 'serve the provider alone')
    .option('--issuer <url>', 'the issuer, where it is not http://localhost:<port>')
    .option('--allow-gov-host', 'let the issuer be under gov.vn; the real services never are')
    .option('--data-folder <folder>', 'where keys are kept between starts')
    .option('--real-number-prefixes', 'let people have numbers that begin like real ones')
    .option('--config <folder>', 'a folder with any of settings, people, clients, services (.yaml)')
    .allowExcessArguments(false)
    .showHelpAfterError('Run "mock-vneid start --help" for what it takes.')
    .action(onStart)
  return program
}

function port(text: string): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value > 65_535)
    throw new InvalidArgumentError('It must be an integer from 0 to 65535.')
  return value
}

async function start(flags: StartFlags): Promise<ExitCode> {
  const toldToStop = untilTold() // from now on, since one may be told before the greeting is read
  const mock = await startStandalone({ ...optionsOf(flags), log: printEvent })
  console.log(await greeting(mock))
  await toldToStop
  await mock.close()
  return 0
}

/** Ctrl-C lets requests in flight finish; a second one does not wait for them. */
async function untilTold(): Promise<void> {
  const signals = ['SIGINT', 'SIGTERM'] as const
  await new Promise<void>((resolve) => {
    for (const signal of signals)
      process.once(signal, () => {
        for (const second of signals) process.once(second, () => process.exit(1))
        resolve()
      })
  })
}

/** Only what was said: everything else is for the settings file and the environment to say. */
function optionsOf({ portal, ...flags }: StartFlags): StartOptions {
  return portal ? flags : { ...flags, portal }
}
