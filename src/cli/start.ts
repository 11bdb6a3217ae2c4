import type { Command } from 'commander'
import { plainSettings } from '../config/index.ts'
import type { Log } from '../index.ts'
import type { StandaloneMock } from '../standalone.ts'
import { MockVneidError } from '../kernel/index.ts'
import { claimPidFile, watchFiles, type PidFile } from '../operations/index.ts'
import { createLog } from './create-log.ts'
import { greeting } from './greeting.ts'
import type { ExitCode, Finish } from './run.ts'
import { examples, saidIn, takeSettings, type Flags } from './settings-flags.ts'
import { onHangUp, untilTold } from './signals.ts'

/** `mock-vneid start` */
export function addStart(program: Command, finish: Finish): void {
  const command = program
    .command('start')
    .description('serve the provider and the demo portal until Ctrl-C')
    .addHelpText(
      'after',
      examples(
        'mock-vneid start',
        'mock-vneid start --port 0 --no-portal',
        'mock-vneid start --store redis://localhost:6379 --log-format json',
      ),
    )
    .action(async (flags: Flags) => finish(await start(flags)))
  takeSettings(command, plainSettings)
}

async function start(flags: Flags): Promise<ExitCode> {
  const toldToStop = untilTold() // from now on, since one may be told before the greeting is read
  const hangUp = onHangUp()
  const { startStandalone } = await import('../standalone.ts')
  const mock = await startStandalone({ ...saidIn(flags), createLog })
  const { log, settings } = mock
  const reload = () => void readAgain(mock)
  const pidFile = claim(settings.data_folder, log)
  const watch = watchFiles(mock.files, reload)
  hangUp.does(reload)
  if (settings.log_format === 'json') log({ event: 'started', ...addressesOf(mock) })
  else console.log(await greeting(mock, settings.provider))
  await Promise.race([toldToStop, hangUp.ofTheTerminal])
  log({ event: 'stopping' })
  watch.close()
  pidFile?.release()
  await mock.close()
  return 0
}

const addressesOf = ({ issuer, portalUrl }: StandaloneMock) =>
  portalUrl === undefined ? { issuer } : { issuer, portalUrl }

/** Whatever is wrong with the files, what is in force stays. */
async function readAgain(mock: StandaloneMock): Promise<void> {
  try {
    await mock.reload()
  } catch (error) {
    if (!(error instanceof MockVneidError))
      return mock.log({ event: 'server-error', where: 'reload', error })
    const why = 'report' in error ? String(error.report) : error.message
    const message = `the files were not taken over, and what was in force stays in force.\n${why}`
    mock.log({ event: 'notice', message })
  }
}

/** Who cannot write it cannot be called by "mock-vneid reload", and can do everything else. */
function claim(folder: string, log: Log): PidFile | undefined {
  try {
    return claimPidFile(folder)
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    const message = `no mock-vneid.pid can be written to "${folder}" (${code}), so "mock-vneid reload" will not find this process. Name another folder with --data-folder.`
    log({ event: 'notice', message })
    return undefined
  }
}
