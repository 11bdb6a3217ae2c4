import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { connectMockVneid, sendMisdirected } from '../../src/control/index.ts'
import { createControl } from '../../src/control/http/create-control.ts'
import { createEntrance } from '../../src/entrance/index.ts'
import { packageRoot } from '../../src/kernel/index.ts'
import { createAssets, createPages } from '../../src/pages/index.ts'
import { ask, json, type Asking } from './support/ask.ts'
import { fakeDeeds, serveControl } from './support/control-server.ts'

/** A mock with its entrance before the control, as it stands in the net. */
async function entrance(): Promise<{ port: number; asked: unknown[] }> {
  const asked: { name: never; input: unknown }[] = []
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const issuer = `http://localhost:${port}`
  const assets = createAssets()
  const pages = createPages({
    viewsRoot: join(packageRoot, 'views'),
    assetsPath: assets.path,
  })
  const control = createControl({ issuer, isOpen: true, deeds: fakeDeeds(asked), log: () => {} })
  server.on(
    'request',
    createEntrance(
      {
        issuers: [issuer],
        internalUrl: undefined,
        port,
        trustedProxies: [],
        pages,
        assets,
        refuseControl: sendMisdirected,
      },
      (_, request, response) => control(request, response),
    ),
  )
  return { port, asked }
}

describe('a page from elsewhere', () => {
  test('does not reach the mock by a name that was bound to this machine', async () => {
    const { port, asked } = await entrance()
    const url = `http://127.0.0.1:${port}/_mock/clock/freeze`

    const reply = await ask(url, {
      method: 'POST',
      headers: { Host: `rebound.attacker.example:${port}` },
    })

    expect(reply).toMatchObject({
      status: 421,
      headers: {
        'content-type': 'application/problem+json',
        'x-mock-vneid': manifest.version,
        'cache-control': 'no-store',
      },
      json: {
        type: 'urn:mock-vneid:problem:misdirected-request',
        title: 'Misdirected request',
        status: 421,
        code: 'ERR_MISDIRECTED_REQUEST',
        detail: `this is http://localhost:${port}, not http://rebound.attacker.example:${port}. Call it by that name.`,
      },
    })
    expect(asked).toEqual([])
  })

  test('is let in by the mock’s own name, so that the test above can fail', async () => {
    const { port } = await entrance()

    const reply = await ask(`http://127.0.0.1:${port}/_mock/clock/freeze`, {
      method: 'POST',
      headers: { Host: `localhost:${port}` },
    })

    expect(reply.status).toBe(200)
  })

  const attempts: [what: string, asking: Asking][] = [
    [
      'a form that it submits',
      {
        headers: {
          Origin: 'https://attacker.example',
          'Content-Type': 'application/x-www-form-urlencoded',
        },
        body: 'by=3d',
      },
    ],
    [
      'a form of plain text that looks like JSON',
      {
        headers: { Origin: 'https://attacker.example', 'Content-Type': 'text/plain' },
        body: '{"by":"3d","x":"="}',
      },
    ],
    [
      'a request without cors, and so without being asked about',
      {
        method: 'POST',
        headers: { Origin: 'https://attacker.example', 'Sec-Fetch-Site': 'cross-site' },
      },
    ],
    [
      'a frame without an origin of its own',
      { ...json({ by: '3d' }), headers: { Origin: 'null', 'Content-Type': 'application/json' } },
    ],
    [
      'another port of this machine',
      {
        ...json({ by: '3d' }),
        headers: { Origin: 'http://127.0.0.1:1', 'Content-Type': 'application/json' },
      },
    ],
    [
      'another site of the same domain',
      { method: 'POST', headers: { 'Sec-Fetch-Site': 'same-site' } },
    ],
  ]

  test.each(attempts)('is refused: %s', async (_, asking) => {
    const { issuer, asked } = await serveControl()

    const reply = await ask(`${issuer}/_mock/clock/advance`, asking)

    expect(reply).toMatchObject({ status: 403, json: { code: 'ERR_ORIGIN_FOREIGN' } })
    expect(asked).toEqual([])
  })

  test('cannot read by a link, a script or a picture', async () => {
    const { issuer, asked } = await serveControl()

    const reply = await ask(`${issuer}/_mock/people`, {
      headers: { 'Sec-Fetch-Site': 'cross-site' },
    })

    expect(reply).toMatchObject({ status: 403, json: { code: 'ERR_ORIGIN_FOREIGN' } })
    expect(asked).toEqual([])
  })

  test.each([
    ['by a preflight', { method: 'OPTIONS', headers: { Origin: 'https://attacker.example' } }, 403],
    ['by asking without an origin', { method: 'OPTIONS' }, 405],
    ['by a request that is answered', {}, 200],
  ])('is never told that it may, %s', async (_, asking: Asking, status) => {
    const { issuer } = await serveControl()

    const reply = await ask(`${issuer}/_mock/people`, asking)

    expect(reply.status).toBe(status)
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual(
      [],
    )
  })

  test('even of an old browser that says nothing sends no JSON without being asked about', async () => {
    const { issuer, asked } = await serveControl()

    const types = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']
    const replies = types.map((type) =>
      ask(`${issuer}/_mock/clock/advance`, { headers: { 'Content-Type': type }, body: '{"by":1}' }),
    )

    for (const reply of await Promise.all(replies))
      expect(reply).toMatchObject({ status: 415, json: { code: 'ERR_MEDIA_TYPE_WRONG' } })
    expect(asked).toEqual([])
  })

  test('of the mock itself may call', async () => {
    const { issuer } = await serveControl()
    const { origin } = new URL(issuer)

    const reply = await ask(`${issuer}/_mock/people`, {
      headers: { Origin: origin, 'Sec-Fetch-Site': 'same-origin' },
    })

    expect(reply.status).toBe(200)
  })
})

