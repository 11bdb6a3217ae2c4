import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openCertificate } from '../../src/entrance/index.ts'
import { systemClock } from '../../src/kernel/index.ts'
import { selfSigned, type SelfSigned } from '../doctor/self-signed.ts'
import { configFolder } from '../support/config-folder.ts'
import { freePort } from '../support/redis.ts'
import { relyingParty } from '../support/relying-party.ts'
import { Program, runToEnd } from './program.ts'

let dataFolder: string

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'mock-vneid-operations-'))
})

afterEach(() => rmSync(dataFolder, { recursive: true, force: true }))

const start = (...more: string[]) =>
  ['start', '--port', '0', '--no-portal', '--data-folder', dataFolder].concat(more)

/** A certificate of an authority of its own, without that authority. */
async function leafOf(folder: string): Promise<SelfSigned> {
  const none = { certFile: undefined, keyFile: undefined }
  const given = { tls: 'self-signed', ...none, folder, names: [], clock: systemClock } as const
  const { cert, key } = (await openCertificate(given))!
  return { cert: cert.slice(0, cert.indexOf('-----BEGIN', 1)), key }
}

/** The flags by which a certificate is served. */
function served({ cert, key }: SelfSigned): string[] {
  const [certFile, keyFile] = [join(dataFolder, 'cert.pem'), join(dataFolder, 'key.pem')]
  writeFileSync(certFile, cert)
  writeFileSync(keyFile, key)
  return ['--tls', 'files', '--tls-cert', certFile, '--tls-key', keyFile]
}

const linesOf = (out: string) =>
  out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>)

describe('mock-vneid health', () => {
  test('says that a mock is ready', async () => {
    const { issuer } = await new Program(start()).ready()
    const url = `${issuer}/readyz`

    expect(await runToEnd(['health', url])).toEqual({
      code: 0,
      out: `healthy: ${url} answered 200\n`,
      err: '',
    })
  })

  test('asks at the port of the settings', async () => {
    const { issuer } = await new Program(start()).ready()
    const { port } = new URL(issuer)

    const { code, out } = await runToEnd(['health'], { MOCK_VNEID_PORT: port })

    expect({ code, out }).toEqual({
      code: 0,
      out: `healthy: http://127.0.0.1:${port}/readyz answered 200\n`,
    })
  })

  test('trusts the certificate authority of the data folder', async () => {
    const tls = ['--tls', 'self-signed']
    const { issuer } = await new Program(start(...tls)).ready()
    const { port } = new URL(issuer)

    const asked = await runToEnd(['health', '--port', port, ...tls, '--data-folder', dataFolder])

    expect(asked).toEqual({
      code: 0,
      out: `healthy: https://127.0.0.1:${port}/readyz answered 200\n`,
      err: '',
    })
  })

  test.each([
    ['for another name than the address', async () => selfSigned('vneid.test')],
    ['whose authority is not in the file', async () => leafOf(dataFolder)],
  ])('trusts the certificate that is served: one %s', async (_, make) => {
    const tls = served(await make())
    const port = String(await freePort())
    const issuer = `https://vneid.test:${port}`
    await new Program(start(...tls, '--port', port, '--issuer', issuer)).ready()

    const url = `https://127.0.0.1:${port}/readyz`
    expect(await runToEnd(['health', '--port', port, ...tls])).toEqual({
      code: 0,
      out: `healthy: ${url} answered 200\n`,
      err: '',
    })
  })

  test('asks an address that it is given under its own name', async () => {
    const tls = served(selfSigned('vneid.test'))
    const { issuer } = await new Program(start(...tls)).ready()

    const { code, err } = await runToEnd(['health', `${issuer}/readyz`, ...tls])

    expect(code).toBe(1)
    expect(err).toContain('ERR_TLS_CERT_ALTNAME_INVALID')
  })

  test('says in one line that nobody answers', async () => {
    expect(await runToEnd(['health', 'http://127.0.0.1:1/readyz'])).toEqual({
      code: 1,
      out: '',
      err: 'not healthy: http://127.0.0.1:1/readyz did not answer (ECONNREFUSED)\n',
    })
  })

  test('takes addresses of http only', async () => {
    expect(await runToEnd(['health', 'localhost:3006'])).toEqual({
      code: 2,
      out: '',
      err: 'url must begin with http:// or https://, got "localhost:3006".\n',
    })
  })
})

