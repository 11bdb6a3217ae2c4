import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  connectMockVneid,
  ControlRefused,
  createMocksDoor,
  createInProcessCaller,
  type Deeds,
  type MockWorlds,
} from '../../src/control/index.ts'
import { createControl } from '../../src/control/http/create-control.ts'
import { fakeDeeds, serveControl, withoutWorlds, type Asked } from './support/control-server.ts'
import { outputs, person } from './support/samples.ts'

async function listening(server: Server): Promise<string> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A mock with one world beside the default one, which can be asked at its own path. */
async function mockWithWorld(changed: Partial<Deeds> = {}): Promise<{
  issuer: string
  root: Asked[]
  beside: Asked[]
  doors: Record<'in process' | 'over HTTP', () => Promise<MockWorlds>>
}> {
  const server = createServer()
  const issuer = await listening(server)
  const root: Asked[] = []
  const beside: Asked[] = []
  // Told with the name by which it is called inside of a container.
  const world = { ...outputs.describe, issuer: 'http://mock:3006/w/my-test' }
  const rootDeeds: Deeds = {
    ...fakeDeeds(root),
    'worlds.create': async () => world,
    'worlds.get': async () => world,
  }
  const besideDeeds: Deeds = { ...(withoutWorlds(fakeDeeds(beside)) as Deeds), ...changed }
  const common = { isOpen: true, log: () => {} }
  const ofRoot = createControl({ ...common, issuer, deeds: rootDeeds })
  const ofWorld = createControl({ ...common, issuer: `${issuer}/w/my-test`, deeds: besideDeeds })
  server.on('request', (request, response) =>
    (request.url?.startsWith('/w/my-test/') ? ofWorld : ofRoot)(request, response),
  )
  const near = async () =>
    createMocksDoor(createInProcessCaller(rootDeeds), {
      name: 'default',
      issuer,
      callerOf: () => createInProcessCaller(besideDeeds),
    })
  return {
    issuer,
    root,
    beside,
    doors: { 'in process': near, 'over HTTP': () => connectMockVneid(issuer) },
  }
}

const doors = ['in process', 'over HTTP'] as const

describe.each(doors)('a world that is made %s', (door) => {
  test('is asked itself, and no other', async () => {
    const mock = await mockWithWorld()
    const opened = await mock.doors[door]()

    const made = await opened.world({ name: 'my-test' })
    await made.people.get('an')

    expect(mock.beside).toEqual([{ name: 'people.get', input: { person: 'an' } }])
    expect(made).toMatchObject({ name: 'my-test', issuer: 'http://mock:3006/w/my-test' })
  })

  test('ends when its maker is done with it', async () => {
    const mock = await mockWithWorld()
    const opened = await mock.doors[door]()
    {
      await using _made = await opened.world()
    }

    expect(mock.beside).toEqual([{ name: 'end', input: {} }])
  })

  test('may have ended before its maker is done with it', async () => {
    const gone = new ControlRefused({ code: 'ERR_WORLD_NOT_FOUND', detail: 'it has ended.' })
    const mock = await mockWithWorld({ end: () => Promise.reject(gone) })
    const opened = await mock.doors[door]()
    const made = await opened.world()

    await expect(made[Symbol.asyncDispose]()).resolves.toBeUndefined()
  })

  test('says so when it cannot end', async () => {
    const stays = new ControlRefused({ code: 'ERR_STORE_UNAVAILABLE', detail: 'no store.' })
    const mock = await mockWithWorld({ end: () => Promise.reject(stays) })
    const opened = await mock.doors[door]()
    const made = await opened.world()

    await expect(made[Symbol.asyncDispose]()).rejects.toMatchObject({
      code: 'ERR_STORE_UNAVAILABLE',
    })
  })

  test('does not end when somebody is done with it who found it', async () => {
    const mock = await mockWithWorld()
    const { worlds } = await mock.doors[door]()
    {
      await using found = await worlds.get('my-test')
      await found.reset()
    }

    expect(mock.beside.map(({ name }) => name)).toEqual(['reset'])
  })

  test('leaves the default world there', async () => {
    const mock = await mockWithWorld()
    {
      await using default_ = await mock.doors[door]()
      await default_.describe()
    }

    expect(mock.root.map(({ name }) => name)).not.toContain('end')
  })

  test('takes whatever has an id for a reference', async () => {
    const mock = await mockWithWorld()
    const opened = await mock.doors[door]()
    const made = await opened.world()
    const client = await made.clients.get('rp')
    const signedIn = outputs.signIn
    const [message] = outputs['messages.list']

    await made.signIn({ as: person, client, role: { id: 'child' } })
    await made.signIns.get(signedIn)
    await made.signIns.get(message!)
    await made.signIns.answer(outputs['signIns.get'], { as: person })
    await made.expire('session', { person, client })
    await made.messages.take({ phoneOf: person })

    expect(mock.beside.slice(1)).toEqual([
      { name: 'signIn', input: { as: 'an', client: 'rp', role: 'child' } },
      { name: 'signIns.get', input: { signIn: 's-1' } },
      { name: 'signIns.get', input: { signIn: 's-1' } },
      { name: 'signIns.answer', input: { signIn: 's-1', answer: { as: 'an' } } },
      { name: 'expire', input: { what: 'session', person: 'an', client: 'rp' } },
      { name: 'messages.take', input: { phoneOf: 'an' } },
    ])
  })
})

