import { MockVneidError, type Problem } from '../kernel/index.ts'

/** A problem and where it was written: a file and line, a flag, or an environment variable. */
export interface PlacedProblem extends Problem {
  source: string
}

/** What somebody wrote cannot be used; every problem is listed. */
export class ConfigInvalid extends MockVneidError {
  override readonly code = 'ERR_CONFIG_INVALID'
  readonly problems: readonly PlacedProblem[]
  /** Every problem on a line of its own, without what to do next. */
  readonly report: string

  constructor(problems: readonly PlacedProblem[]) {
    const listed = reportOf(problems, 'config is not valid')
    super(`${listed}\nCorrect the lines named, and start again.`)
    this.report = listed
    this.problems = problems
  }
}

/** Problems below each other, under what they are problems of. */
export function reportOf(problems: readonly PlacedProblem[], title: string): string {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
  const places = problems.map(({ path }) => pathText(path))
  const longest = places.reduce((most, place) => Math.max(most, place.length), 0)
  const width = Math.min(48, longest)
  const lines = problems.map(
    ({ message, source }, index) => `  ${places[index]!.padEnd(width)}  ${message} (${source})`,
  )
  return [`${title} (${count}):`, ...lines].join('\n')
}

/** `clients[0].redirect_uris[1]`, as one would write it in a program. */
function pathText(path: readonly (string | number)[]): string {
  const text = path.reduce<string>(
    (before, part) =>
      typeof part === 'number' ? `${before}[${part}]` : before === '' ? part : `${before}.${part}`,
    '',
  )
  return text === '' ? '(the whole file)' : text
}
