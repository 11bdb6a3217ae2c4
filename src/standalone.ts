import {
  ConfigInvalid,
  environment,
  loadConfig,
  optionOf,
  plainSettings,
  type PlainSetting,
  type Settings,
} from './config/index.ts'
import { systemClock, systemRandom, type Log } from './kernel/index.ts'
import { startMock, type MockOptions, type RunningMock } from './mock.ts'
import { startPortalAlone, type RunningPortal } from './portal-alone.ts'
import type { StartOptions } from './start-options.ts'

/** What the command line adds to the options of a start. */
export interface StandaloneOptions extends Omit<StartOptions, 'log'> {
  /** Makes the log from what the settings say of it. */
  createLog?: (settings: Pick<Settings, 'log_format' | 'log_level'>) => Log | Promise<Log>
  log?: Log
}

/** What the command line learns beside. */
export interface Standalone {
  settings: Settings
  log: Log
}

export interface StandaloneMock extends RunningMock, Standalone {
  /** Every file whose change could change people, clients, services or settings. */
  files: readonly string[]
}

export interface StandalonePortal extends RunningPortal, Standalone {}

/**
 * Starts a mock as the command line does: what is left out of the options comes from the
 * environment and the settings file, ports included.
 *
 * @throws As `startMockVneid` does.
 */
export async function startStandalone(options: StandaloneOptions = {}): Promise<StandaloneMock> {
  const started = await prepare(options)
  const { config, log } = started
  return { ...(await startMock(started)), settings: config.settings, files: config.files, log }
}

/**
 * Starts the demo portal alone, for a provider elsewhere, as the command line does.
 *
 * @throws As `startMockVneid` does.
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
