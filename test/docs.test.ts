import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { scopeClaims } from '../src/accounts/index.ts'
// What its tests share belongs to no describe, so it comes before the examples that use it.
import '../src/fixtures/vitest.ts'
import { startMockVneid } from '../src/index.ts'
import { packageRoot } from '../src/kernel/index.ts'
import { protocolErrorOf, refusals } from '../src/provider/index.ts'
import { amrOf, type Factor } from '../src/signin/index.ts'
import { aClient, configFolder } from './support/config-folder.ts'
import {
  blocksOf,
  codesIn,
  headingDepths,
  linksOf,
  markdownFiles,
  readText,
  tableOf,
} from './support/markdown.ts'
import { dataFolder, startMock } from './support/mock.ts'
import { relyingParty, type RelyingParty } from './support/relying-party.ts'

const readmes = [
  { file: 'README.md', language: 'en', header: ['id', 'person', 'what it tests'], years: '' },
  { file: 'README.vi.md', language: 'vi', header: ['mã', 'người', 'dùng để thử'], years: ' tuổi' },
] as const
// Never the waiting kind: the mock that is called answers from this very process.
const execute = promisify(execFile)
const guide = readText('docs/relying-party.md')

interface Persona {
  id: string
  name: string
  age: number
  tests: Record<'vi' | 'en', string>
  account: { password: string; passcode: string }
}
const { people } = parse(readText('config/people.yaml')) as { people: Persona[] }

describe('the examples of the documentation', async () => {
  const files = ['README.md', 'README.vi.md', 'docs/relying-party.md']
  const all = files.flatMap((file) => blocksOf(readText(file)))
  const examples = [...new Map(all.map((block) => [block.text, block])).values()]
  const programs = examples.filter(({ language }) => /^[tj]s$/.test(language))
  const lines = examples
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.trim().split('\n'))
  const calls = lines.filter((line) => line.startsWith('curl '))

  const mock = await startMockVneid({ dataFolder })
  mkdirSync(join(packageRoot, 'dist'), { recursive: true })
  const folder = mkdtempSync(join(packageRoot, 'dist/docs-'))
  const onThisMock = (text: string) => text.replaceAll('http://localhost:3006', mock.issuer)
  const written = programs.map(({ text, language }, index) => {
    const name = `example-${index}.${language}`
    const path = join(folder, name)
    writeFileSync(path, withDoors(onThisMock(text)))
    return { name, text, url: pathToFileURL(path).href }
  })
  const isTest = ({ text }: { text: string }) => /from '(mock-vneid\/)?vitest'/.test(text)

  beforeAll(() => {
    vi.stubEnv('MOCK_VNEID_DATA_FOLDER', dataFolder)
  })

  afterAll(async () => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true, force: true })
    await mock.close()
  })

  test('are all of a kind that is run: test files, programs, calls, and scripts of npm', () => {
    const others = lines.filter((line) => !calls.includes(line))

    expect(written.filter(isTest).length).toBeGreaterThan(0)
    expect(written.filter((one) => !isTest(one)).length).toBeGreaterThan(0)
    expect(calls.length).toBeGreaterThan(0)
    const unproved = others.filter((line) => scriptOf(line) === undefined)
    expect(unproved.filter((line) => !ranWithAnEngine.includes(line))).toEqual([])
  })

  test('have the right types', async () => {
    const tsconfig = join(folder, 'tsconfig.json')
    const extended = {
      extends: '../../tsconfig.check.json',
      // An example may name what there is to be had.
      compilerOptions: { noUnusedLocals: false },
      include: ['.', '../../src/**/*.d.ts'],
      exclude: [],
    }
    writeFileSync(tsconfig, JSON.stringify(extended))

    const tsc = join(packageRoot, 'node_modules/typescript/lib/tsc.js')

    await expect(execute(process.execPath, [tsc, '-p', tsconfig])).resolves.toMatchObject({
      stdout: '',
    })
  })

  // A test file becomes tests of this one.
  for (const { url } of written.filter(isTest)) await import(url)

  test.each(written.filter((one) => !isTest(one)))('run to their end: $name', async ({ url }) => {
    const print = vi.spyOn(console, 'log').mockImplementation(() => {})

    await import(url)

    expect(print.mock.calls.flat().join()).toContain('http://localhost:')
    print.mockRestore()
  })

  test.each(calls)('get an answer: %s', async (line) => {
    const [curl, ...args] = wordsOf(onThisMock(line))

    const { stdout } = await execute(curl!, [...args, '--max-time', '20', '--fail'])

    expect(stdout).toMatch(/^HTTP\/1\.1 303[^]*^Location: \S+[?&]code=|"issuer":/m)
  })

  test('begin with the one command, and only the sentence stands above it', () => {
    for (const { file } of readmes) {
      const [title, sentence, fence, command] = readText(file).split('\n').filter(Boolean)

      expect([title, fence, command]).toEqual(['# Mock VNeID', '```sh', 'npm start'])
      expect(sentence).toMatch(/^\p{L}[^.]*\.$/u)
    }
  })

  test('show a test of at most twelve lines', () => {
    const [first] = programs

    expect(first!.text.trimEnd().split('\n').length).toBeLessThanOrEqual(12)
  })
})

