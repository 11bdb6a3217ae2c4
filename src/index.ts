/**
 * The programmatic door: a mock of VNeID inside your own process, for tests.
 *
 * ```ts
 * import { startMockVneid } from 'mock-vneid'
 *
 * const mock = await startMockVneid()
 * const world = await mock.world() // isolated: a test of its own
 * const portal = await world.clients.register({ redirect_uris: ['http://localhost/cb'] })
 * const person = await world.people.create({ age: 34, level: 2 })
 * const { idToken, claims } = await world.signIn({ client: portal, as: person })
 * await mock.close()
 * ```
 *
 * The same operations for a mock that runs elsewhere come from {@link connectMockVneid}.
 *
 * Not here: what it is made of (mock, world), and printing (cli).
 *
 * @module
 */

import {
  ConfigInvalid,
  environment,
  loadConfig,
  optionOf,
  plainSettings,
  type PlainSetting,
  type Settings,
} from './config/index.ts'
import {
  didYouMean,
  systemClock,
  systemRandom,
  type Clock,
  type Log,
  type Random,
} from './kernel/index.ts'
import { startMock, type MockOptions, type RunningMock } from './mock.ts'
import { startPortalAlone, type RunningPortal } from './portal-alone.ts'

export { ConfigInvalid, FileUnreadable, IssuerForbidden } from './config/index.ts'
export { CertificateUnusable } from './entrance/index.ts'
export { HostNotHere, PortInUse } from './http/index.ts'
export {
  MockVneidError,
  StoreUnavailable,
  type Clock,
  type ErrorCode,
  type Log,
  type LogEvent,
  type Random,
} from './kernel/index.ts'
export {
  KeyInvalid,
  KeyNeeded,
  KeyNotFound,
  KeysUnreadable,
  KeysUnwritable,
  KeyTaken,
} from './keys/index.ts'
export { AssetsMissing, ViewBroken } from './pages/index.ts'
export { StoreAddressInvalid } from './storage/index.ts'
export type { RunningMock } from './mock.ts'
export type {
  PeopleCriteria,
  NewPerson,
  PeopleSearch,
  Person,
  PersonWishes,
} from './accounts/index.ts'
export type { RelyingParty } from './clients/index.ts'
export type {
  AnswerInput,
  ClientRef,
  ClockView,
  ConnectOptions,
  Cookie,
  Expirable,
  FaultToArm,
  FaultView,
  JournalFilter,
  KeyView,
  LogoutDelivery,
  Message,
  MintedTokens,
  MintOptions,
  MockWorld,
  MockWorlds,
  NewWorld,
  NextSignIn,
  Patience,
  PersonRef,
  SessionView,
  SignInOptions,
  SignInRef,
  SignInResult,
  SignInView,
  Stamps,
  Whose,
  WorldEvent,
  WorldView,
} from './control/index.ts'
export { connectMockVneid, ControlRefused, MockUnreachable, NotAMock } from './control/index.ts'
export type { JournalEntry } from './journal/index.ts'

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

/**
 * Starts a mock on this machine's loopback addresses.
 *
 * @throws {@link ConfigInvalid} When a file, variable or option is wrong, with every problem.
 * @throws {@link FileUnreadable} When a file that was asked for cannot be read.
 * @throws {@link IssuerForbidden} When the issuer is at a real service's domain.
 * @throws {@link PortInUse} When somebody else listens there, {@link HostNotHere} when nobody can.
 * @throws {@link StoreUnavailable} When Redis does not answer.
 * @throws {@link KeysUnreadable} Or {@link KeysUnwritable} When keys cannot be kept.
 * @throws {@link CertificateUnusable} When TLS is asked for and its files are no good.
 */
export async function startMockVneid(options: StartOptions = {}): Promise<RunningMock> {
  checkOptions(options)
  return startStandalone({ port: 0, portal: false, portalPort: 0, ...options })
}

/** Options that are no settings. */
const ownOptions = { listen: 'boolean', config: 'string', log: 'function' } as const

/** How lines are printed, which is nothing to a program. */
const printing: ReadonlySet<string> = new Set(['log_format', 'log_level'])

/** What TypeScript would say to those who write JavaScript. */
function checkOptions(options: StartOptions): void {
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

/**
 * What the command line adds to the options of a start.
 *
 * @internal
 */
export interface StandaloneOptions extends Omit<StartOptions, 'log'> {
  /** Makes the log from what the settings say of it. */
  createLog?: (settings: Pick<Settings, 'log_format' | 'log_level'>) => Log | Promise<Log>
  log?: Log
}

/**
 * What the command line learns beside.
 *
 * @internal
 */
export interface Standalone {
  settings: Settings
  log: Log
}

/** @internal */
export interface StandaloneMock extends RunningMock, Standalone {
  /** Every file whose change could change people, clients, services or settings. */
  files: readonly string[]
}

/** @internal */
export interface StandalonePortal extends RunningPortal, Standalone {}

/**
 * Starts a mock as the command line does: what is left out of the options comes from the
 * environment and the settings file, ports included.
 *
 * @throws As {@link startMockVneid}.
 * @internal
 */
export async function startStandalone(options: StandaloneOptions = {}): Promise<StandaloneMock> {
  const started = await prepare(options)
  const { config, log } = started
  return { ...(await startMock(started)), settings: config.settings, files: config.files, log }
}

/**
 * Starts the demo portal alone, for a provider elsewhere, as the command line does.
 *
 * @throws {@link ConfigInvalid} , {@link FileUnreadable}, {@link PortInUse} As {@link startMockVneid}.
 * @internal
 */
export async function startStandalonePortal(
  options: StandaloneOptions = {},
): Promise<StandalonePortal> {
  const started = await prepare(options)
  const { config, log } = started
  return { ...(await startPortalAlone(started)), settings: config.settings, log }
}

/** Everything that a start needs: what was left out of the options comes from elsewhere. */
async function prepare(options: StandaloneOptions): Promise<MockOptions> {
  const { clock = systemClock, random = systemRandom, createLog } = options
  const loadAgain = () =>
    loadConfig({
      flags: flagsOf(options),
      environment,
      clock,
      ...(options.config === undefined ? {} : { folder: options.config }),
    })
  const config = loadAgain()
  const log = options.log ?? (await createLog?.(config.settings)) ?? (() => {})
  const logsRequests = options.log === undefined && wantsRequests(config.settings)
  const listens = options.listen !== false
  if (!listens && config.settings.issuer === undefined)
    throw new ConfigInvalid([
      {
        path: ['issuer'],
        message: 'is missing: without a port of its own, the mock must be told what it is called',
        source: 'listen: false',
      },
    ])
  return { config, loadAgain, clock, random, log, logsRequests, listens }
}

/** Programs that collect logs collect requests too; people see them only when they look closely. */
const wantsRequests = ({ log_format: format, log_level: level }: Settings) =>
  level === 'debug' || (format === 'json' && level === 'info')

/** Options by the names that settings have. */
function flagsOf(options: StandaloneOptions): Partial<Record<PlainSetting, unknown>> {
  const given = options as Readonly<Record<string, unknown>>
  return Object.fromEntries(plainSettings.map((name) => [name, given[optionOf(name)]]))
}
