import { relative } from 'node:path'
import type { Problem } from '../kernel/index.ts'
import type { PlacedProblem } from './problem-report.ts'
import type { YamlFile } from './yaml-file.ts'

/** What makes a file no YAML at all. */
export function brokenLines(file: YamlFile): PlacedProblem[] {
  return file.broken.map(({ line, message }) => ({
    path: [],
    message,
    source: `${shown(file.name)}:${line}`,
  }))
}

/** Problems with the lines that they came from, in the order of the lines. */
export function placedIn(file: YamlFile, problems: readonly Problem[]): PlacedProblem[] {
  return problems
    .map((problem) => ({ problem, line: file.lineOf(problem.path) }))
    .toSorted((a, b) => a.line - b.line)
    .map(({ problem, line }) => ({ ...problem, source: `${shown(file.name)}:${line}` }))
}

/** A path as short as it can be told from where the person is. */
export function shown(file: string): string {
  const near = relative(process.cwd(), file)
  return near.startsWith('..') ? file : near
}