describe('the README in two languages', () => {
  const [english, vietnamese] = readmes.map(({ file }) => readText(file)) as [string, string]

  test('has the same headings, examples and links', () => {
    const common = (links: string[]) =>
      links.map((link) => link.replace('README.vi.md', 'README.md').replace('.vi.', '.en.'))

    expect(headingDepths(vietnamese)).toEqual(headingDepths(english))
    expect(blocksOf(vietnamese)).toEqual(blocksOf(english))
    expect(common(linksOf(vietnamese))).toEqual(common(linksOf(english)))
  })

  test('is written with composed letters', () => {
    expect(vietnamese).toBe(vietnamese.normalize('NFC'))
    expect(english).toBe(english.normalize('NFC'))
  })

  test.each(readmes)('lists everybody in $file as people.yaml has them', (readme) => {
    const { file, language, header, years } = readme

    expect(tableOf(readText(file), ...header)).toEqual(
      people.map(({ id, name, age, tests }) => [
        `\`${id}\``,
        `${name.normalize('NFC')}, ${age}${years}`,
        tests[language],
      ]),
    )
  })

  test.each(readmes)('tells in $file what everybody types', ({ file }) => {
    const typed = people.flatMap(({ account }) => [account.password, account.passcode])

    for (const word of new Set(typed)) expect(readText(file)).toContain(`\`${word}\``)
  })

  test.each(readmes)('tells in $file how the clients for tests are registered', ({ file }) => {
    const { clients } = parse(readText('config/clients.yaml')) as {
      clients: { client_id: string; client_secret?: string; redirect_uris?: string[] }[]
    }
    const words = clients
      .filter(({ client_id: id }) => id !== 'demo-portal')
      .flatMap(({ client_id: id, client_secret: secret, redirect_uris: uris }) => [
        id,
        ...(secret === undefined ? [] : [secret]),
        ...(uris ?? []),
      ])

    expect(words).toContain('test-spa')
    for (const word of words) expect(readText(file)).toContain(`\`${word}\``)
  })
})

