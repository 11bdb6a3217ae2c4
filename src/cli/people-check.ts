import { checkPacks, reportOf, type PlacedProblem } from '../config/index.ts'
import { loadOptionsIn } from './people-source.ts'
import { printableLines } from './printable.ts'
import type { ExitCode } from './run.ts'
import type { Flags } from './settings-flags.ts'

/** Says everything that is wrong with files of people. */
export function checkPeopleFiles(files: readonly string[], flags: Flags): ExitCode {
  const { problems, counts } = checkPacks(files, loadOptionsIn(flags))
  if (flags['json']) console.log(JSON.stringify(problems.map(inJson)))
  else if (problems.length > 0)
    console.error(printableLines(reportOf(problems, 'these people cannot be taken')))
  else
    for (const [file, count] of counts)
      console.log(`${file}: ${count === 1 ? '1 person' : `${count} people`}, as the law has them.`)
  return problems.length > 0 ? 1 : 0
}

/** Where a problem is, and of the law which rule says so. */
function inJson({ path, message, source }: PlacedProblem): object {
  const [, file = source, line] = /^(.*):(\d+)$/.exec(source) ?? []
  const [, rule, article] =
    /^breaks the rule "([^"]+)" \(((?:[^()]|\([^()]*\))+)\)/.exec(message) ?? []
  return {
    file,
    ...(line === undefined ? {} : { line: Number(line) }),
    path,
    message,
    ...(rule === undefined ? {} : { rule, article }),
  }
}
