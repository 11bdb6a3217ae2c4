import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { relyingParty } from '../support/relying-party.ts'
import { Program, runToEnd } from './program.ts'

const start = (...more: string[]) => ['start', '--port', '0', '--portal-port', '0', ...more]

describe('help', () => {
  test('says which commands there are', async () => {
    const { code, out, err } = await runToEnd(['--help'])

    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/start .*serve the provider and the demo portal/)
  })

  test('of a command says what it takes', async () => {
    const { code, out } = await runToEnd(['start', '--help'])

    expect(code).toBe(0)
    expect(out).toContain('--portal-port <value>')
  })
})

describe('a start', () => {
  test('says where things are and whom one can sign in as', async () => {
    const program = new Program(start())

    const { issuer, portalUrl } = await program.ready()

    expect(issuer).toMatch(/^http:\/\/localhost:\d+$/)
    expect(program.out).toContain(`${issuer}/.well-known/openid-configuration`)
    expect(program.out).toContain('MÔ PHỎNG')
    expect(program.out).toMatch(/adult-level-2 +\d{12} +\S/)
    expect(program.out).toContain('login_hint=auto:adult-level-2')
    expect((await fetch(portalUrl!)).status).toBe(200)
  })

  test('leaves the portal out when it is told to', async () => {
    const program = new Program(['start', '--port', '0', '--no-portal'])

    const { portalUrl } = await program.ready()

    expect(portalUrl).toBeUndefined()
  })

  test('answers at localhost, whichever address that is', async () => {
    const { issuer } = await new Program(start()).ready()
    const { host, port } = new URL(issuer)

    for (const address of ['127.0.0.1', '::1']) {
      const socket = connect(Number(port), address)
      socket.setEncoding('utf8').end(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
      const [answer] = (await once(socket, 'data')) as [string]
      expect(answer).toMatch(/^HTTP\/1\.1 200 /)
    }
  })

  test('prints codes and outcomes of ordinary traffic, and nothing else', async () => {
    const program = new Program(start())
    const { issuer, portalUrl } = await program.ready()
    const greeting = program.out
    const portal = await relyingParty({ issuer })

    await portal.tokensFor('adult-level-2')
    await fetch(`${issuer}/nowhere`)
    await fetch(`${issuer}/auth?client_id=nobody`)
    await fetch(`${issuer}/token`, { method: 'POST', body: '{' })
    await fetch(portalUrl!)
    const { out, err } = await program.stop('SIGTERM')

    const printed = out.slice(greeting.length).split('\n').filter(Boolean)
    expect(err).toBe('')
    expect(printed.filter((line) => !/^ {2}(?:code \d{6}|sign-in [a-z_]+) {2}/.test(line))).toEqual(
      [],
    )
  })
})

describe.each(['SIGINT', 'SIGTERM'] as const)('%s', (signal) => {
  test('ends it with 0 and frees the port', async () => {
    const program = new Program(start())
    const { issuer } = await program.ready()

    const { code, err } = await program.stop(signal)

    const server = createServer().listen(Number(new URL(issuer).port), '127.0.0.1')
    await once(server, 'listening')
    server.close()
    expect({ code, err }).toEqual({ code: 0, err: '' })
  })

  test('lets a request in flight finish', async () => {
    const program = new Program(start())
    const { issuer } = await program.ready()
    const { host, port } = new URL(issuer)
    const socket = connect(Number(port), '127.0.0.1').setEncoding('utf8')
    let answer = ''
    socket.on('data', (text: string) => {
      answer += text
    })
    const head = `POST /token HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\n`
    socket.write(`${head}Expect: 100-continue\r\n\r\n`)
    await once(socket, 'data') // so the server is in the middle of it

    const ending = program.stop(signal)
    await refusesNewOnes(Number(port))
    socket.write('grant_type')
    const { code, err } = await ending

    expect(answer).toMatch(/HTTP\/1\.1 400 /)
    expect({ code, err }).toEqual({ code: 0, err: '' })
  })
})

/** Waits until nobody listens there any more. */
async function refusesNewOnes(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1')
    const isOpen = await Promise.race([
      once(socket, 'connect').then(
        () => true,
        () => false,
      ),
      once(socket, 'error').then(() => false),
    ])
    socket.destroy()
    if (!isOpen) return
  }
}
