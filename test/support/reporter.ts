import type { Reporter, SerializedError, TestModule } from 'vitest/node'

/**
 * Prints, as the very last line, how many tests passed, failed and were skipped. Vitest's own
 * summary is coloured, and leaves out what failed outside a test: a file that did not load, a hook,
 * a set-up. Here each of those has failed.
 */
export class Tally implements Reporter {
  #passed = 0
  #failed = 0
  #skipped = 0

  onInit(): void {
    // Other reporters may still be printing when the run has ended.
    process.once('exit', (code) => {
      const failed = code === 0 ? this.#failed : Math.max(1, this.#failed)
      process.stdout.write(`\n${this.#passed} passed, ${failed} failed, ${this.#skipped} skipped\n`)
    })
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const states = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => test.result().state),
    )
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()])
    this.#passed = states.filter((state) => state === 'passed').length
    this.#skipped = states.filter((state) => state === 'skipped').length
    this.#failed =
      states.filter((state) => state === 'failed').length +
      suites.filter((suite) => suite.errors().length > 0).length +
      unhandledErrors.length
  }
}
