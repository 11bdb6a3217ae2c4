import type { Command } from 'commander'
import {
  environment,
  explainSettings,
  plainSettings,
  type SettingExplained,
} from '../config/index.ts'
import { printableLines } from './printable.ts'
import type { Finish } from './run.ts'
import { examples, sourcesIn, takeSettings, type Flags } from './settings-flags.ts'

/** `mock-vneid config` */
export function addConfig(program: Command, finish: Finish): void {
  const command = program
    .command('config')
    .description('print every setting that a start would have, and where it comes from')
    .option('--json', 'print them as JSON')
    .addHelpText(
      'after',
      examples('mock-vneid config', 'mock-vneid config --config ./my-config --port 4000 --json'),
    )
    .action((flags: Flags) => {
      const { all } = explainSettings({ environment, ...sourcesIn(flags, plainSettings) })
      console.log(flags['json'] ? JSON.stringify(all, null, 2) : printableLines(table(all)))
      finish(0)
    })
  takeSettings(command, plainSettings)
}

function table(all: readonly SettingExplained[]): string {
  const rows = all.map(({ name, value, origin }) => [name, shown(value), origin] as const)
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows
    .map(([name, value, origin]) =>
      `${name.padEnd(widths[0]!)}  ${value.padEnd(Math.min(50, widths[1]!))}  ${origin}`.trimEnd(),
    )
    .join('\n')
}

function shown(value: unknown): string {
  if (value === undefined) return '–'
  if (Array.isArray(value)) return value.join(', ') || 'none'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
