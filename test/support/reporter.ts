import { stripVTControlCharacters } from 'node:util'
import type { Reporter, SerializedError, TestCase, TestModule, TestSuite } from 'vitest/node'

/**
 * Prints, as the very last lines, what failed, each in a line, and how many tests passed, failed
 * and were skipped. Vitest's own summary is coloured, and leaves out what failed outside a test: a
 * file that did not load, a hook, a set-up. Here each of those has failed.
 */
export class Tally implements Reporter {
  #passed = 0
  #failures: string[] = []
  #skipped = 0

  onInit(): void {
    // Other reporters may still be printing when the run has ended.
    process.once('exit', (code) => {
      const failures = [...this.#failures]
      if (code !== 0 && failures.length === 0)
        failures.push('the run itself: it ended with an error')
      process.stdout.write(
        [
          '',
          ...failures.map((failure) => `✗ ${failure}`),
          `${this.#passed} passed, ${failures.length} failed, ${this.#skipped} skipped`,
          '',
        ].join('\n'),
      )
    })
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()])
    const countOf = (state: string): number =>
      tests.filter((test) => test.result().state === state).length
    this.#passed = countOf('passed')
    this.#skipped = countOf('skipped')
    this.#failures = [
      ...tests
        .filter((test) => test.result().state === 'failed')
        .map((test) => inOneLine(nameOf(test), test.result().errors)),
      ...suites
        .filter((suite) => suite.errors().length > 0)
        .map((suite) => inOneLine(nameOf(suite), suite.errors())),
      ...unhandledErrors.map((error) => inOneLine('outside of every test', [error])),
    ]
  }
}

function nameOf(part: TestCase | TestModule | TestSuite): string {
  return part.type === 'module'
    ? part.relativeModuleId
    : `${part.module.relativeModuleId} > ${part.fullName}`
}

/** The name, and the first line of the first error. */
function inOneLine(name: string, errors: readonly SerializedError[] | undefined): string {
  const [line = 'no error was given'] =
    stripVTControlCharacters(errors?.[0]?.message ?? '').match(/\S.*/) ?? []
  return `${name}: ${line}`
}
