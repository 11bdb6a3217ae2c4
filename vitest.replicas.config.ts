import { defineConfig } from 'vitest/config'
import { Tally } from './test/support/reporter.ts'

/** Replicas that are killed while people sign in: takes its time, so it is no part of `npm test`. */
export default defineConfig({
  test: {
    include: ['test/replicas/*.chaos.ts'],
    globalSetup: './test/support/global-setup.ts',
    reporters: ['default', new Tally()],
  },
})
