import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { packageRoot } from '../../src/kernel/index.ts'
import { folderWith } from '../config/files.ts'
import { runToEnd } from './program.ts'

const servers: Server[] = []

afterEach(() => servers.splice(0).forEach((server) => server.close()))

async function occupy(host: string): Promise<number> {
  const server = createServer().listen(0, host)
  servers.push(server)
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

describe('a command line with a mistake', () => {
  test.each([
    [
      ['start', '--prot', '1'],
      'unknown option \'--prot\'\n(Did you mean --port?)\nRun "mock-vneid start --help" for what it takes; in a clone, "npm start -- --help".\n',
    ],
    [['strat'], "unknown command 'strat'\n(Did you mean start?)\n"],
    [
      ['start', '--port', '80a'],
      'config is not valid (1 problem):\n  port  must be an integer from 0 to 65535, got "80a" (--port)\nCorrect the lines named, and start again.\n',
    ],
    [
      ['start', '--portal-port', '65536'],
      'config is not valid (1 problem):\n  portal_port  must be an integer from 0 to 65535, got "65536" (--portal-port)\nCorrect the lines named, and start again.\n',
    ],
    [
      ['start', 'now'],
      'too many arguments for \'start\'. Expected 0 arguments but got 1.\nRun "mock-vneid start --help" for what it takes; in a clone, "npm start -- --help".\n',
    ],
  ])('is told so, and ends with 2: %j', async (args, err) => {
    expect(await runToEnd(args)).toEqual({ code: 2, out: '', err })
  })

  test('that says nothing is shown what there is', async () => {
    const { code, out, err } = await runToEnd([])

    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/^Usage: mock-vneid/)
  })
})

describe('what is written to a full disk', () => {
  test('ends in words', async () => {
    await runToEnd(['--version'])
    const full = openSync('/dev/full', 'w')
    const cli = join(packageRoot, 'dist/cli.js')
    const { status, stderr } = spawnSync(process.execPath, [cli, 'people', 'list'], {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    })
    closeSync(full)

    expect(status).toBe(1)
    expect(stderr).toMatch(/^nothing more can be written: .*ENOSPC.*\n$/m)
    expect(stderr).not.toContain('    at ')
  })
})

describe('a port in use', () => {
  test.each(['127.0.0.1', '::1'])('is named with the flag that changes it: at %s', async (host) => {
    const port = await occupy(host)

    expect(await runToEnd(['start', '--port', String(port), '--portal-port', '0'])).toEqual({
      code: 2,
      out: '',
      err: `port ${port} is in use. Choose another with --port, or 0 for any free port.\n`,
    })
  })

  test('of the portal ends the provider too', async () => {
    const port = await occupy('127.0.0.1')

    expect(await runToEnd(['start', '--port', '0', '--portal-port', String(port)])).toEqual({
      code: 2,
      out: '',
      err: `port ${port} is in use. Choose another with --portal-port, or 0 for any free port.\n`,
    })
  })
})

describe('files with mistakes', () => {
  const start = (...more: string[]) => ['start', '--port', '0', '--portal-port', '0', ...more]

  test('are told line by line', async () => {
    const folder = folderWith({ 'settings.yaml': 'prot: 1\n' })

    expect(await runToEnd(start('--config', folder))).toEqual({
      code: 2,
      out: '',
      err: [
        'config is not valid (1 problem):',
        `  prot  "prot" is not an option. Did you mean "port"? (${join(folder, 'settings.yaml')}:1)`,
        'Correct the lines named, and start again.',
        '',
      ].join('\n'),
    })
  })

  test('are told what the library would refuse at the first sign-in only', async () => {
    const folder = folderWith({
      'clients.yaml': [
        'clients:',
        '  - client_id: demo-portal',
        '    client_secret: s',
        "    redirect_uris: ['{portal}/callback#there']",
        '  - client_id: other',
        '    client_secret: s',
        '    redirect_uris: [https://rp.example/cb]',
        '    id_token_signed_response_alg: RS999',
        '  - client_id: third',
        '    client_secret: s',
        '    redirect_uris: [https://rp.example/cb]',
        '    id_token_encrypted_response_alg: RSA-OAEP',
      ].join('\n'),
    })

    const { code, out, err } = await runToEnd(start('--config', folder))

    const file = join(folder, 'clients.yaml')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err.split('\n').map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
      'config is not valid (3 problems):',
      ` clients[0].redirect_uris must not contain fragments (${file}:4)`,
      ` clients[1].id_token_signed_response_alg must be 'RS256' or 'ES256' (${file}:8)`,
      ` clients[2] jwks or jwks_uri is mandatory for this client (${file}:9)`,
      'Correct the lines named, and start again.',
      '',
    ])
  })

  test('that are not there are named', async () => {
    const folder = join(folderWith({}), 'nowhere')

    expect(await runToEnd(start('--config', folder))).toEqual({
      code: 2,
      out: '',
      err: `folder "${folder}" does not exist. Create it, or name another folder with --config.\n`,
    })
  })

  test('that cannot be read are named', async () => {
    const folder = folderWith({})
    mkdirSync(join(folder, 'people.yaml'))

    const { code, out, err } = await runToEnd(start('--config', folder))

    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/^file ".*people\.yaml" .*\. Create it, or name another folder .*\n$/)
  })

  test('of keys are named, and the ports are free again', async () => {
    const keys = folderWith({ 'keys.json': '{"cookieSecrets":[]}' })

    const { code, out, err } = await runToEnd(start('--data-folder', keys))

    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toBe(
      `the keys in "${join(keys, 'keys.json')}" cannot be read. Delete it and start again: new keys are made.\n`,
    )
  })

  test('of keys that cannot be written are named', async () => {
    const file = join(folderWith({ 'people.yaml': '' }), 'people.yaml')

    const { code, out, err } = await runToEnd(start('--data-folder', file))

    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toBe(
      `keys cannot be kept in "${file}" (ENOTDIR). Make it a folder that can be written to, or name another with --data-folder.\n`,
    )
  })
})

describe('an issuer that is not allowed', () => {
  test('is refused', async () => {
    expect(await runToEnd(['start', '--issuer', 'https://vneid.gov.vn'])).toEqual({
      code: 2,
      out: '',
      err: 'issuer "https://vneid.gov.vn" is not allowed: it is a real service’s domain. Use a host of your own.\n',
    })
  })
})

describe('a variable with a mistake', () => {
  test('is named', async () => {
    const { code, err } = await runToEnd(['start'], { MOCK_VNEID_PORT: '80a' })

    expect(code).toBe(2)
    expect(err).toContain('port  must be an integer from 0 to 65535, got "80a" (MOCK_VNEID_PORT)')
  })
})
