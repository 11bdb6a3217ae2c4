import type { Command } from 'commander'
import { readFileSync } from 'node:fs'
import { environment } from '../config/index.ts'
import { examine, formatDiagnosis } from '../doctor/index.ts'
import { systemClock } from '../kernel/index.ts'
import type { ExitCode, Finish } from './run.ts'
import { examples } from './settings-flags.ts'

interface DoctorFlags {
  client?: string
  redirectUri?: string
  clientSecretFile?: string
  json?: boolean
}

/** `mock-vneid doctor <issuer>` */
export function addDoctor(program: Command, finish: Finish): void {
  program
    .command('doctor')
    .description('say why a portal and its provider do not find each other, and what to do')
    .argument('<issuer>', 'the issuer that the portal is configured with')
    .option('--client <client_id>', 'also try what only shows to a registered client')
    .option('--redirect-uri <uri>', 'the address that the portal expects people back at')
    .option(
      '--client-secret-file <file>',
      'also try the secret in this file; - reads it from stdin',
    )
    .option('--json', 'print the findings as JSON')
    .addHelpText(
      'after',
      examples(
        'mock-vneid doctor http://localhost:3006',
        'mock-vneid doctor http://localhost:3006 --client my-portal --redirect-uri http://localhost:8080/callback',
        'printenv PORTAL_SECRET | mock-vneid doctor http://localhost:3006 --client my-portal --client-secret-file -',
      ),
    )
    .action(async (issuer: string, flags: DoctorFlags) => finish(await doctor(issuer, flags)))
}

async function doctor(issuer: string, flags: DoctorFlags): Promise<ExitCode> {
  const secret = flags.clientSecretFile === undefined ? '' : readSecret(flags.clientSecretFile)
  if (secret === undefined) return 2
  const diagnosis = await examine(issuer, {
    clock: systemClock,
    environment,
    ...(flags.client === undefined ? {} : { clientId: flags.client }),
    ...(flags.redirectUri === undefined ? {} : { expectedRedirectUri: flags.redirectUri }),
    ...(secret === '' ? {} : { clientSecret: secret }),
  })
  const colour = process.stdout.isTTY && !environment['NO_COLOR']
  console.log(
    flags.json ? JSON.stringify(diagnosis, null, 2) : formatDiagnosis(diagnosis, { colour }),
  )
  return diagnosis.verdict === 'wrong' ? 1 : 0
}

/** A secret on the command line could be read by everybody on this machine, so it comes by a file. */
function readSecret(file: string): string | undefined {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8').replace(/\r?\n$/, '')
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    console.error(
      `--client-secret-file "${file}" cannot be read (${code}). Name a file with the secret.`,
    )
    return undefined
  }
}
