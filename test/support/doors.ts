import { connectMockVneid, type MockWorlds, type StartOptions } from '../../src/index.ts'
import { startMock } from './mock.ts'

/** The ways by which a test can drive a mock, which must be alike. */
export const doors: readonly Door[] = ['in process', 'over HTTP']

export type Door = 'in process' | 'over HTTP'

/** A mock behind one of its doors, closed after the test. */
export async function openDoorTo(door: Door, options: StartOptions = {}): Promise<MockWorlds> {
  const mock = await startMock(options)
  return door === 'in process' ? mock : connectMockVneid(mock.issuer)
}
