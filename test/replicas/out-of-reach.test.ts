import { setTimeout as pause } from 'node:timers/promises'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runToEnd } from '../cli/program.ts'
import { Citizen } from '../support/citizen.ts'
import { FreezingProxy } from '../support/freezing-proxy.ts'
import { persona, request, walk } from '../support/journeys.ts'
import { startMock, type TestMock } from '../support/mock.ts'
import { freePort, redisServerPath, RedisServer } from '../support/redis.ts'
import { relyingParty, type Callback, type RelyingParty } from '../support/relying-party.ts'

/** What nobody is kept waiting for, in milliseconds: several times what it takes on a quiet machine. */
const patience = 10_000

describe.skipIf(redisServerPath === undefined)('a start without Redis', () => {
  const start = (store: string) => ['start', '--port=0', '--no-portal', `--store=${store}`]

  test('ends soon, with 2, and says what to do', async () => {
    const port = await freePort()
    const begunAt = performance.now()

    const { code, err } = await runToEnd(start(`redis://mock:geheim@127.0.0.1:${port}`))

    expect(code).toBe(2)
    expect(err).toBe(
      `redis did not answer at redis://…@127.0.0.1:${port} (connect ECONNREFUSED 127.0.0.1:${port}). Start it, or use --store memory.\n`,
    )
    expect(performance.now() - begunAt).toBeLessThan(20_000)
  })

  test('ends as well when something is there and says nothing', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const begunAt = performance.now()

    const { code, err } = await runToEnd(start(`redis://127.0.0.1:${port}`))

    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringMatching(/did not answer/) })
    expect(performance.now() - begunAt).toBeLessThan(20_000)
    server.close()
  })

  test('ends as well when Redis does not have that database', async () => {
    const redis = await RedisServer.start()

    const { code, err } = await runToEnd(start(`${redis.address}/99`))

    expect(code).toBe(2)
    expect(err).toMatch(/refuses: database 99 cannot be used \(ERR DB index is out of range\)/)
    await redis.end()
  })

  test('refuses an address that is none, and keeps what is in it to itself', async () => {
    const { code, err } = await runToEnd(start('redis://mock:geheim@127.0.0.1:6379,127.0.0.1:1'))

    expect(code).toBe(2)
    expect(err).toMatch(/^store must be memory, redis:\/\/host:port/)
    expect(err).not.toContain('geheim')
  })
})

