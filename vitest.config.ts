import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'
import { Tally } from './test/support/reporter.ts'
import { longTests } from './vitest.long.config.ts'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...longTests],
    globalSetup: './test/support/global-setup.ts',
    reporters: ['default', new Tally()],
    // Vitest leaves one processor to itself; on two that would mean one file at a time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
