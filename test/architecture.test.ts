import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

/**
 * The house: each room, and the rooms it may enter, all of them on lower floors. A file directly in
 * `src` is a room of its own.
 */
const house: Record<string, readonly string[]> = {
  kernel: [],
  storage: ['kernel'],
  journal: ['kernel'],
  faults: ['kernel'],
  accounts: ['kernel'],
  clients: ['kernel'],
  keys: ['kernel'],
  pages: ['kernel'],
  http: ['kernel'],
  operations: ['kernel'],
  entrance: ['kernel', 'pages', 'http'],
  signin: ['kernel', 'journal', 'accounts', 'clients'],
  provider: [
    'kernel',
    'journal',
    'faults',
    'accounts',
    'clients',
    'keys',
    'pages',
    'http',
    'signin',
  ],
  interactions: ['kernel', 'accounts', 'clients', 'pages', 'http', 'signin'],
  control: ['kernel', 'journal', 'faults', 'accounts', 'clients', 'keys', 'http', 'signin'],
  portal: ['kernel', 'pages', 'http'],
  doctor: ['kernel'],
  config: ['kernel', 'accounts', 'clients', 'http', 'signin', 'provider', 'interactions', 'portal'],
  worlds: [
    'kernel',
    'journal',
    'faults',
    'accounts',
    'clients',
    'keys',
    'pages',
    'http',
    'signin',
    'provider',
    'interactions',
    'control',
  ],
  'door.ts': ['http'],
  'addresses.ts': ['kernel', 'entrance', 'config', 'door.ts'],
  'reload.ts': ['kernel', 'accounts', 'clients', 'portal', 'config'],
  'portal-alone.ts': [
    'kernel',
    'pages',
    'http',
    'operations',
    'entrance',
    'portal',
    'config',
    'door.ts',
    'reload.ts',
  ],
  'mock.ts': [
    'kernel',
    'accounts',
    'clients',
    'keys',
    'storage',
    'pages',
    'http',
    'operations',
    'entrance',
    'signin',
    'provider',
    'portal',
    'config',
    'control',
    'worlds',
    'addresses.ts',
    'door.ts',
    'reload.ts',
  ],
  'start-options.ts': ['kernel', 'config'],
  'standalone.ts': ['kernel', 'config', 'mock.ts', 'portal-alone.ts', 'start-options.ts'],
  'index.ts': [
    'kernel',
    'accounts',
    'clients',
    'keys',
    'http',
    'pages',
    'storage',
    'entrance',
    'provider',
    'control',
    'config',
    'journal',
    'mock.ts',
    'start-options.ts',
    'standalone.ts',
  ],
  cli: ['kernel', 'accounts', 'operations', 'doctor', 'config', 'standalone.ts', 'index.ts'],
  fixtures: ['config', 'index.ts'],
}

const root = join(import.meta.dirname, '..')
const src = join(root, 'src')
const sources = filesUnder(src).filter((file) => file.endsWith('.ts'))
const code = new Map(sources.map((file) => [file, withoutComments(read(join(src, file)))]))
const rooms = [...new Set(sources.map(roomOf))]

/** Every import of one source by another, type-only and dynamic ones too. */
const steps = [...code].flatMap(([file, text]) =>
  [...text.matchAll(/\b(?:from|import)\s*\(?\s*['"](\.[^'"]*)['"]/g)].map(([, path = '']) => ({
    file,
    to: posix.join(posix.dirname(file), path),
  })),
)
const crossings = steps.filter(({ file, to }) => roomOf(file) !== roomOf(to))

describe('the house', () => {
  test('has the rooms of the table and no other', () => {
    expect(
      rooms.toSorted(),
      'every room of src stands in the table at the top of test/architecture.test.ts',
    ).toEqual(Object.keys(house).toSorted())
  })

  test('has floors: nobody who goes down from a room comes back to it', () => {
    for (const room of Object.keys(house)) expect(below(room), `below ${room}`).not.toContain(room)
  })

  test('lets a room enter only those that its line of the table names', () => {
    const strangers = crossings.filter(({ file, to }) => !house[roomOf(file)]?.includes(roomOf(to)))

    expect(crossings).not.toEqual([])
    expect(strangers).toEqual([])
  })

  test('lets the portal know the provider over the wire only, as any relying party does', () => {
    expect(below('portal')).toEqual(['kernel', 'pages', 'http'])
  })

  test('is entered by the doors', () => {
    const windows = crossings.filter(({ to }) => to.includes('/') && !/^[^/]+\/index\.ts$/.test(to))

    expect(windows).toEqual([])
  })

  test('keeps every import inside', () => {
    expect(steps.filter(({ to }) => to.startsWith('..'))).toEqual([])
  })

  test.each(rooms.filter((room) => !room.endsWith('.ts')))(
    'tells at the door of %s what is there and what is not',
    (room) => {
      const door = join(src, room, 'index.ts')

      expect(existsSync(door), `src/${room}/index.ts is the door of the room`).toBe(true)
      expect(read(door)).toMatch(
        /^\/\*\*(?:(?!\*\/)[\s\S])*Not here(?:(?!\*\/)[\s\S])*@module\s*\*\//,
      )
    },
  )
})

describe('what no room does', () => {
  const outside = (...allowed: string[]) =>
    [...code].filter(([file]) => !allowed.some((place) => file === place || roomOf(file) === place))
  const thatDo = (deed: RegExp, files: [string, string][]) =>
    files.filter(([, text]) => deed.test(text)).map(([file]) => file)

  test('prints or ends the process, but the command line', () => {
    const deed = /\bconsole\.|\bprocess\.(?:exit|stdout|stderr|on|once)\b/

    expect(thatDo(deed, outside('cli'))).toEqual([])
  })

  test('reads the environment, but the one file that is named for it', () => {
    expect(thatDo(/\bprocess\.env\b/, outside('config/environment.ts'))).toEqual([])
  })

  test('asks the machine for the time or for chance, but the kernel', () => {
    const deed = /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\brandom(?:Bytes|Int|UUID)\b/

    expect(thatDo(deed, outside('kernel'))).toEqual([])
  })

  test('knows the library that makes tokens, but the provider', () => {
    expect(thatDo(/['"]oidc-provider(?:\/|['"])/, outside('provider'))).toEqual([])
  })
})

test('no file of the repository holds a private key', () => {
  const skipped = ['node_modules', 'dist', 'coverage', '.git', '.mock-vneid']
  const pem = /-----BEGIN [A-Z ]*PRIVATE KEY-----/
  const jwk = /\bd['"]?\s*:\s*['"][\w-]{40,}['"]/
  const holders = filesUnder(root, skipped).filter((file) => {
    const text = read(join(root, file))
    return pem.test(text) || jwk.test(text)
  })

  expect(holders).toEqual([])
})

function roomOf(file: string): string {
  return file.split('/')[0] ?? file
}

/** Every room that can be reached from one, by however many stairs. */
function below(room: string): string[] {
  const reached = new Set<string>()
  const visit = (from: string): void => {
    for (const next of house[from] ?? []) {
      if (reached.has(next)) continue
      reached.add(next)
      visit(next)
    }
  }
  visit(room)
  return [...reached]
}

function filesUnder(folder: string, skipped: readonly string[] = [], top = folder): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (skipped.includes(entry.name)) return []
    if (entry.isDirectory()) return filesUnder(path, skipped, top)
    return entry.isFile() ? [relative(top, path).replaceAll('\\', '/')] : []
  })
}

function read(file: string): string {
  return readFileSync(file, 'utf8')
}

/** Docstrings may speak of what code may not do. */
function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '')
}
