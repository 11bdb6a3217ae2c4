import type { Command } from 'commander'
import { environment, explainSettings, type PlainSetting } from '../config/index.ts'
import { findProcess } from '../operations/index.ts'
import type { ExitCode, Finish } from './run.ts'
import { examples, sourcesIn, takeSettings, type Flags } from './settings-flags.ts'

const names: readonly PlainSetting[] = ['data_folder']

/** `mock-vneid reload` */
export function addReload(program: Command, finish: Finish): void {
  const command = program
    .command('reload')
    .description('let a running mock read people, clients and services again; sessions stay')
    .addHelpText(
      'after',
      examples('mock-vneid reload', 'mock-vneid reload --data-folder /var/lib/mock-vneid'),
    )
    .action((flags: Flags) => finish(reload(flags)))
  takeSettings(command, names)
}

function reload(flags: Flags): ExitCode {
  if (process.platform === 'win32') {
    console.error(
      'Windows has no SIGHUP. Save the file again: a running mock notices within seconds by itself.',
    )
    return 2
  }
  const { settings } = explainSettings({ environment, ...sourcesIn(flags, names) })
  const { data_folder: folder } = settings
  const found = findProcess(folder)
  if (found.is === 'running') {
    process.kill(found.pid, 'SIGHUP')
    console.log(`process ${found.pid} reads its files again; its log says what came of it.`)
    return 0
  }
  console.error(
    found.is === 'gone'
      ? `process ${found.pid}, which used "${folder}", has ended. Start a mock, or name its folder with --data-folder.`
      : `no mock uses "${folder}". Start one, or name its folder with --data-folder.`,
  )
  return 1
}
