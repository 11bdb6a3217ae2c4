import { Option, type Command } from 'commander'
import { flagOf, optionOf, purposeOf, switches, type PlainSetting } from '../config/index.ts'

export type Flags = Readonly<Record<string, unknown>>

/** Lets a command take these settings, and say in which folder the rest of them are. */
export function takeSettings(command: Command, names: readonly PlainSetting[]): Command {
  command.option(
    '--config <folder>',
    'a folder with any of settings, people, clients, services (.yaml)',
  )
  for (const name of names) command.addOption(optionFor(name))
  return command
}

/** Every plain setting is a flag; what it may say is checked with all other settings. */
function optionFor(name: PlainSetting): Option {
  if (name === 'portal') return new Option('--no-portal', 'serve the provider alone')
  const value = switches.includes(name) ? '' : ' <value>'
  return new Option(`${flagOf(name)}${value}`, purposeOf(name))
}

/** Only what was said: everything else is for the settings file and the environment to say. */
export function saidIn({ portal, ...flags }: Flags): Record<string, unknown> {
  return portal === false ? { ...flags, portal: false } : flags
}

/** The same as sources of settings, by the names that settings have. */
export function sourcesIn(
  flags: Flags,
  names: readonly PlainSetting[],
): { folder?: string; flags: Partial<Record<PlainSetting, unknown>> } {
  const { config, ...said } = saidIn(flags)
  return {
    ...(typeof config === 'string' ? { folder: config } : {}),
    flags: Object.fromEntries(names.map((name) => [name, said[optionOf(name)]])),
  }
}

/** Examples below the options of a command. */
export const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}\n`
