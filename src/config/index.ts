/**
 * Configuration: files, environment and flags in, one checked and frozen whole out.
 *
 * ```
 * defaults < settings.yaml < MOCK_VNEID_… < flags
 * people.yaml + people/*.{yaml,json,csv} + the setting `people` ──▶ one file of people, checked as one
 * ```
 *
 * Each room declares the schema of its own slice; this one puts them together, and reports every
 * problem of every source at once, each with the file and line, flag or variable it came from.
 *
 * Not here: what the settings mean (the room whose slice it is).
 *
 * @module
 */

export { checkPacks, type PacksChecked } from './check-packs.ts'
export { environment } from './environment.ts'
export {
  explainSettings,
  type SettingExplained,
  type SettingsExplained,
} from './explain-settings.ts'
export { IssuerForbidden } from './issuer.ts'
export { openPeople, type LocalPeople } from './local-people.ts'
export { writePack, type Pack, type PackFormat } from './write-pack.ts'
export { loadConfig, type Config, type LoadOptions } from './load-config.ts'
export { tokenVariable, urlVariable } from './load-settings.ts'
export { isOpen } from './openness.ts'
export { ConfigInvalid, reportOf, type PlacedProblem } from './problem-report.ts'
export {
  flagOf,
  optionOf,
  plainSettings,
  purposeOf,
  switches,
  type PlainSetting,
  type Settings,
} from './settings.ts'
export { FileUnreadable } from './file-unreadable.ts'