describe('mock-vneid reload', () => {
  const reload = () => runToEnd(['reload', '--data-folder', dataFolder])

  test('lets a running mock take over what the files say now', async () => {
    const folder = configFolder({})
    const program = new Program(start('--config', folder))
    const { issuer } = await program.ready()
    const file = join(folder, 'clients.yaml')
    writeFileSync(file, readFileSync(file, 'utf8').replace('client_id: test-rp', 'client_id: rp-2'))

    expect((await reload()).out).toMatch(/^process \d+ reads its files again; /)

    await program.complains(/clients \(\d+\) were read again and are in force\./)
    expect((await fetch(`${issuer}/auth?client_id=rp-2`)).status).toBe(400)
    await expect(
      (await fetch(`${issuer}/auth?client_id=test-rp`, { headers: { Accept: '*/*' } })).text(),
    ).resolves.toContain('invalid_client')
  })

  test('leaves in force what was, where a file is broken', async () => {
    const folder = configFolder({})
    const program = new Program(start('--config', folder))
    const { issuer } = await program.ready()
    writeFileSync(join(folder, 'people.yaml'), 'people: 3\n')

    await reload()

    await program.complains(
      /what was in force stays in force\.\nconfig is not valid \(1 problem\):/,
    )
    const portal = await relyingParty({ issuer })
    expect((await portal.tokensFor('adult-level-2')).claims.sub).toBeDefined()
  })

  test('says when nobody is there to be called', async () => {
    expect(await reload()).toEqual({
      code: 1,
      out: '',
      err: `no mock uses "${dataFolder}". Start one, or name its folder with --data-folder.\n`,
    })
  })

  test('says when who was there has ended', async () => {
    const program = new Program(start())
    await program.ready()
    await program.stop('SIGKILL')

    const { code, err } = await reload()

    expect(code).toBe(1)
    expect(err).toMatch(/^process \d+, which used ".*", has ended\. /)
  })
})

describe('a mock that runs', () => {
  test('notices a changed file by itself', async () => {
    const folder = configFolder({})
    const program = new Program(start('--config', folder))
    await program.ready()
    await new Promise((resolve) => setTimeout(resolve, 500))
    writeFileSync(join(folder, 'settings.yaml'), 'sign_in: { codes: fixed }\n')

    const notice = /sign_in changed in the settings, which count from the next start on/
    await expect(program.complains(notice)).resolves.toBeUndefined()
  })

  test('keeps its number in the data folder for as long as it runs', async () => {
    const program = new Program(start())
    await program.ready()
    const file = join(dataFolder, 'mock-vneid.pid')
    expect(readFileSync(file, 'utf8')).toMatch(/^\d+\n/)

    await program.stop('SIGTERM')

    expect(existsSync(file)).toBe(false)
  })
})

describe('logs for programs', () => {
  const json = ['--log-format', 'json']

  test('are one object a line, with the ids of request and sign-in, and no secret', async () => {
    const program = new Program(start(...json))
    await program.says(/"event":"started"/)
    const [started] = linesOf(program.out)
    const issuer = String(started!['issuer'])
    const portal = await relyingParty({ issuer })
    const { tokens } = await portal.tokensFor('adult-level-2')
    await fetch(`${issuer}/me?access_token=in-the-query`, {
      headers: { Authorization: `Bearer ${tokens.access_token}`, 'X-Request-Id': 'from-outside' },
    })

    const { code, out, err } = await program.stop('SIGTERM')

    const lines = linesOf(out)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(lines.every(({ level, time }) => level === 'info' && typeof time === 'string')).toBe(
      true,
    )
    const ended = lines.find(({ event }) => event === 'sign-in-ended')!
    const request = lines.find(({ path }) => path === '/auth')!
    expect(ended).toMatchObject({ clientId: 'test-rp', outcome: 'approved', isAutomatic: true })
    expect(request).toMatchObject({
      event: 'request',
      method: 'GET',
      status: 303,
      isFinished: true,
      requestId: ended['requestId'],
      signInId: ended['signInId'],
    })
    expect(lines.find(({ path }) => path === '/me')).toMatchObject({ requestId: 'from-outside' })
    expect(lines.at(-1)).toMatchObject({ event: 'stopping' })
    for (const secret of [tokens.access_token, tokens.id_token!, 'in-the-query', 'code=', 'Bearer'])
      expect(out).not.toContain(secret)
  })

  test('say nothing where nothing is asked for', async () => {
    const program = new Program([...start(...json), '--log-level', 'error'])
    const file = join(dataFolder, 'mock-vneid.pid')
    while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 50))

    expect(await program.stop('SIGTERM')).toEqual({ code: 0, out: '', err: '' })
  })
})

