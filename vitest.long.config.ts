import { defineConfig } from 'vitest/config'
import { Tally } from './test/support/reporter.ts'

/**
 * What takes its time, and so is no part of `npm test`: packages that are packed and installed,
 * every page walked in a browser and looked at by axe, anything at all thrown at every endpoint,
 * programs that are started and stopped, Redis of every kind, and Redis that is gone for seconds.
 */
export const longTests = [
  'test/package/**/*.test.ts',
  'test/fixtures/packed.test.ts',
  'test/docs/testing.test.ts',
  'test/pages/looks.test.ts',
  'test/flows/browser.test.ts',
  'test/flows/consent/in-chromium.test.ts',
  'test/fuzz/*.test.ts',
  'test/cli/help-examples.test.ts',
  'test/cli/mistakes.test.ts',
  'test/cli/operations.test.ts',
  'test/control/fake-timers.test.ts',
  'test/replicas/race.test.ts',
  'test/replicas/flows-over-redis.test.ts',
  'test/replicas/out-of-reach.test.ts',
  'test/replicas/emptied.test.ts',
  'test/replicas/worlds-in-outages.test.ts',
  'test/storage/redis-kinds.test.ts',
  'test/storage/redis-refusals.test.ts',
]

export default defineConfig({
  test: {
    include: longTests,
    globalSetup: './test/support/global-setup.ts',
    reporters: ['default', new Tally()],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
