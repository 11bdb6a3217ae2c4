import { didYouMean, problemsOf, readPartly, type Problem } from '../kernel/index.ts'
import { addressProblems, addressSettings } from './address-problems.ts'
import { folderVariable } from './locate.ts'
import { populationProblems } from './population-problems.ts'
import { brokenLines, placedIn, shown } from './placed.ts'
import type { PlacedProblem } from './problem-report.ts'
import { secretSettings } from './secrets.ts'
import {
  flagOf,
  plainSettings,
  settingsSchema,
  variableOf,
  type PlainSetting,
  type Settings,
} from './settings.ts'
import type { YamlFile } from './yaml-file.ts'

/** Where tests find a mock that runs already. To a mock that starts it says nothing. */
export const urlVariable = 'MOCK_VNEID_URL'
/** And by which token they drive it: the one it was started with. */
export const tokenVariable: string = variableOf('control_token')

export interface SettingsSources {
  /** Settings given for this start alone: they win over everything. */
  flags?: Partial<Record<PlainSetting, unknown>>
  environment: Readonly<Record<string, string | undefined>>
}

export interface LoadedSettings {
  settings: Settings
  /** Where a value came from: `default`, a file and line, a variable, or a flag. */
  originOf(path: readonly string[]): string
}

/**
 * Settings of every source, and the problems that there are. What has one is at its default, so
 * that the other files can be judged nevertheless; `undefined` when nothing can be read.
 */
export function loadSettings(
  { environment, flags = {} }: SettingsSources,
  file: YamlFile,
  problems: PlacedProblem[],
): LoadedSettings | undefined {
  problems.push(...unknownVariables(environment))
  if (file.broken.length > 0) {
    for (const problem of brokenLines(file)) problems.push(problem)
    return undefined
  }
  if (!isMap(file.value ?? {})) {
    const { error } = settingsSchema.safeParse(file.value)
    problems.push(...placedIn(file, problemsOf(error!, file.value, secretSettings)))
    return undefined
  }
  const sources = new Map<string, string>()
  const input: Record<string, unknown> = { ...(file.value as object | null) }
  for (const name of plainSettings) {
    const given = environment[variableOf(name)]
    if (given !== undefined && given !== '') overlay(input, sources, name, given, variableOf(name))
    if (flags[name] !== undefined) overlay(input, sources, name, flags[name], flagOf(name))
  }
  const {
    value: settings,
    problems: found,
    leftOut,
  } = readPartly(settingsSchema, input, {}, secretSettings)
  if (settings && !addressSettings.some((name) => leftOut.has(name)))
    found.push(...addressProblems(settings))
  if (settings && !leftOut.has('population')) found.push(...populationProblems(settings))
  const sourceOf = ({ path }: Problem) => sourceIn(sources, path)
  const ofFile = found.filter((problem) => sourceOf(problem) === undefined)
  for (const problem of placedIn(file, ofFile)) problems.push(problem)
  for (const problem of found) {
    const source = sourceOf(problem)
    if (source !== undefined) problems.push({ ...problem, source })
  }
  return settings && { settings, originOf: (path) => originOf(path, file, sources) }
}

function overlay(
  input: Record<string, unknown>,
  sources: Map<string, string>,
  name: string,
  value: unknown,
  source: string,
): void {
  const before = input[name]
  // How many there are leaves alone what else the file says of the population.
  const isSize = name === 'population' && isObject(before) && !isObject(value)
  input[name] = isSize ? { ...before, size: value } : value
  sources.set(isSize ? 'population.size' : name, source)
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A source says a whole setting, or one value in it. */
const sourceIn = (sources: ReadonlyMap<string, string>, path: readonly (string | number)[]) =>
  sources.get(path.join('.')) ?? sources.get(String(path[0] ?? ''))

const isMap = (value: unknown) => typeof value === 'object' && !Array.isArray(value)

/** Somebody set a variable that looks like one of ours: ignoring it would be taken for a bug. */
function unknownVariables(environment: SettingsSources['environment']): PlacedProblem[] {
  const known = [...plainSettings.map(variableOf), folderVariable, urlVariable]
  return Object.keys(environment)
    .filter((name) => name.startsWith('MOCK_VNEID_') && !known.includes(name))
    .map((name) => ({
      path: [name],
      message: `is not an option. ${didYouMean(name, known)}`.trim(),
      source: 'environment',
    }))
}

function originOf(
  path: readonly string[],
  file: YamlFile,
  sources: ReadonlyMap<string, string>,
): string {
  const source = sourceIn(sources, path)
  if (source !== undefined) return source
  let value: unknown = file.value
  for (const part of path) value = (value as Record<string, unknown> | null | undefined)?.[part]
  return value === undefined ? 'default' : `${shown(file.name)}:${file.lineOf(path)}`
}