test('logs for people show each request when one looks closely', async () => {
  const program = new Program(start('--log-level', 'debug'))
  const { issuer } = await program.ready()

  await fetch(`${issuer}/jwks?secret=1`)

  const line = /^ {2}GET \/jwks 200 {2}[\d.]+ ms {2}\([\w-]+\)$/m
  await expect(program.says(line)).resolves.toBeUndefined()
})

describe('mock-vneid config', () => {
  test('says of each setting where it comes from, and hides secrets', async () => {
    const folder = configFolder({ settings: { sign_in: { codes: 'fixed' }, port: 4000 } })

    const { code, out } = await runToEnd(
      ['config', '--config', folder, '--store', 'redis://user:hidden@r:6379', '--json'],
      { MOCK_VNEID_PORTAL_PORT: '4001', MOCK_VNEID_CONTROL_TOKEN: 'hidden-as-well-0123' },
    )

    const all = JSON.parse(out) as { name: string; value: unknown; origin: string }[]
    const of = (name: string) => all.find((one) => one.name === name)
    expect(code).toBe(0)
    expect(of('port')).toMatchObject({
      value: 4000,
      origin: expect.stringMatching(/:3$/) as string,
    })
    expect(of('sign_in.codes')).toMatchObject({
      value: 'fixed',
      origin: expect.stringMatching(/settings\.yaml:2$/) as string,
    })
    expect(of('portal_port')).toMatchObject({ value: 4001, origin: 'MOCK_VNEID_PORTAL_PORT' })
    expect(of('store')).toMatchObject({ value: 'redis://…@r:6379', origin: '--store' })
    expect(of('control_token')).toMatchObject({ value: '…', origin: 'MOCK_VNEID_CONTROL_TOKEN' })
    expect(of('sign_in.tries')).toMatchObject({ origin: 'default' })
    expect(out).not.toContain('hidden')
  })

  test('is a table for people', async () => {
    const { code, out } = await runToEnd(['config'])

    expect(code).toBe(0)
    expect(out).toMatch(/^port +3006 +default$/m)
  })
})

describe('mock-vneid doctor', () => {
  test('finds nothing wrong with a mock that is right', async () => {
    const { issuer } = await new Program(start()).ready()

    const { code, out } = await runToEnd(['doctor', issuer, '--client', 'test-rp', '--json'])

    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ issuer })
  })

  test('tries a secret that comes by a file, and never repeats it', async () => {
    const { issuer } = await new Program(start()).ready()
    const file = join(dataFolder, 'secret')
    writeFileSync(file, 'not-the-secret\n')

    const args = ['--client', 'test-rp', '--client-secret-file', file]
    const { code, out } = await runToEnd(['doctor', issuer, ...args])

    expect(code).toBe(1)
    expect(out).toContain('the token endpoint refuses the secret of "test-rp"')
    expect(out).not.toContain('not-the-secret')
  })

  test('says what it is called with', async () => {
    const { code, err } = await runToEnd(['doctor'])

    expect(code).toBe(2)
    expect(err).toContain('mock-vneid doctor --help')
  })
})

describe('mock-vneid portal', () => {
  test('signs people in at a provider that it reaches by another name', async () => {
    const { issuer } = await new Program(start()).ready()
    const { port } = new URL(issuer)
    const portal = new Program(
      ['portal', '--issuer', issuer, '--discovery-url', `http://127.0.0.1:${port}`].concat(
        '--portal-port',
        '0',
      ),
    )
    const { portalUrl } = await portal.ready()

    const sent = await fetch(`${portalUrl}/login`, { redirect: 'manual' })

    expect(sent.headers.get('location')).toMatch(new RegExp(`^${issuer}/auth\\?`))
    expect((await fetch(`${portalUrl}/readyz`)).status).toBe(200)
    expect(await portal.stop('SIGTERM')).toMatchObject({ code: 0, err: '' })
  })

  test('refuses a provider that speaks for another issuer', async () => {
    const { issuer } = await new Program(start()).ready()
    const portal = new Program(
      ['portal', '--issuer', 'http://localhost:9', '--discovery-url', issuer].concat(
        '--portal-port',
        '0',
      ),
    )
    const { portalUrl } = await portal.ready()

    const { status } = await fetch(`${portalUrl}/login`, { redirect: 'manual' })

    expect(status).toBe(500)
    await portal.complains(/must be of issuer "http:\/\/localhost:9", got "http:\/\/localhost:\d+"/)
  })
})

test.each(['start', 'portal', 'health', 'doctor', 'reload', 'config'])(
  'mock-vneid %s --help has examples',
  async (command) => {
    const { code, out } = await runToEnd([command, '--help'])

    expect(code).toBe(0)
    expect(out).toMatch(new RegExp(`Examples:\\n {2}.*mock-vneid ${command}`))
  },
)
