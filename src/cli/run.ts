import { Command, CommanderError, Option } from 'commander'
import { flagOf, plainSettings, purposeOf, switches, type PlainSetting } from '../config/index.ts'
import { MockVneidError, startStandalone, type StandaloneOptions } from '../index.ts'
import { greeting } from './greeting.ts'
import { printEvent } from './print-event.ts'

/** What the process exits with: 0 done, 1 something broke, 2 it was called or configured wrongly. */
export type ExitCode = 0 | 1 | 2

type Flags = Readonly<Record<string, unknown>>

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

function createProgram(onStart: (flags: Flags) => Promise<void>): Command {
  const program = new Command('mock-vneid')
    .description('A mock of VNeID as an OpenID Connect provider. Not the real thing.')
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, '')) })
  const command = program
    .command('start')
    .description('serve the provider and the demo portal until Ctrl-C')
    .option('--config <folder>', 'a folder with any of settings, people, clients, services (.yaml)')
    .allowExcessArguments(false)
    .showHelpAfterError('Run "mock-vneid start --help" for what it takes.')
    .action(onStart)
  for (const name of plainSettings) command.addOption(optionFor(name))
  return program
}

/** Every plain setting is a flag; what it may say is checked with all other settings. */
function optionFor(name: PlainSetting): Option {
  if (name === 'portal') return new Option('--no-portal', 'serve the provider alone')
  const value = switches.includes(name) ? '' : ' <value>'
  return new Option(`${flagOf(name)}${value}`, purposeOf(name))
}

async function start(flags: Flags): Promise<ExitCode> {
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
function optionsOf({ portal, ...flags }: Flags): StandaloneOptions {
  return portal === false ? { ...flags, portal: false } : flags
}
