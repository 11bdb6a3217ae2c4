import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { parse, stringify } from 'yaml'
import { packageRoot } from '../../src/kernel/index.ts'

type Entry = Record<string, unknown>

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/**
 * A config folder for `startMock({ config })`: the default clients with these beside or instead of
 * them, and these settings. It is gone after the test.
 */
export function configFolder(files: { clients?: readonly Entry[]; settings?: Entry }): string {
  const { clients = [], settings = {} } = files
  const folder = mkdtempSync(join(tmpdir(), 'mock-vneid-config-'))
  folders.push(folder)
  const given = new Set(clients.map(({ client_id: id }) => id))
  const kept = defaultClients().filter(({ client_id: id }) => !given.has(id))
  writeFileSync(join(folder, 'clients.yaml'), stringify({ clients: [...kept, ...clients] }))
  writeFileSync(join(folder, 'settings.yaml'), stringify(settings))
  return folder
}

/** A client like `test-rp`, with what this test needs of it. */
export const aClient = (metadata: Entry): Entry => ({
  client_id: 'other-rp',
  client_secret: 'other-rp-secret',
  redirect_uris: ['http://localhost:8080/cb'],
  ...metadata,
})

function defaultClients(): Entry[] {
  const text = readFileSync(join(packageRoot, 'config/clients.yaml'), 'utf8')
  return (parse(text) as { clients: Entry[] }).clients
}
