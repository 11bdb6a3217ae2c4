import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clean, Consumer, plainEnvironment, run } from './packed.ts'

let consumer: Consumer

beforeAll(async () => {
  consumer = await Consumer.withThePackage()
})
afterAll(() => consumer?.remove())

describe('whoever installs the package', () => {
  test('is told its version', async () => {
    const { version } = JSON.parse(consumer.read('package.json')) as { version: string }

    expect(await npx('--version')).toEqual({ code: 0, out: `${version}\n`, err: '' })
  })

  test('drives a mock from a script of their own, in plain Node', async () => {
    const { out, err } = await consumer.run(`
      import { startMockVneid } from 'mock-vneid'

      const mock = await startMockVneid()
      const world = await mock.world()
      const portal = await world.clients.register({ redirect_uris: ['http://localhost/cb'] })
      const person = await world.people.create({ age: 34, level: 2 })
      const { idToken, accessToken, claims } = await world.signIn({ client: portal, as: person })
      const request = await world.journal.take({ endpoint: 'token' })
      await world.expire('access token', { person })
      const headers = { authorization: 'Bearer ' + accessToken }
      const { userinfo_endpoint: userinfo } = await (
        await fetch(world.issuer + '/.well-known/openid-configuration')
      ).json()
      const { status } = await fetch(userinfo, { headers })
      await mock.close()
      console.log(JSON.stringify([idToken.split('.').length, claims.sub === person.sub, request.status, status]))
    `)

    expect({ out, err }).toEqual({ out: '[3,true,200,401]\n', err: '' })
  })

  test.each(['mock-vneid/dist/cli.js', 'mock-vneid/dist/index.js', 'mock-vneid/src/index.ts'])(
    'reaches nothing but the doors: %s is refused',
    async (path) => {
      const { out } = await consumer.run(
        `await import('${path}').catch(({ code }) => console.log(code))`,
      )

      expect(out).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED\n')
    },
  )

  test('can read what the package says of itself', async () => {
    const { out } = await consumer.run(`
      import manifest from 'mock-vneid/package.json' with { type: 'json' }
      console.log(manifest.name)
    `)

    expect(out).toBe('mock-vneid\n')
  })
})

describe('npx mock-vneid start', () => {
  test('serves discovery, and signs in whom the request names', async () => {
    const { issuer, stop } = await start()
    try {
      const discovery = (await (
        await fetch(`${issuer}/.well-known/openid-configuration`)
      ).json()) as Record<string, string>
      const redirectUri = 'http://localhost:8080/cb'
      const request = new URL(discovery['authorization_endpoint']!)
      request.search = new URLSearchParams({
        client_id: 'test-rp',
        response_type: 'code',
        scope: 'openid profile',
        redirect_uri: redirectUri,
        login_hint: 'auto:child-13',
      }).toString()
      const answer = await fetch(request, { redirect: 'manual' })
      const code = new URL(answer.headers.get('location')!).searchParams.get('code')!
      const tokens = await fetch(discovery['token_endpoint']!, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa('test-rp:test-rp-secret')}` },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code,
          redirect_uri: redirectUri,
        }),
      })

      expect(discovery['issuer']).toBe(issuer)
      expect(await tokens.json()).toMatchObject({ id_token: expect.any(String) as string })
    } finally {
      await stop()
    }
  })
})

describe('types', () => {
  const source = `
    import { connectMockVneid, startMockVneid, type MockWorld, type Person } from 'mock-vneid'

    await using mock = await startMockVneid({ portal: true })
    const world: MockWorld = await mock.world({ at: '2026-06-01', isFrozen: true })
    const child: Person = await world.people.create({ age: 13 })
    const { claims } = await world.signIn({ as: child, acr: 'urn:mock-vneid:level:2' })
    const sub: unknown = claims?.['sub']
    const elsewhere = await connectMockVneid(mock.issuer)
    for (const { name } of await elsewhere.worlds.list()) console.log(name.toUpperCase(), sub)
    // @ts-expect-error There is no such option.
    await startMockVneid({ prot: 3006 })
    // @ts-expect-error An age is a number.
    await world.people.create({ age: 'thirteen' })
  `

  const ways = [
    ['nodenext', 'nodenext'],
    ['bundler', 'preserve'],
  ] as const

  test.each(ways)(
    'hold for a consumer who resolves by "%s", every library checked',
    async (moduleResolution, module) => {
      expect(await consumer.check(source, { moduleResolution, module })).toEqual(clean)
    },
  )

  test.each(ways)(
    'are those of Node for who has them and resolves by "%s"',
    async (moduleResolution, module) => {
      consumer.borrow('@types/node', 'undici-types')
      const options = { moduleResolution, module, types: ['node'] }
      const withNode = `${source}
        import { createServer } from 'node:http'
        createServer(mock.listener)
        // @ts-expect-error A listener wants a request.
        mock.listener()
      `

      expect(await consumer.check(withNode, options)).toEqual(clean)
    },
  )
})

const npx = (...args: string[]) =>
  run('npx', ['--offline', '--loglevel=error', 'mock-vneid', ...args], consumer.folder)

/** `npx mock-vneid start`, until it says where. */
async function start(): Promise<{ issuer: string; stop: () => Promise<void> }> {
  const args = [
    '--offline',
    '--loglevel=error',
    'mock-vneid',
    'start',
    '--port',
    '0',
    '--no-portal',
  ]
  const child = spawn('npx', args, {
    cwd: consumer.folder,
    env: plainEnvironment,
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = once(child, 'close')
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const stop = async () => {
    // npx starts a shell, and the shell the program: whoever ends the group ends all three.
    process.kill(-child.pid!, 'SIGTERM')
    await ended
  }
  for (;;) {
    const issuer = /provider +(\S+)[\s\S]*Ctrl-C stops it\./.exec(said)?.[1]
    if (issuer !== undefined) return { issuer, stop }
    const next = await Promise.race([
      once(child.stdout, 'data'),
      ended.then(() => 'ended' as const),
    ])
    if (next === 'ended') throw new Error(`npx mock-vneid start ended: ${said}`)
  }
}
