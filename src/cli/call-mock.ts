import type { Command } from 'commander'
import { environment, tokenVariable, urlVariable } from '../config/index.ts'
import type { ConnectOptions, JournalEntry, MockWorld, MockWorlds } from '../index.ts'
import { MockVneidError } from '../kernel/index.ts'
import { journalLine } from './journal-line.ts'
import type { ExitCode } from './run.ts'

const usualUrl = 'http://localhost:3006'

/** What every command takes that drives a mock. */
export interface CallFlags {
  url?: string
  token?: string
  world?: string
  json?: boolean
}

/** Lets a command say which mock it drives, and how it is answered. */
export function takeMock(command: Command, json: string): Command {
  return command
    .option('--url <url>', `the mock's issuer (default: ${urlVariable}, else "${usualUrl}")`)
    .option('--token <token>', `its control token (default: ${tokenVariable}, else none)`)
    .option('--json', json)
}

/** The same, and which of its worlds. */
export function takeWorld(command: Command, json: string): Command {
  return takeMock(command, json).option('--world <name>', 'one of its worlds (default: its own)')
}

/** Asks a mock for something. What it refuses is told on the error output. */
export async function callMock(
  flags: CallFlags,
  ask: (mock: MockWorlds) => Promise<ExitCode | void>,
): Promise<ExitCode> {
  const url = addressIn(flags)
  if (url === undefined) return 2
  try {
    const { connectMockVneid } = await import('../index.ts')
    return (await ask(await connectMockVneid(url, tokenIn(flags)))) ?? 0
  } catch (error) {
    if (!(error instanceof MockVneidError)) throw error
    console.error(flags.json ? JSON.stringify(inJson(error)) : inWords(error))
    return exitCodeOf(error)
  }
}

/** Asks the world that is named, or the mock's own. */
export function callWorld(
  flags: CallFlags,
  ask: (world: MockWorld) => Promise<ExitCode | void>,
): Promise<ExitCode> {
  const { world } = flags
  return callMock(flags, async (mock) =>
    ask(world === undefined ? mock : await mock.worlds.get(world)),
  )
}

function addressIn({ url }: CallFlags): string | undefined {
  const given = url ?? (environment[urlVariable] || usualUrl)
  if (/^https?:\/\/[^/]/.test(given) && URL.canParse(given)) return given
  const source = url === undefined ? urlVariable : '--url'
  console.error(`${source} must begin with http:// or https://, got "${given}".`)
  return undefined
}

function tokenIn({ token }: CallFlags): ConnectOptions {
  const known = token ?? environment[tokenVariable]
  return known ? { token: known } : {}
}

function inWords(error: MockVneidError): string {
  const { code, message, journal = [] } = error as MockVneidError & { journal?: JournalEntry[] }
  const more = code === 'ERR_TOKEN_NEEDED' ? ['Here, --token gives it.'] : journal.map(journalLine)
  return [message, ...more.map((line) => `  ${line}`)].join('\n')
}

/** All that a program may want to know of it. */
function inJson(error: MockVneidError): object {
  const { name: _name, code, message, ...more } = error
  return { code, message, ...more, fields: undefined } // each of the fields is a property, too
}

/** What went wrong at the mock. The rest is what was asked for. */
const wentWrong = new Set(['ERR_SIGN_IN_REFUSED', 'ERR_MOCK_UNREACHABLE', 'ERR_NOT_A_MOCK'])

function exitCodeOf(error: MockVneidError): ExitCode {
  const { status = 0 } = error as { status?: number }
  return wentWrong.has(error.code) || status === 409 || status >= 500 ? 1 : 2
}
