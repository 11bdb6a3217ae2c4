/**
 * The programmatic door: a mock of VNeID inside your own process, for tests.
 *
 * ```ts
 * import { startMockVneid } from 'mock-vneid'
 *
 * const mock = await startMockVneid()
 * // point your portal at mock.issuer, send login_hint=auto:adult-level-2, and so on
 * await mock.close()
 * ```
 *
 * Not here: what it is made of (mock, world), and printing (cli).
 *
 * @module
 */

import { environment, loadConfig, type PlainSetting } from './config/index.ts'
import { systemClock, systemRandom, type Clock, type Log, type Random } from './kernel/index.ts'
import { startMock, type RunningMock } from './mock.ts'

export { ConfigInvalid, FileUnreadable, IssuerForbidden } from './config/index.ts'
export { PortInUse } from './http/index.ts'
export {
  MockVneidError,
  type Clock,
  type ErrorCode,
  type Log,
  type LogEvent,
  type Random,
} from './kernel/index.ts'
export type { RunningMock } from './mock.ts'
export type { Person } from './accounts/index.ts'

/** How to start. Everything may be left out. */
export interface StartOptions {
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
 * @throws {@link PortInUse} When somebody else listens there.
 */
export async function startMockVneid(options: StartOptions = {}): Promise<RunningMock> {
  return startStandalone({ port: 0, portal: false, portalPort: 0, ...options })
}

/**
 * Starts a mock as the command line does: what is left out of the options comes from the
 * environment and the settings file, ports included.
 *
 * @throws As {@link startMockVneid}.
 */
export async function startStandalone(options: StartOptions = {}): Promise<RunningMock> {
  const { clock = systemClock, random = systemRandom, log = () => {} } = options
  const flags: Partial<Record<PlainSetting, unknown>> = {
    port: options.port,
    portal: options.portal,
    portal_port: options.portalPort,
    issuer: options.issuer,
    allow_gov_host: options.allowGovHost,
    data_folder: options.dataFolder,
    real_number_prefixes: options.realNumberPrefixes,
  }
  const config = loadConfig({
    flags,
    environment,
    clock,
    ...(options.config === undefined ? {} : { folder: options.config }),
  })
  return startMock({ config, clock, random, log })
}
