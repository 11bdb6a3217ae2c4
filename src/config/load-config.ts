import { existsSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { checkPeople, type PeopleFile } from '../accounts/index.ts'
import { checkClients, type RelyingParty } from '../clients/index.ts'
import { packageRoot, problemsOf, type Clock, type Problem } from '../kernel/index.ts'
import { checkServices, type Service } from '../portal/index.ts'
import { checkIssuer } from './issuer.ts'
import { ConfigInvalid, type PlacedProblem } from './problem-report.ts'
import {
  flagOf,
  plainSettings,
  settingsSchema,
  variableOf,
  type PlainSetting,
  type Settings,
} from './settings.ts'
import { readYaml, type YamlFile } from './yaml-file.ts'

/** Everything a start needs to know, checked and frozen. */
export interface Config {
  settings: Settings
  people: PeopleFile
  clients: readonly RelyingParty[]
  services: readonly Service[]
  /** Where the clients file is, for pages that say what to paste into it. */
  clientsFile: string
}

export interface LoadOptions {
  /** A folder with any of the four files; those it lacks are the product's own. */
  folder?: string
  /** Settings given for this start alone: they win over everything. */
  flags?: Partial<Record<PlainSetting, unknown>>
  environment: Readonly<Record<string, string | undefined>>
  clock: Clock
}

/**
 * Loads and checks every file, the environment and the flags: defaults < file < environment < flags.
 *
 * @throws {@link ConfigInvalid} With every problem in all of them at once.
 */
export function loadConfig(options: LoadOptions): Config {
  const { clock } = options
  const problems: PlacedProblem[] = []
  const settings = loadSettings(options, problems)
  const realNumberPrefixes = settings?.real_number_prefixes ?? false
  const people = loadChecked(options, 'people.yaml', problems, (input) => {
    const checked = checkPeople(input, { now: clock.now(), realNumberPrefixes })
    return 'people' in checked ? { value: checked.people } : checked
  })
  const clients = loadChecked(options, 'clients.yaml', problems, (input) => {
    const checked = checkClients(input)
    return 'clients' in checked ? { value: checked.clients } : checked
  })
  const services = loadChecked(options, 'services.yaml', problems, (input) => {
    const checked = checkServices(input)
    return 'services' in checked ? { value: checked.services } : checked
  })
  if (!settings || !people || !clients || !services || problems.length > 0)
    throw new ConfigInvalid(problems)
  if (settings.issuer !== undefined) checkIssuer(settings.issuer, settings.allow_gov_host)
  const clientsFile = shown(fileIn(options, 'clients.yaml'))
  return deepFreeze({ settings, people, clients, services, clientsFile })
}

type Checked<T> = { value: T } | { problems: readonly Problem[] }

function loadChecked<T>(
  options: LoadOptions,
  name: string,
  problems: PlacedProblem[],
  check: (input: unknown) => Checked<T>,
): T | undefined {
  const file = readYaml(fileIn(options, name))
  const checked = file.broken.length > 0 ? { problems: [] } : check(file.value ?? {})
  if ('value' in checked) return checked.value
  problems.push(...brokenLines(file), ...placedIn(file, checked.problems))
  return undefined
}

function loadSettings(
  options: LoadOptions,
  problems: PlacedProblem[],
): Settings | undefined {
  const { environment, flags = {} } = options
  const file = readYaml(fileIn(options, 'settings.yaml'))
  if (file.broken.length > 0) {
    problems.push(...brokenLines(file))
    return undefined
  }
  const sources = new Map<string, string>()
  const input: Record<string, unknown> = { ...(file.value as object | null) }
  for (const name of plainSettings) {
    const given = environment[variableOf(name)]
    if (given !== undefined && given !== '') overlay(input, sources, name, given, variableOf(name))
    if (flags[name] !== undefined) overlay(input, sources, name, flags[name], flagOf(name))
  }
  const parsed = settingsSchema.safeParse(input)
  if (parsed.success) return parsed.data
  for (const problem of problemsOf(parsed.error, input)) {
    const source = sources.get(String(problem.path[0] ?? ''))
    problems.push(source === undefined ? placedIn(file, [problem])[0]! : { ...problem, source })
  }
  return undefined
}

function overlay(
  input: Record<string, unknown>,
  sources: Map<string, string>,
  name: string,
  value: unknown,
  source: string,
): void {
  input[name] = value
  sources.set(name, source)
}

function fileIn({ folder }: LoadOptions, name: string): string {
  const own = folder === undefined ? undefined : resolve(folder, name)
  return own !== undefined && existsSync(own) ? own : join(packageRoot, 'config', name)
}

function brokenLines(file: YamlFile): PlacedProblem[] {
  return file.broken.map(({ line, message }) => ({
    path: [],
    message,
    source: `${shown(file.name)}:${line}`,
  }))
}

function placedIn(file: YamlFile, problems: readonly Problem[]): PlacedProblem[] {
  return problems.map((problem) => ({
    ...problem,
    source: `${shown(file.name)}:${file.lineOf(problem.path)}`,
  }))
}

/** A path as short as it can be told from where the person is. */
function shown(file: string): string {
  const near = relative(process.cwd(), file)
  return near.startsWith('..') ? file : near
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  Object.values(value).forEach((part) => deepFreeze(part))
  return value
}
