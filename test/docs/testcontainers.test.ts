import { connect, createServer, type AddressInfo } from 'node:net'
import { request } from 'node:http'
import { once } from 'node:events'
import { describe, expect, onTestFinished, test } from 'vitest'
import { plainSettings, variableOf } from '../../src/config/settings.ts'
import { connectMockVneid, type StartOptions } from '../../src/index.ts'
import { blocksOf, codesIn, readText, tableOf } from '../support/markdown.ts'
import { startMock } from '../support/mock.ts'

const guide = readText('docs/testcontainers.md')
const recipes = blocksOf(guide).filter(({ language }) => language !== 'sh')

/** A port that leads to the mock's own, as a container's published port does. */
async function behindAMappedPort(options: StartOptions = {}): Promise<string> {
  let to = 0
  const mapped = createServer((socket) => {
    const inside = connect(to, '127.0.0.1')
    socket.on('error', () => inside.destroy()).pipe(inside)
    inside.on('error', () => socket.destroy()).pipe(socket)
  })
  await once(mapped.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void mapped.close())
  const { port } = mapped.address() as AddressInfo
  to = await freePort()
  const issuer = `http://localhost:${port}`
  await startMock({ port: to, issuer, control: 'open', ...options })
  return issuer
}

async function freePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0), 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}

const post = async (url: string, body: string) =>
  (
    await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  ).text()

describe.each(recipes)('the recipe in $language', ({ text }) => {
  test('sets what the page says', () => {
    const rows = tableOf(guide, 'variable', 'value', 'why')
    const variables = rows.map(([name]) => codesIn(name!)[0]!)

    expect(variables).toHaveLength(3)
    for (const variable of variables) {
      expect(text).toContain(variable)
      expect(plainSettings.map(variableOf)).toContain(variable)
    }
  })

  test('is ready, makes a world and signs in behind a mapped port, by what it sends', async () => {
    const issuer = await behindAMappedPort()
    const words = text.replaceAll('\\"', '"')
    const [ready] = /\/readyz/.exec(words)!
    const [makesWorld] = /\/_mock\/worlds/.exec(words)!
    const [signsIn] = /\/w\/[\w-]+\/_mock\/sign-ins/.exec(words)!
    const [world, who] = [...words.matchAll(/\{"(?:name|as)": "[\w-]+"\}/g)].map(([json]) => json)

    expect((await fetch(issuer + ready)).status).toBe(200)
    await post(issuer + makesWorld, world!)
    expect(await post(issuer + signsIn, who!)).toContain('"account_level":2')
  })
})

test('a port that nobody told the mock of is refused in words', async () => {
  const { port } = new URL(await behindAMappedPort({ issuer: 'http://localhost:3006' }))

  const reply = await fetch(`http://localhost:${port}/_mock/worlds`)

  expect(reply.status).toBe(421)
  expect(await reply.json()).toMatchObject({ code: 'ERR_MISDIRECTED_REQUEST' })
})

test('a portal in the network is told of a world by the name that it calls', async () => {
  const internalUrl = 'http://vneid:3006'
  const issuer = await behindAMappedPort({ issuerMode: 'split', internalUrl })
  const world = await (await connectMockVneid(issuer)).world({ name: 'first-test' })
  const asked = request(`${issuer}/w/first-test/.well-known/openid-configuration`, {
    headers: { host: 'vneid:3006' },
  }).end()
  const [reply] = (await once(asked, 'response')) as [AsyncIterable<Buffer>]
  const parts: Buffer[] = []
  for await (const part of reply) parts.push(part)

  expect(JSON.parse(Buffer.concat(parts).toString())).toMatchObject({
    issuer: world.issuer,
    authorization_endpoint: `${issuer}/w/first-test/auth`,
    token_endpoint: `${internalUrl}/w/first-test/token`,
  })
})
