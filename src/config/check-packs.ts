import { resolve } from 'node:path'
import type { LoadOptions } from './load-config.ts'
import { loadSettings } from './load-settings.ts'
import { locate, packsFolder } from './locate.ts'
import { allPacks, loadPeople, readPack } from './people-packs.ts'
import type { PlacedProblem } from './problem-report.ts'
import { readYaml } from './yaml-file.ts'

/** What there is to say of files of people. */
export interface PacksChecked {
  /** Of these files and of those that the configuration has already, beside which they would stand. */
  problems: readonly PlacedProblem[]
  /** How many people there are in each of these files; `undefined` where it cannot be read. */
  counts: ReadonlyMap<string, number | undefined>
}

/** Checks files of people as a start would that is given them beside those it has. */
export function checkPacks(names: readonly string[], options: LoadOptions): PacksChecked {
  const problems: PlacedProblem[] = []
  const fileOf = locate(options)
  const settings = loadSettings(options, readYaml(fileOf('settings.yaml')), problems)?.settings
  const given = allPacks([...(settings?.people ?? []), ...names], packsFolder(options))
  const packs = given.map(readPack)
  loadPeople(
    [readYaml(fileOf('people.yaml')), ...packs],
    {
      now: options.clock.now(),
      realNumberPrefixes: settings?.real_number_prefixes ?? true, // no complaint when unknown
    },
    problems,
  )
  return {
    problems,
    counts: new Map(
      names.map((name) => {
        const value = packs.find((pack) => pack.name === resolve(name))?.value
        const { people } = (value ?? {}) as { people?: readonly unknown[] }
        return [name, Array.isArray(people) ? people.length : undefined]
      }),
    ),
  }
}
