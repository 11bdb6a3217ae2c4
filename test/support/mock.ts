import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import {
  startMockVneid,
  type LogEvent,
  type RunningMock,
  type StartOptions,
} from '../../src/index.ts'
import { shareKeys } from './shared-keys.ts'

/** One folder of keys for a whole test file, so that one RSA key is made and not dozens. */
export const dataFolder: string = mkdtempSync(join(tmpdir(), 'mock-vneid-test-'))

export interface TestMock extends RunningMock {
  /** Everything the mock has logged so far. */
  logged: LogEvent[]
}

const running: TestMock[] = []

afterEach(async () => {
  const errors = running.flatMap(({ logged }) =>
    logged.filter((event) => event.event === 'server-error'),
  )
  await Promise.all(running.splice(0).map((mock) => mock.close()))
  if (errors.length > 0) throw new Error(`the mock logged an error: ${JSON.stringify(errors)}`)
})

/** A mock on a free port, closed after the test. A server error in it fails the test. */
export async function startMock(options: StartOptions = {}): Promise<TestMock> {
  const logged: LogEvent[] = []
  const storePrefix = `test-${randomUUID()}`
  const store = options.store ?? process.env['MOCK_VNEID_STORE'] ?? 'memory'
  if (store !== 'memory') await shareKeys(store, storePrefix)
  const mock = await startMockVneid({
    dataFolder,
    storePrefix,
    ...options,
    log: (event) => logged.push(event),
  })
  const testMock = { ...mock, logged }
  running.push(testMock)
  return testMock
}