describe('the guide for relying parties', () => {
  test('shows an entry for clients.yaml that is accepted and signs people in', async () => {
    const [entry] = blocksOf(guide).filter(({ language }) => language === 'yaml')
    const { clients } = parse(entry!.text) as { clients: { redirect_uris: string[] }[] }
    const mock = await startMock({ config: configFolder({ clients }) })
    const [redirectUri] = clients[0]!.redirect_uris
    const portal = await relyingParty(mock, { clientId: 'my-portal', redirectUri: redirectUri! })

    const { claims } = await portal.tokensFor('adult-level-2')

    expect(claims.aud).toBe('my-portal')
  })

  test('names keys of the mock itself that are accepted', async () => {
    const lines = tableOf(guide, 'key', 'effect').flatMap(([key]) => codesIn(key!))
    const keys = lines.map((line) => parse(line) as Record<string, unknown>)
    const clients = keys.map((key, index) => aClient({ client_id: `client-${index}`, ...key }))

    expect(clients).toHaveLength(7)
    await expect(startMock({ config: configFolder({ clients }) })).resolves.toBeDefined()
  })

  test('names the endpoints that are in the full discovery document', async () => {
    const settings = { provider: { discovery: 'full' } }
    const mock = await startMock({ config: configFolder({ settings }) })
    const response = await fetch(`${mock.issuer}/.well-known/openid-configuration`)
    const document = (await response.json()) as Record<string, unknown>
    const isEndpoint = (key: string) => key.endsWith('_endpoint') || key === 'jwks_uri'

    const [discovery, ...rest] = tableOf(guide, 'in discovery', 'path')
    const told = rest.map(([key, path]) => [codesIn(key!)[0]!, mock.issuer + codesIn(path!)[0]!])

    expect(codesIn(discovery![1]!)).toEqual(['/.well-known/openid-configuration'])
    expect(Object.fromEntries(told)).toEqual(
      Object.fromEntries(Object.entries(document).filter(([key]) => isEndpoint(key))),
    )
  })

  test('lists the claims of each scope', () => {
    const told = tableOf(guide, 'scope', 'claims').map(([scope, claims]) => [
      codesIn(scope!)[0]!,
      codesIn(claims!),
    ])

    expect(Object.fromEntries(told)).toEqual(scopeClaims)
  })

  test('lists the levels that can be asked for', async () => {
    const mock = await startMock()
    const response = await fetch(`${mock.issuer}/.well-known/openid-configuration`)
    const { acr_values_supported: names } = (await response.json()) as Record<string, string[]>

    expect(tableOf(guide, '`acr`', 'meaning').flatMap(([name]) => codesIn(name!))).toEqual(names)
  })

  test('tells what each factor is called in amr', () => {
    const factors: Record<string, Factor> = {
      password: 'password',
      'code in the app': 'app-code',
      'code by SMS': 'sms-code',
      face: 'face',
      passcode: 'passcode',
    }
    const told = tableOf(guide, 'proved', '`amr`').map(([what, amr]) => [what!, codesIn(amr!)])

    expect(Object.fromEntries(told)).toEqual(
      Object.fromEntries(Object.entries(factors).map(([what, factor]) => [what, amrOf([factor])])),
    )
  })

  test('lists every reason for a refusal with the error that carries it', () => {
    const told = tableOf(guide, '`error`', 'reason', 'when').map(
      ([error, reason]) => `${codesIn(error!)[0]} ${codesIn(reason!)[0]}`,
    )
    const heard = refusals.map((refusal) => {
      const { error, error_description: description } = protocolErrorOf(refusal)
      return `${error} ${description.split(' ')[0]}`
    })

    expect(told).toEqual(heard)
  })

  test('lists what else goes wrong, and where one hears it', async () => {
    const portal = await relyingParty(await startMock())

    const told = tableOf(guide, 'what happened', 'where', 'what you get')

    expect(told).toEqual(await everythingElseThatGoesWrong(portal))
  })
})