describe('a mock that others than this machine can reach', () => {
  const token = 'a-token-of-sixteen'

  test.each([
    ['without a token', {}],
    ['with another token', { Authorization: 'Bearer a-token-of-sixteeN' }],
    ['with another scheme', { Authorization: `Basic ${btoa(`x:${token}`)}` }],
  ])('refuses whoever comes %s, and says where it is found', async (_, headers) => {
    const { issuer, asked } = await serveControl({ isOpen: false, token })

    for (const path of ['/people', '/nowhere', '/openapi.json', '']) {
      const reply = await ask(`${issuer}/_mock${path}`, { headers: { ...headers } })

      expect(reply).toMatchObject({
        status: 401,
        headers: { 'www-authenticate': 'Bearer realm="mock-vneid"' },
        json: {
          code: 'ERR_TOKEN_NEEDED',
          detail: expect.stringContaining('MOCK_VNEID_CONTROL_TOKEN') as unknown,
        },
      })
    }
    expect(asked).toEqual([])
  })

  test('lets in whoever has the token', async () => {
    const { issuer } = await serveControl({ isOpen: false, token })

    const reply = await ask(`${issuer}/_mock/people`, {
      headers: { Authorization: `Bearer ${token}` },
    })

    expect(reply.status).toBe(200)
  })

  test('refuses pages from elsewhere even with the token', async () => {
    const { issuer } = await serveControl({ isOpen: false, token })

    const reply = await ask(`${issuer}/_mock/people`, {
      headers: { Authorization: `Bearer ${token}`, Origin: 'https://attacker.example' },
    })

    expect(reply.status).toBe(403)
  })

  test('lets in nobody when it has no token', async () => {
    const { issuer } = await serveControl({ isOpen: false })

    const reply = await ask(`${issuer}/_mock/people`, {
      headers: { Authorization: 'Bearer undefined' },
    })

    expect(reply.status).toBe(401)
  })

  test('tells programs that connect without the token', async () => {
    const { issuer } = await serveControl({ isOpen: false, token })

    await expect(connectMockVneid(issuer)).rejects.toMatchObject({
      code: 'ERR_TOKEN_NEEDED',
      status: 401,
    })
    await expect(connectMockVneid(issuer, { token })).resolves.toMatchObject({ name: 'my-test' })
  })
})
