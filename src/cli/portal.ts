import type { Command } from 'commander'
import type { PlainSetting } from '../config/index.ts'
import { createLog } from './create-log.ts'
import type { ExitCode, Finish } from './run.ts'
import { examples, saidIn, takeSettings, type Flags } from './settings-flags.ts'
import { untilTold } from './signals.ts'

const names: readonly PlainSetting[] = [
  'issuer',
  'discovery_url',
  'portal_port',
  'portal_url',
  'host',
  'control',
  'allow_gov_host',
  'data_folder',
  'tls',
  'tls_cert',
  'tls_key',
  'tls_names',
  'log_format',
  'log_level',
]

/** `mock-vneid portal` */
export function addPortal(program: Command, finish: Finish): void {
  const command = program
    .command('portal')
    .description('serve the demo portal alone, for a provider that runs elsewhere')
    .addHelpText(
      'after',
      examples(
        'mock-vneid portal --issuer http://localhost:3006',
        'mock-vneid portal --issuer http://localhost:3006 --discovery-url http://provider:3006 --host 0.0.0.0 --control open',
      ),
    )
    .action(async (flags: Flags) => finish(await portal(flags)))
  takeSettings(command, names)
}

async function portal(flags: Flags): Promise<ExitCode> {
  const toldToStop = untilTold()
  const { startStandalonePortal } = await import('../standalone.ts')
  const running = await startStandalonePortal({ ...saidIn(flags), createLog })
  const { issuer, portalUrl, log, settings } = running
  if (settings.log_format === 'json') log({ event: 'started', issuer, portalUrl })
  else
    console.log(
      `\n  MÔ PHỎNG – demo portal, not a real one\n\n  portal    ${portalUrl}   ← open this and sign in\n  provider  ${issuer}\n\n  Ctrl-C stops it.\n`,
    )
  await toldToStop
  log({ event: 'stopping' })
  await running.close()
  return 0
}