test.each(markdownFiles())('every link in %s leads to something', (file) => {
  const dead = linksOf(readText(file))
    .filter((link) => !/^(?:https?:|#)/.test(link))
    .filter((link) => !existsSync(join(packageRoot, dirname(file), link.split('#')[0]!)))

  expect(dead).toEqual([])
})

/** Each mishap with the answer it gets, in the words of the guide. */
async function everythingElseThatGoesWrong(portal: RelyingParty): Promise<string[][]> {
  const { issuer } = portal.config.serverMetadata()
  const back = `redirect_uri=${portal.redirectUri}`
  const auth = (query: string) =>
    fetch(`${issuer}/auth?response_type=code&scope=openid&${query}`, { redirect: 'manual' })
  const token = (fields: Record<string, string>) =>
    fetch(`${issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: 'test-rp',
        client_secret: 'test-rp-secret',
        redirect_uri: portal.redirectUri,
        ...fields,
      }),
    })
  const freshCode = async () => {
    const { url, verifier } = await portal.signIn('adult-level-2')
    return { code: url.searchParams.get('code')!, code_verifier: verifier }
  }
  const used = await freshCode()
  await token(used)
  const { tokens } = await portal.tokensFor('adult-level-2')
  const stranger = { login_hint: 'auto:adult-level-1', id_token_hint: tokens.id_token! }
  const { url: insisting } = await portal.begin(stranger)

  const mishaps: Record<string, Response[]> = {
    '`login_hint=auto:` names nobody, or a role not theirs here': [
      await auth(`client_id=test-rp&${back}&login_hint=auto:nobody`),
      await auth(`client_id=test-rp&${back}&login_hint=auto:adult-level-2:child-13`),
    ],
    'an essential `acr` of which no value is known': [
      await auth(
        `client_id=test-rp&${back}&claims=${encodeURIComponent('{"id_token":{"acr":{"essential":true,"value":"high"}}}')}`,
      ),
    ],
    'no PKCE where it is required': [
      await auth('client_id=test-spa&redirect_uri=http://localhost:8080/'),
    ],
    '`prompt=none`, and nobody is signed in': [await auth(`client_id=test-rp&${back}&prompt=none`)],
    'another person signed in than `id_token_hint` insists on': [
      await fetch(insisting, { redirect: 'manual' }),
    ],
    'the redirect URI is not registered': [
      await auth('client_id=test-rp&redirect_uri=http://localhost:8080/other'),
    ],
    'the client is not registered': [await auth(`client_id=nobody&${back}`)],
    "the client's secret is wrong": [
      await token({ ...(await freshCode()), client_secret: 'another' }),
    ],
    'the code is unknown, expired, or used before': [
      await token({ code: 'unknown' }),
      await token(used),
    ],
    'the `code_verifier` or `redirect_uri` does not fit the code': [
      await token({ ...(await freshCode()), code_verifier: 'x'.repeat(43) }),
      await token({ ...(await freshCode()), redirect_uri: 'http://127.0.0.1:8080/cb' }),
    ],
    'the access token is unknown, expired or revoked': [
      await fetch(`${issuer}/me`, { headers: { authorization: 'Bearer unknown' } }),
    ],
  }
  return Promise.all(
    Object.entries(mishaps).map(async ([what, responses]) => {
      const heard = await Promise.all(responses.map(answerOf))
      return [what, ...new Set(heard.flat())]
    }),
  )
}

/** Where an answer arrives, and the error in it, as the guide writes them. */
async function answerOf(response: Response): Promise<[where: string, error: string]> {
  const location = response.headers.get('location')
  if (location !== null)
    return ['redirect URI', `\`${new URL(location).searchParams.get('error')}\``]
  if (response.headers.get('content-type')?.startsWith('text/html'))
    return [`a page, ${response.status}`, '–']
  const { error } = (await response.json()) as { error: string }
  const endpoint = response.url.endsWith('/me') ? 'userinfo' : 'token'
  return [`${endpoint}, ${response.status}`, `\`${error}\``]
}

/** A program of somebody who has installed the package, with the doors of this source. */
const withDoors = (text: string) =>
  text
    .replace(`'mock-vneid'`, `'../../src/index.ts'`)
    .replace(`'mock-vneid/vitest'`, `'../../src/fixtures/vitest.ts'`)

/** What needs a container engine is run by `.ci/containers`. */
const ranWithAnEngine = ['docker compose up']

/** The script of package.json that a command of npm runs. */
function scriptOf(line: string): string | undefined {
  if (!line.startsWith('npm ')) return undefined
  const { scripts } = JSON.parse(readText('package.json')) as { scripts: Record<string, string> }
  const [, ...words] = line.split(' ')
  return scripts[words.find((word) => word !== 'run') ?? '']
}

/** The words of a command line, as a shell would split them. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
}
