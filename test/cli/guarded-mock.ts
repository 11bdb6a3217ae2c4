import type { StartOptions } from '../../src/index.ts'
import { folderWith } from '../config/files.ts'
import { startMock, type TestMock } from '../support/mock.ts'

const clients = `clients:
  - client_id: only-rp
    client_secret: nobody-else-knows
    redirect_uris: [http://localhost:8080/cb]
`

/** A mock that others than this machine can call, so that it asks for its control token. */
export function startGuardedMock(options: StartOptions = {}): Promise<TestMock> {
  const config = folderWith({ 'clients.yaml': clients })
  return startMock({ host: '0.0.0.0', config, ...options })
}
