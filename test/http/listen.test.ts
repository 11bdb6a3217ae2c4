import { once } from 'node:events'
import { Agent, get, type IncomingMessage } from 'node:http'
import { get as getSecure } from 'node:https'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { performance } from 'node:perf_hooks'
import { text } from 'node:stream/consumers'
import { connect as connectSecurely } from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import { listenOnLoopback, type Listening, type TlsMaterial } from '../../src/http/index.ts'
import { selfSigned } from '../doctor/self-signed.ts'

const open: Listening[] = []
const occupied: Server[] = []
const agents: Agent[] = []

afterEach(async () => {
  agents.splice(0).forEach((agent) => agent.destroy())
  occupied.splice(0).forEach((server) => server.close())
  await Promise.all(open.splice(0).map((listening) => listening.close()))
})

type Listener = Parameters<typeof listenOnLoopback>[0]

async function listen(listener: Listener, port = 0, tls?: TlsMaterial): Promise<Listening> {
  const listening = await listenOnLoopback(listener, { port, flag: '--port', tls })
  open.push(listening)
  return listening
}

async function occupy(host: string): Promise<number> {
  const server = createServer().listen(0, host)
  occupied.push(server)
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

const sayHello: Listener = (_request, response) => void response.end('hello')

describe('listening', () => {
  test.each(['127.0.0.1', '[::1]', 'localhost'])('answers at %s', async (host) => {
    const { port } = await listen(sayHello)

    const reply = await fetch(`http://${host}:${port}/`)

    expect(await reply.text()).toBe('hello')
  })

  test.each(['127.0.0.1', '::1'])('is refused when the port is taken at %s', async (host) => {
    const port = await occupy(host)

    await expect(listen(sayHello, port)).rejects.toMatchObject({
      code: 'ERR_PORT_IN_USE',
      port,
      message: `port ${port} is in use. Choose another with --port, or 0 for any free port.`,
    })
  })

  test('keeps neither address when the other is taken', async () => {
    const port = await occupy('::1')
    await listen(sayHello, port).catch(() => {})

    const server = createServer().listen(port, '127.0.0.1')
    occupied.push(server)

    await expect(once(server, 'listening')).resolves.toEqual([])
  })

  test('refuses a header block that is too large with 431', async () => {
    const { port } = await listen(sayHello)

    const reply = await fetch(`http://127.0.0.1:${port}/`, { headers: { a: 'a'.repeat(17_000) } })

    expect(reply.status).toBe(431)
  })
})

describe('closing', () => {
  test('is quick while browsers keep their connections', async () => {
    const listening = await listen(sayHello)
    await Promise.all(Array.from({ length: 5 }, () => kept(listening.port)))
    const began = performance.now()

    await listening.close()

    expect(performance.now() - began).toBeLessThan(4000)
  })

  test.each<[string, TlsMaterial | undefined, (port: number) => Promise<Socket>]>([
    ['', undefined, connected],
    [' before TLS', selfSigned('localhost'), connected],
    [' in TLS', selfSigned('localhost'), shakenHands],
  ])('is quick while browsers have connected and said nothing%s', async (_, tls, connect) => {
    const listening = await listen(sayHello, 0, tls)
    const socket = await connect(listening.port)
    const began = performance.now()

    await listening.close()

    expect(performance.now() - began).toBeLessThan(4000)
    await expect.poll(() => socket.closed).toBe(true)
  })

  test('lets an answer in the making be finished in TLS', async () => {
    let finish = () => {}
    const answering: Listener = (_request, response) => {
      response.write('begun, ')
      finish = () => response.end('done')
    }
    const listening = await listen(answering, 0, selfSigned('localhost'))
    const { port } = listening
    const outgoing = getSecure({ port, host: '127.0.0.1', rejectUnauthorized: false, agent: false })
    const [reply] = (await once(outgoing, 'response')) as [IncomingMessage]
    const said = text(reply)

    const closed = listening.close()
    setTimeout(finish, 400)

    expect(await said).toBe('begun, done')
    await closed
  })

  test('lets an answer in the making be finished', async () => {
    let finish = () => {}
    const listening = await listen((_request, response) => {
      response.write('begun, ')
      finish = () => response.end('done')
    })
    const reply = await fetch(`http://127.0.0.1:${listening.port}/`)

    const closed = listening.close()
    finish()

    expect(await reply.text()).toBe('begun, done')
    await closed
  })

  test('may be asked for twice', async () => {
    const listening = await listen(sayHello)

    await Promise.all([listening.close(), listening.close()])

    await expect(fetch(`http://127.0.0.1:${listening.port}/`)).rejects.toThrow('fetch failed')
  })

  async function connected(port: number): Promise<Socket> {
    const socket = connect(port, '127.0.0.1')
    await once(
      socket.on('error', () => {}),
      'connect',
    )
    return socket
  }

  async function shakenHands(port: number): Promise<Socket> {
    const socket = connectSecurely({ port, host: '127.0.0.1', rejectUnauthorized: false })
    await once(
      socket.on('error', () => {}),
      'secureConnect',
    )
    return socket
  }

  async function kept(port: number): Promise<void> {
    const agent = new Agent({ keepAlive: true })
    agents.push(agent)
    const [reply] = (await once(get({ agent, port, host: '127.0.0.1' }), 'response')) as [
      IncomingMessage,
    ]
    reply.resume()
    await once(reply, 'end')
  }
})
