import type { Command } from 'commander'
import { readFileSync } from 'node:fs'
import { get as getPlain } from 'node:http'
import { get as getSecure } from 'node:https'
import { join } from 'node:path'
import type { ConnectionOptions } from 'node:tls'
import { environment, explainSettings, type PlainSetting, type Settings } from '../config/index.ts'
import type { ExitCode, Finish } from './run.ts'
import { examples, sourcesIn, takeSettings, type Flags } from './settings-flags.ts'

const names: readonly PlainSetting[] = ['port', 'host', 'tls', 'tls_cert', 'tls_key', 'data_folder']

/** How long to wait for an answer, in milliseconds. */
const patienceMs = 3000

/** `mock-vneid health [url]` */
export function addHealth(program: Command, finish: Finish): void {
  const command = program
    .command('health')
    .description('ask whether a mock is ready: exit code 0 when it is, 1 when it is not')
    .argument('[url]', 'what to ask; without it, /readyz at the port of the settings')
    .addHelpText(
      'after',
      examples('mock-vneid health', 'mock-vneid health http://localhost:3007/healthz'),
    )
    .action(async (url: string | undefined, flags: Flags) => finish(await health(url, flags)))
  takeSettings(command, names)
}

async function health(given: string | undefined, flags: Flags): Promise<ExitCode> {
  if (given !== undefined && !/^https?:\/\/[^/]/.test(given)) {
    console.error(`url must begin with http:// or https://, got "${given}".`)
    return 2
  }
  const { settings } = explainSettings({ environment, ...sourcesIn(flags, names) })
  const url = given ?? readinessUrl(settings)
  const { isHealthy, answer } = await ask(new URL(url), {
    ...trustedBy(settings),
    // Files are for the issuer's name, and here the same server is called by its address.
    ...(given === undefined &&
      settings.tls === 'files' && { checkServerIdentity: () => undefined }),
  })
  if (isHealthy) console.log(`healthy: ${url} ${answer}`)
  else console.error(`not healthy: ${url} ${answer}`)
  return isHealthy ? 0 : 1
}

/** An address that is every address is reached at loopback. */
function readinessUrl({ host, port, tls }: Settings): string {
  const name =
    host === 'loopback' || host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  const shown = name.includes(':') ? `[${name}]` : name
  return `${tls === 'off' ? 'http' : 'https'}://${shown}:${port}/readyz`
}

/** The authority of our own making, or the very certificate that is served, whoever signed it. */
function trustedBy({ tls, tls_cert: cert, data_folder: folder }: Settings): ConnectionOptions {
  const file = tls === 'files' ? cert : join(folder, 'ca.pem')
  try {
    if (file === undefined) return {}
    return { ca: readFileSync(file, 'utf8'), allowPartialTrustChain: true }
  } catch {
    return {}
  }
}

interface Answer {
  isHealthy: boolean
  answer: string
}

function ask(url: URL, trust: ConnectionOptions): Promise<Answer> {
  return new Promise((resolve) => {
    const get = url.protocol === 'https:' ? getSecure : getPlain
    const options = { timeout: patienceMs, agent: false as const, ...trust }
    const request = get(url, options, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text: string) => {
        body = (body + text).slice(0, 2000)
      })
      response.on('end', () => {
        const { statusCode = 0 } = response
        const isHealthy = statusCode >= 200 && statusCode < 300
        resolve({ isHealthy, answer: `answered ${statusCode}${isHealthy ? '' : reasons(body)}` })
      })
    })
    request.on('timeout', () => request.destroy(new Error(`no answer within ${patienceMs} ms`)))
    request.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ isHealthy: false, answer: `did not answer (${error.code ?? error.message})` }),
    )
  })
}

/** What a readiness report says is missing. */
function reasons(body: string): string {
  try {
    const { checks } = JSON.parse(body) as { checks: Record<string, string> }
    const wrong = Object.entries(checks).filter(([, answer]) => answer !== 'ok')
    return ` (${wrong.map(([name, answer]) => `${name}: ${answer}`).join(', ')})`
  } catch {
    return ''
  }
}
