import type { PeopleFile } from '../accounts/index.ts'
import { resolve } from 'node:path'
import { checkClients, type RelyingParty } from '../clients/index.ts'
import type { Clock, Problem } from '../kernel/index.ts'
import { crossProblems } from './cross-problems.ts'
import { checkServices, type Service } from '../portal/index.ts'
import { checkIssuer } from './issuer.ts'
import { loadSettings, type SettingsSources } from './load-settings.ts'
import { locate, packsFolder, watchedFiles, type FolderOptions } from './locate.ts'
import { allPacks, loadPeople, readPack } from './people-packs.ts'
import { brokenLines, placedIn, shown } from './placed.ts'
import { ConfigInvalid, type PlacedProblem } from './problem-report.ts'
import type { Settings } from './settings.ts'
import { readYaml, type YamlFile } from './yaml-file.ts'

/** Everything a start needs to know, checked and frozen. */
export interface Config {
  settings: Settings
  people: PeopleFile
  clients: readonly RelyingParty[]
  services: readonly Service[]
  /** Where the clients file is, for pages that say what to paste into it. */
  clientsFile: string
  /** Every file whose change could change this, there or not. */
  files: readonly string[]
}

export interface LoadOptions extends FolderOptions, SettingsSources {
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
  const fileOf = locate(options)
  const problems: PlacedProblem[] = []
  const settings = loadSettings(options, readYaml(fileOf('settings.yaml')), problems)?.settings
  const realNumberPrefixes = settings?.real_number_prefixes ?? true // no complaint when unknown
  const packs = allPacks([...(settings?.people ?? [])], packsFolder(options))
  const people = loadPeople(
    [readYaml(fileOf('people.yaml')), ...packs.map(readPack)],
    { now: clock.now(), realNumberPrefixes },
    problems,
  )
  const clientsFile = readYaml(fileOf('clients.yaml'))
  const clients = loadChecked(clientsFile, problems, (input) => {
    const { clients: read, problems: found } = checkClients(input)
    const across = read ? crossProblems({ clients: read, ids: people?.ids, settings }) : []
    return { clients: read?.map(({ client }) => client), problems: [...found, ...across] }
  })?.clients
  const services = loadChecked(readYaml(fileOf('services.yaml')), problems, (input) => ({
    problems: [],
    services: [],
    ...checkServices(input),
  }))?.services
  if (!settings || !people || !clients || !services || problems.length > 0)
    throw new ConfigInvalid(problems)
  const { issuer, internal_url: internalUrl, follow_origins: origins } = settings
  for (const url of [issuer, internalUrl, ...origins])
    if (url !== undefined) checkIssuer(url, settings.allow_gov_host)
  return deepFreeze({
    settings,
    people: people.people,
    clients,
    services,
    clientsFile: shown(clientsFile.name),
    files: [...watchedFiles(options), ...settings.people.map((file) => resolve(file))],
  })
}

/** What the check of a file came to, its problems told; `undefined` when there is nothing to check. */
function loadChecked<T extends { problems: readonly Problem[] }>(
  file: YamlFile,
  problems: PlacedProblem[],
  check: (input: unknown) => T,
): T | undefined {
  for (const problem of brokenLines(file)) problems.push(problem)
  if (file.broken.length > 0 && file.value === undefined) return undefined
  const checked = check(file.value ?? {})
  for (const problem of placedIn(file, checked.problems)) problems.push(problem)
  return checked
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  Object.values(value).forEach((part) => deepFreeze(part))
  return value
}
