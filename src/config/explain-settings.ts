import { loadSettings, type SettingsSources } from './load-settings.ts'
import { locate, type FolderOptions } from './locate.ts'
import { ConfigInvalid, type PlacedProblem } from './problem-report.ts'
import { withoutSecrets } from './secrets.ts'
import { plainSettings, type Settings } from './settings.ts'
import { readYaml } from './yaml-file.ts'

/** One setting as it would be in force, and who said so. */
export interface SettingExplained {
  /** `sign_in.codes`. */
  name: string
  /** What it is; `undefined` when nobody said and there is no default. Secrets are left out. */
  value: unknown
  /** `default`, a file and line, a variable, or a flag. */
  origin: string
}

export interface SettingsExplained {
  settings: Settings
  all: readonly SettingExplained[]
}

/**
 * The settings that a start would have, without the other files, and where each of them comes from.
 *
 * @throws {@link ConfigInvalid} With every problem in them at once.
 */
export function explainSettings(options: FolderOptions & SettingsSources): SettingsExplained {
  const problems: PlacedProblem[] = []
  const loaded = loadSettings(options, readYaml(locate(options)('settings.yaml')), problems)
  if (loaded === undefined || problems.length > 0) throw new ConfigInvalid(problems)
  const { settings } = loaded
  const sections = Object.keys(settings).filter(
    (name) => !(plainSettings as readonly string[]).includes(name),
  )
  const paths = [...plainSettings, ...sections].flatMap((name) =>
    leavesOf((settings as unknown as Section)[name], [name]),
  )
  const all = paths.map((path) => ({
    name: path.join('.'),
    value: withoutSecrets(path.join('.'), valueAt(settings, path)),
    origin: loaded.originOf(path),
  }))
  return { settings, all }
}

type Section = Readonly<Record<string, unknown>>

const isSection = (value: unknown): value is Section =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function leavesOf(value: unknown, path: string[]): string[][] {
  if (!isSection(value)) return [path]
  return Object.entries(value).flatMap(([name, part]) => leavesOf(part, [...path, name]))
}

function valueAt(settings: unknown, path: readonly string[]): unknown {
  return path.reduce((part, name) => (part as Section)[name], settings)
}