describe.skipIf(redisServerPath === undefined)('a mock that loses Redis', () => {
  let redis: RedisServer
  let mock: TestMock
  let portal: RelyingParty
  let citizen: Citizen
  let secrets: Omit<Callback, 'url'>
  let waiting: Callback

  beforeEach(async () => {
    redis = await RedisServer.start({ args: ['--appendonly', 'yes', '--appendfsync', 'always'] })
    mock = await startMock({ store: redis.address })
    portal = await relyingParty(mock)
    await fetch(`${mock.issuer}/jwks`) // so that every key is there
    citizen = new Citizen(mock)
    const { number, account } = await persona(mock, 'adult-level-2')
    secrets = await request(citizen, portal)
    await citizen.submit({ number, password: account.password })
    waiting = await portal.signIn('adult-level-2')
  })
  afterEach(async () => {
    redis.resume()
    await mock.close()
    await redis.end()
  })

  async function finishes(): Promise<void> {
    const url = await walk(citizen, await persona(mock, 'adult-level-2'))
    const tokens = await portal.redeem({ ...secrets, url })
    expect(tokens.claims()?.sub).toBeDefined()
    await expect(portal.redeem(waiting)).resolves.toMatchObject({ token_type: 'bearer' })
  }

  async function timed(work: () => Promise<Response>): Promise<Response> {
    const begunAt = performance.now()
    const response = await work()
    expect(performance.now() - begunAt).toBeLessThan(patience)
    return response
  }

  const basic = {
    Authorization: `Basic ${Buffer.from('test-rp:test-rp-secret').toString('base64')}`,
  }
  const html = { Accept: 'text/html' }
  const post = (form: Record<string, string>, headers = {}) => ({
    method: 'POST',
    body: new URLSearchParams(form),
    headers,
  })
  const headless = () => ({
    client_id: 'test-rp',
    response_type: 'code',
    scope: 'openid',
    redirect_uri: portal.redirectUri,
    login_hint: 'auto:adult-level-2',
  })
  const interactive = () => ({ ...headless(), login_hint: '' })

  const programs: [string, () => [string, RequestInit]][] = [
    [
      'tokens',
      () => [
        '/token',
        post(
          {
            grant_type: 'authorization_code',
            code: waiting.url.searchParams.get('code')!,
            redirect_uri: portal.redirectUri,
          },
          basic,
        ),
      ],
    ],
    [
      'userinfo',
      () => [
        '/me',
        { headers: { Authorization: 'Bearer a-token-that-might-exist-somewhere-aa1234' } },
      ],
    ],
    [
      'introspection',
      () => [
        '/token/introspection',
        post({ token: 'a-token-that-might-exist-somewhere-aa1234' }, basic),
      ],
    ],
    [
      'revocation',
      () => [
        '/token/revocation',
        post({ token: 'a-token-that-might-exist-somewhere-aa1234' }, basic),
      ],
    ],
    ['a pushed request', () => ['/request', post(interactive(), basic)]],
    [
      'a sign-in without a page',
      () => [`/auth?${String(new URLSearchParams(headless()))}`, { redirect: 'manual' }],
    ],
  ]
  const pages: [string, () => [string, RequestInit]][] = [
    [
      'the way to the first page',
      () => [
        `/auth?${String(new URLSearchParams(interactive()))}`,
        { headers: html, redirect: 'manual' },
      ],
    ],
    [
      'a sign-in without a page, in a browser',
      () => [
        `/auth?${String(new URLSearchParams(headless()))}`,
        { headers: html, redirect: 'manual' },
      ],
    ],
    ['signing out', () => [`/session/end?client_id=test-rp`, { headers: html }]],
  ]

  test('says so to programs, and when to come back', async () => {
    await redis.stop()

    for (const [what, get] of programs) {
      const [path, init] = get()
      const response = await timed(() => fetch(`${mock.issuer}${path}`, init))
      const reply = { what, status: response.status, after: response.headers.get('Retry-After') }
      expect({ ...reply, body: await response.json() }).toEqual({
        what,
        status: 503,
        after: '2',
        body: {
          error: 'temporarily_unavailable',
          error_description: 'the store is out of reach. Try again in a moment.',
        },
      })
    }
  })

  test('says so to people on a page', async () => {
    await redis.stop()

    for (const [what, get] of pages) {
      const [path, init] = get()
      const response = await timed(() => fetch(`${mock.issuer}${path}`, init))
      const reply = { what, status: response.status, after: response.headers.get('Retry-After') }
      expect(reply).toEqual({ what, status: 503, after: '2' })
      expect(await response.text()).toContain('Hệ thống đang bảo trì')
    }
    for (const reply of [
      await citizen.open(citizen.path),
      await citizen.submit({ code: '123456' }),
    ]) {
      expect(reply.status).toBe(503)
      expect(reply.headers['retry-after']).toBe('2')
      expect(reply.text).toContain('Hệ thống đang bảo trì')
    }
  })

  test('still says who it is and what its keys are', async () => {
    await redis.stop()

    for (const path of ['/.well-known/openid-configuration', '/jwks', '/', '/healthz'])
      expect((await timed(() => fetch(mock.issuer + path))).status).toBe(200)
  })

  test('says that it is not ready, and is again by itself', async () => {
    const isReady = async () => (await timed(() => fetch(`${mock.issuer}/readyz`))).status
    expect(await isReady()).toBe(200)

    await redis.stop()
    expect(await isReady()).toBe(503)

    await redis.begin()
    await expect.poll(isReady, { timeout: 10_000 }).toBe(200)
    await finishes()
  })

  test('says that it is not ready when Redis takes nothing more, and is alive all the same', async () => {
    const statuses = async () =>
      Promise.all(
        ['/readyz', '/healthz'].map(async (path) => (await fetch(mock.issuer + path)).status),
      )
    await redis.admin.config('SET', 'min-replicas-to-write', '1')
    expect(await statuses()).toEqual([503, 200])

    await redis.admin.config('SET', 'min-replicas-to-write', '0')
    expect(await statuses()).toEqual([200, 200])
  })

  test('notices nothing when Redis is restarted within a second', async () => {
    await redis.stop()
    const redeemed = portal.redeem(waiting)
    await redis.begin()

    expect((await redeemed).claims()?.sub).toBeDefined()
  })

  test('waits for a Redis that pauses for a second', async () => {
    redis.pause()
    const redeemed = portal.redeem(waiting)
    await pause(1000)
    redis.resume()

    expect((await redeemed).claims()?.sub).toBeDefined()
  })

  test('gives nothing away in a longer pause, so that the same code redeems after it', async () => {
    redis.pause()
    const begunAt = performance.now()

    await expect(portal.redeem(waiting)).rejects.toMatchObject({ cause: { status: 503 } })
    expect(performance.now() - begunAt).toBeLessThan(patience)

    redis.resume()
    await finishes()
  })

  test('says that it does not know when Redis did not say what it did', async () => {
    const proxy = await FreezingProxy.before(redis.port)
    await mock.close()
    mock = await startMock({ store: proxy.address })
    portal = await relyingParty(mock)
    waiting = await portal.signIn('adult-level-2')
    const redeeming = () => {
      const [path, init] = programs[0]![1]()
      return fetch(mock.issuer + path, init)
    }
    // Both read before they write.
    proxy.muteAfter(2)
    const reply = await timed(redeeming)

    expect([reply.status, reply.headers.get('Retry-After')]).toEqual([503, '2'])
    expect(await reply.json()).toEqual({
      error: 'temporarily_unavailable',
      error_description:
        'the store did not say in time whether this was done. Try again in a moment, and begin anew if that is refused.',
    })
    proxy.thaw()
    await expect.poll(async () => (await redeeming()).status, { timeout: 10_000 }).toBe(400)
    await mock.close()
    await proxy.end()
  })

  test('does not do late what it said that it could not do', async () => {
    const before = await redis.admin.dbsize()
    redis.pause()
    const refused = await timed(() =>
      fetch(`${mock.issuer}/auth?${String(new URLSearchParams(interactive()))}`, {
        redirect: 'manual',
      }),
    )
    expect(refused.status).toBe(503)
    redis.resume()

    // Whatever was still on its way to Redis has been heard by now, since this was sent after it.
    await citizen.open(citizen.path)
    expect(await redis.admin.dbsize()).toBe(before)
  })

  test('goes on when its connections are cut off at any moment', async () => {
    const over = new AbortController()
    const cutting = (async () => {
      while (!over.signal.aborted) {
        await redis.admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
        await pause(30)
      }
    })()

    const signIns = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        await pause(index * 25)
        return (await portal.tokensFor('adult-level-2')).claims.sub
      }),
    )
    over.abort()
    await cutting

    expect(new Set(signIns).size).toBe(1)
    await finishes()
  })
})