describe('connecting', () => {
  test('to a world leads to that world', async () => {
    const mock = await mockWithWorld()

    const world = await connectMockVneid(`${mock.issuer}/w/my-test/`)
    await world.reset()

    expect(mock.beside.map(({ name }) => name)).toEqual(['describe', 'reset'])
    await expect(world.world()).rejects.toMatchObject({ code: 'ERR_OPERATION_NOT_FOUND' })
  })

  test('says when nobody answers', async () => {
    const server = createServer()
    const url = await listening(server)
    await new Promise((closed) => server.close(closed))

    await expect(connectMockVneid(url)).rejects.toMatchObject({
      code: 'ERR_MOCK_UNREACHABLE',
      message: `nobody answers at ${url}/ (ECONNREFUSED). Start the mock with "npx mock-vneid start", or correct the address.`,
    })
  })

  test.each(['notaurl', 'localhost:3006', 'http://', 'http://a b', 'ftp://localhost', ''])(
    'says when it is given no address: "%s"',
    async (url) => {
      await expect(connectMockVneid(url)).rejects.toMatchObject({
        name: 'AddressInvalid',
        code: 'ERR_ADDRESS_INVALID',
        url,
        message: `the mock's address must be a URL that begins with http:// or https://, got "${url}". Give the issuer that it names when it starts.`,
      })
    },
  )

  test('says when somebody else answers', async () => {
    const url = await listening(createServer((_, response) => void response.end('hello')))

    await expect(connectMockVneid(url)).rejects.toMatchObject({
      code: 'ERR_NOT_A_MOCK',
      status: 200,
      message: `${url}/ is not a world of Mock VNeID: it answered 200 without the header x-mock-vneid. Give the issuer that the mock names when it starts, or that of one of its worlds.`,
    })
  })

  test('passes on by what name the mock wants to be called', async () => {
    const description = 'this is http://localhost:3006, not http://mock:3006. Call it by that name.'
    const body = JSON.stringify({ error_description: description })
    const url = await listening(
      createServer((_, response) => void response.writeHead(421).end(body)),
    )

    await expect(connectMockVneid(url)).rejects.toMatchObject({
      code: 'ERR_NOT_A_MOCK',
      message: expect.stringContaining(`and said: ${description}`) as unknown,
    })
  })

  test('does not follow to where it is sent, with its token', async () => {
    const { issuer, asked } = await serveControl()
    const url = await listening(
      createServer(
        (request, response) =>
          void response.writeHead(307, { Location: `${issuer}${request.url}` }).end(),
      ),
    )

    await expect(connectMockVneid(url, { token: 'secret' })).rejects.toMatchObject({
      code: 'ERR_NOT_A_MOCK',
    })
    expect(asked).toEqual([])
  })
})
