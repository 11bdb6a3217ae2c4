import { ConfigInvalid, optionOf, plainSettings } from './config/index.ts'
import { didYouMean, type Clock, type Log, type Random } from './kernel/index.ts'

/** How to start. Everything may be left out. */
export interface StartOptions {
  /**
   * Whether ports are opened. Without, requests are answered by {@link RunningMock.listener} alone,
   * in a server of your own; say then what the `issuer` is.
   *
   * @default true
   */
  listen?: boolean
  /**
   * The port of the provider.
   *
   * @default any free port
   */
  port?: number
  /**
   * The port of the demo portal, when it is served.
   *
   * @default any free port
   */
  portalPort?: number
  /**
   * Whether the demo portal is served.
   *
   * @default false
   */
  portal?: boolean
  /** A folder with any of `settings.yaml`, `people.yaml`, `clients.yaml`, `services.yaml`. */
  config?: string
  /** The issuer, where it is not `http://localhost:<port>`. */
  issuer?: string
  /** Whether an issuer under gov.vn is allowed. The real services' domains never are. */
  allowGovHost?: boolean
  /**
   * Where keys are kept between starts.
   *
   * @default .mock-vneid in the working folder
   */
  dataFolder?: string
  /**
   * Whether people may have numbers that begin like those of real people.
   *
   * @default false
   */
  realNumberPrefixes?: boolean
  /**
   * Files of people beside `people.yaml`: YAML, JSON or CSV.
   *
   * @default none
   */
  people?: readonly string[]
  /**
   * How many people there are beside those of files. They are computed when they are asked for, so
   * that all of a country cost what ten do. Settings say more of them.
   *
   * @default 57900000
   */
  population?: number
  /**
   * Another seed, other people in the population.
   *
   * @default mock-vneid
   */
  populationSeed?: string
  /**
   * Where to listen: `loopback`, or an address such as `0.0.0.0`.
   *
   * @default loopback
   */
  host?: string
  /**
   * Whether strangers may sign in without a page, drive the control API without a token and use the
   * published client secrets, when the listener is not loopback.
   *
   * @default closed
   */
  control?: 'closed' | 'open'
  /**
   * Where everything is kept: `memory`, or `redis://host:port` and its relatives.
   *
   * @default memory
   */
  store?: string
  /**
   * Begins every key in Redis.
   *
   * @default mock-vneid
   */
  storePrefix?: string
  /**
   * How the issuer is called by others.
   *
   * @default fixed
   */
  issuerMode?: 'fixed' | 'split' | 'follow'
  /** `split`: the origin at which portals reach the mock from inside. */
  internalUrl?: string
  /** `follow`: the origins that are issuers beside the first. */
  followOrigins?: readonly string[]
  /** Addresses or CIDRs of proxies whose X-Forwarded headers are believed. */
  trustedProxies?: readonly string[]
  /**
   * Whether https is served, and with whose certificate.
   *
   * @default off
   */
  tls?: 'off' | 'self-signed' | 'files'
  /** `files`: the certificate chain, PEM. */
  tlsCert?: string
  /** `files`: its private key, PEM. */
  tlsKey?: string
  /** `self-signed`: names and addresses beside localhost, 127.0.0.1 and ::1. */
  tlsNames?: readonly string[]
  /** The demo portal's origin as browsers see it, where that is not its port here. */
  portalUrl?: string
  /** The demo portal's origin as the provider reaches it. */
  portalInternalUrl?: string
  /** Where the portal on its own asks for discovery, when that is not the issuer. */
  discoveryUrl?: string
  /**
   * How many records may be kept in memory at once. Beyond that, new ones are refused with 503.
   *
   * @default 1000000
   */
  maxRecords?: number
  /**
   * How many worlds there may be at once.
   *
   * @default 10000
   */
  maxWorlds?: number
  /**
   * How many entries the journal of a world keeps; the oldest go first.
   *
   * @default 1000
   */
  journalEntries?: number
  /**
   * The bearer token of the control API, where others than this machine can call: 16 characters or
   * more.
   *
   * @default made up
   */
  controlToken?: string
  /**
   * Origins that may be called for relying parties registered by tests, beside this machine.
   *
   * @default none
   */
  outbound?: readonly string[]
  /**
   * What time it is in the mock: it rules ages, locks and everything that expires.
   *
   * @default the machine's clock
   */
  clock?: Clock
  /**
   * Where ids and codes come from.
   *
   * @default the operating system's randomness
   */
  random?: Random
  /** Told of codes that were sent, sign-ins that ended, and errors. Silent without. */
  log?: Log
}

/** Options that are no settings. */
const ownOptions = { listen: 'boolean', config: 'string', log: 'function' } as const

/** How lines are printed, which is nothing to a program. */
const printing: ReadonlySet<string> = new Set(['log_format', 'log_level'])

/**
 * What TypeScript would say to those who write JavaScript.
 *
 * @throws {@link ConfigInvalid} With every option that is none, or is not what it must be.
 */
export function checkOptions(options: StartOptions): void {
  const settings = plainSettings.filter((name) => !printing.has(name)).map((name) => optionOf(name))
  const known = [...settings, ...Object.keys(ownOptions), 'clock', 'random']
  const problems = Object.entries(options).flatMap(([name, value]: [string, unknown]) => {
    const type = ownOptions[name as keyof typeof ownOptions]
    const message = !known.includes(name)
      ? `is not an option. ${didYouMean(name, known)}`.trim()
      : type !== undefined && value !== undefined && typeof value !== type
        ? `must be a ${type}, got ${typeof value}`
        : undefined
    return message === undefined ? [] : [{ path: [name], message, source: 'options' }]
  })
  const { clock, random } = options
  if (clock !== undefined && typeof clock.now !== 'function')
    problems.push({ path: ['clock'], message: 'must have a method now()', source: 'options' })
  if (random !== undefined && typeof random.id !== 'function')
    problems.push({
      path: ['random'],
      message: 'must have id(), digits() and bytes()',
      source: 'options',
    })
  if (problems.length > 0) throw new ConfigInvalid(problems)
}
