import { readdirSync } from 'node:fs'
import { extname, join, resolve } from 'node:path'
import {
  checkPeople,
  type CheckedPeople,
  type CheckPeopleOptions,
  type EntryOrigin,
} from '../accounts/index.ts'
import { isTooDeep, type Problem } from '../kernel/index.ts'
import { parseCsv } from './csv-file.ts'
import { FileUnreadable } from './file-unreadable.ts'
import { jsonFaultOf } from './json-fault.ts'
import { lineTooDeep, tooDeep } from './nesting.ts'
import { brokenLines, placedIn, shown } from './placed.ts'
import type { PlacedProblem } from './problem-report.ts'
import { readText } from './read-text.ts'
import { asRead, parseYaml, unreadable, type YamlFile } from './yaml-file.ts'

const extensions = ['.yaml', '.yml', '.json', '.csv']

/** Files of people in a folder, by name; none when there is no such folder. */
export function packsIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => extensions.includes(extname(name).toLowerCase()))
      .toSorted()
      .map((name) => join(folder, name))
  } catch {
    return []
  }
}

/** A file of people: YAML, JSON or CSV, as its name says. */
export function readPack(name: string): YamlFile {
  const extension = extname(name).toLowerCase()
  if (!extensions.includes(extension))
    return unreadable(name, [`must be named ${extensions.join(', ')}`])
  try {
    const read = readText(name)
    if ('fault' in read) return unreadable(name, [read.fault])
    if (extension === '.csv') return parseCsv(name, read.text)
    return extension === '.json' ? parseJson(name, read.text) : listed(parseYaml(name, read.text))
  } catch (error) {
    if (!(error instanceof FileUnreadable)) throw error
    return unreadable(name, [error.why])
  }
}

/** JSON is read much faster than as the YAML that it is too. */
function parseJson(name: string, text: string): YamlFile {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    const { message, line } = jsonFaultOf(text)
    return unreadable(name, [`is no JSON: ${message}`], line, text)
  }
  if (isTooDeep(value)) return unreadable(name, [tooDeep], lineTooDeep(text), text)
  return listed(asRead(name, text, value))
}

/** A list alone is a list of people. */
function listed(file: YamlFile): YamlFile {
  if (!Array.isArray(file.value)) return file
  const lineOf: YamlFile['lineOf'] = ([, ...path]) => file.lineOf(path)
  return { ...file, value: { people: file.value }, lineOf }
}

const lists = ['people', 'organizations'] as const

/** Where an entry stands that is checked together with those of other files. */
interface Origin {
  file: YamlFile
  index: number
}

/**
 * Checks files of people as if they were one, and tells every problem at its own file and line.
 * Nothing when one of them cannot be read at all.
 */
export function loadPeople(
  files: readonly YamlFile[],
  options: CheckPeopleOptions,
  problems: PlacedProblem[],
): CheckedPeople | undefined {
  for (const problem of files.flatMap(brokenLines)) problems.push(problem)
  const readable = files.filter(({ value, broken }) => value !== undefined || broken.length === 0)
  const around = readable.map((file) => problemsAround(file, options))
  const origins: Record<string, Origin[]> = { people: [], organizations: [] }
  const input: Record<string, unknown[]> = { people: [], organizations: [] }
  for (const file of readable)
    for (const list of lists)
      entriesOf(file, list).forEach((entry, index) => {
        origins[list]!.push({ file, index })
        input[list]!.push(entry)
      })
  const originOf = (list: string, index: number): EntryOrigin => {
    const { file, index: own } = origins[list]![index]!
    const line = () =>
      files.length > 1 ? ` (${shown(file.name)}:${file.lineOf([list, own])})` : ''
    return {
      file: file.name,
      place: () => `${list}[${own}]${line()}`,
      untold: file.untold ?? [],
    }
  }
  const mayBeThere = (id: string) => files.some((file) => file.mayName?.(id))
  const checked = checkPeople(input, { ...options, originOf, mayBeThere })
  readable.forEach((file, nth) => {
    const own = checked.problems.flatMap(({ path, message }): Problem[] => {
      const [list, index, ...rest] = path
      const origin = origins[String(list)]?.[Number(index)]
      return origin?.file === file ? [{ path: [list!, origin.index, ...rest], message }] : []
    })
    for (const problem of placedIn(file, [...around[nth]!, ...own])) problems.push(problem)
  })
  if (readable.length < files.length) return undefined
  const isOdd = around
    .flat()
    .some(({ path: [first] }) => lists.some((list) => list === (first ?? list)))
  return isOdd || files.some(({ mayName }) => mayName) ? { ...checked, ids: undefined } : checked
}

const entriesOf = ({ value }: YamlFile, list: string): readonly unknown[] => {
  const entries = (value as Record<string, unknown> | null | undefined)?.[list]
  return Array.isArray(entries) ? entries : []
}

/** What is wrong with a file but for the entries in its lists. */
function problemsAround({ value }: YamlFile, options: CheckPeopleOptions): Problem[] {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!isMap) return checkPeople(value ?? {}, options).problems
  const emptied = lists.flatMap((list) =>
    Array.isArray((value as Record<string, unknown>)[list]) ? [[list, []] as const] : [],
  )
  return checkPeople({ ...value, ...Object.fromEntries(emptied) }, options).problems
}

/** Those that are given, and those of the folder; each once. */
export const allPacks = (given: readonly string[], folder: string): string[] => [
  ...new Set([...packsIn(folder), ...given].map((name) => resolve(name))),
]
