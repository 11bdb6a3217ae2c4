import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { Tally } from './test/support/reporter.ts'

/** Every flow again, over Redis instead of memory: `npm run test:redis`. */
export default defineConfig({
  test: {
    include: ['test/flows/**/*.test.ts'],
    // What is lost when a process ends, and what it keeps in files, is a matter of memory alone.
    exclude: [
      'test/flows/robustness/restart.test.ts',
      'test/flows/oidc/keys.test.ts',
      'test/flows/browser.test.ts',
    ],
    globalSetup: './test/support/one-redis.ts',
    reporters: ['default', new Tally()],
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
