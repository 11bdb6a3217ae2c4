import { readdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { checkPeople, type PeopleFile } from '../accounts/index.ts'
import { checkClients, type RelyingParty } from '../clients/index.ts'
import { didYouMean, packageRoot, problemsOf, type Clock, type Problem } from '../kernel/index.ts'
import { crossProblems } from './cross-problems.ts'
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
import { FileUnreadable, readYaml, type YamlFile } from './yaml-file.ts'

/** Everything a start needs to know, checked and frozen. */
export interface Config {
  settings: Settings
  people: PeopleFile
  clients: readonly RelyingParty[]
  services: readonly Service[]
  /** Where the clients file is, for pages that say what to paste into it. */
  clientsFile: string
  /** What is wrong with the clients after all, as an error with the lines of their file. */
  refuseClients(problems: readonly Problem[]): ConfigInvalid
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
 * Loads and checks every file, the environment and the flags: defaults < file < environment <
 * flags.
 *
 * @throws {@link ConfigInvalid} With every problem in all of them at once.
 */
export function loadConfig(options: LoadOptions): Config {
  const { clock } = options
  const fileOf = locate(options.folder)
  const clientsFile = readYaml(fileOf('clients.yaml'))
  const problems: PlacedProblem[] = []
  const settings = loadSettings(options, readYaml(fileOf('settings.yaml')), problems)
  const realNumberPrefixes = settings?.real_number_prefixes ?? false
  const people = loadChecked(readYaml(fileOf('people.yaml')), problems, (input) => {
    const checked = checkPeople(input, { now: clock.now(), realNumberPrefixes })
    return 'people' in checked ? { value: checked.people } : checked
  })
  const clients = loadChecked(clientsFile, problems, (input) => {
    const checked = checkClients(input)
    return 'clients' in checked ? { value: checked.clients } : checked
  })
  const services = loadChecked(readYaml(fileOf('services.yaml')), problems, (input) => {
    const checked = checkServices(input)
    return 'services' in checked ? { value: checked.services } : checked
  })
  if (clients) problems.push(...placedIn(clientsFile, crossProblems({ clients, people, settings })))
  if (!settings || !people || !clients || !services || problems.length > 0)
    throw new ConfigInvalid(problems)
  if (settings.issuer !== undefined) checkIssuer(settings.issuer, settings.allow_gov_host)
  return deepFreeze({
    settings,
    people,
    clients,
    services,
    clientsFile: shown(clientsFile.name),
    refuseClients: (refused) => new ConfigInvalid(placedIn(clientsFile, refused)),
  })
}

type Checked<T> = { value: T } | { problems: readonly Problem[] }

function loadChecked<T>(
  file: YamlFile,
  problems: PlacedProblem[],
  check: (input: unknown) => Checked<T>,
): T | undefined {
  const checked = file.broken.length > 0 ? { problems: [] } : check(file.value ?? {})
  if ('value' in checked) return checked.value
  problems.push(...brokenLines(file), ...placedIn(file, checked.problems))
  return undefined
}

function loadSettings(
  { environment, flags = {} }: LoadOptions,
  file: YamlFile,
  problems: PlacedProblem[],
): Settings | undefined {
  problems.push(...unknownVariables(environment))
  if (file.broken.length > 0) {
    problems.push(...brokenLines(file))
    return undefined
  }
  if (!isMap(file.value ?? {})) {
    const { error } = settingsSchema.safeParse(file.value)
    problems.push(...placedIn(file, problemsOf(error!, file.value)))
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
  const sourceOf = ({ path }: Problem) => sources.get(String(path[0] ?? ''))
  const found = problemsOf(parsed.error, input)
  problems.push(
    ...placedIn(
      file,
      found.filter((problem) => sourceOf(problem) === undefined),
    ),
  )
  for (const problem of found) {
    const source = sourceOf(problem)
    if (source !== undefined) problems.push({ ...problem, source })
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

const isMap = (value: unknown) => typeof value === 'object' && !Array.isArray(value)

/** Somebody set a variable that looks like one of ours: ignoring it would be taken for a bug. */
function unknownVariables(environment: LoadOptions['environment']): PlacedProblem[] {
  const known = plainSettings.map(variableOf)
  return Object.keys(environment)
    .filter((name) => name.startsWith('MOCK_VNEID_') && !known.includes(name))
    .map((name) => ({
      path: [name],
      message: `is not an option. ${didYouMean(name, known)}`.trim(),
      source: 'environment',
    }))
}

/**
 * Says where each file is: in the folder, or where it has none of that name, in the product's own.
 *
 * @throws {@link FileUnreadable} When there is no such folder.
 */
function locate(folder: string | undefined): (name: string) => string {
  const own = join(packageRoot, 'config')
  if (folder === undefined) return (name) => join(own, name)
  const there = filesIn(resolve(folder))
  return (name) => (there.includes(name) ? resolve(folder, name) : join(own, name))
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    throw new FileUnreadable(folder, error, 'folder')
  }
}

function brokenLines(file: YamlFile): PlacedProblem[] {
  return file.broken.map(({ line, message }) => ({
    path: [],
    message,
    source: `${shown(file.name)}:${line}`,
  }))
}

function placedIn(file: YamlFile, problems: readonly Problem[]): PlacedProblem[] {
  return problems
    .map((problem) => ({ problem, line: file.lineOf(problem.path) }))
    .toSorted((a, b) => a.line - b.line)
    .map(({ problem, line }) => ({ ...problem, source: `${shown(file.name)}:${line}` }))
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
