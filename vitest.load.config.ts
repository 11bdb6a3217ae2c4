import { defineConfig } from 'vitest/config'
import { Tally } from './test/support/reporter.ts'

/** Hundreds of tests at once against one process: takes its time, so it is no part of `npm test`. */
export default defineConfig({
  test: {
    include: ['test/load/*.load.ts'],
    globalSetup: './test/support/global-setup.ts',
    reporters: ['default', new Tally()],
    testTimeout: 240_000,
    hookTimeout: 60_000,
  },
})
