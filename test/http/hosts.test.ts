import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startMockVneid, type RunningMock } from '../../src/index.ts'
import { dataFolder } from '../support/mock.ts'

let mock: RunningMock

beforeAll(async () => {
  mock = await startMockVneid({ dataFolder })
})

afterAll(() => mock.close())

interface Reply {
  status: number
  type: string
  body: string
}

/** Calls 127.0.0.1 by whatever name. */
async function call(
  issuer: string,
  path: string,
  headers: Record<string, string>,
  body = '',
): Promise<Reply> {
  const { port } = new URL(issuer)
  const method = body === '' ? 'GET' : 'POST'
  const outgoing = request({ host: '127.0.0.1', port, path, method, headers })
  outgoing.end(body)
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]
  return {
    status: incoming.statusCode ?? 0,
    type: incoming.headers['content-type'] ?? '',
    body: await text(incoming),
  }
}

const html = { accept: 'text/html,*/*' }

describe('a mock called by a foreign name', () => {
  test.each([
    ['evil.example', '/.well-known/openid-configuration'],
    ['localhost:1', '/jwks'],
    ['localhost', '/token'],
    ['localhost.evil.example', '/'],
    ['127.0.0.1.nip.io', '/me'],
    ['vneid.gov.vn', '/auth'],
    ['[::1', '/'],
    ['a b', '/'],
  ])('refuses "%s" at %s, in JSON for programs', async (name, path) => {
    const { issuer } = mock

    const { status, type, body } = await call(issuer, path, { host: name })

    expect({ status, type }).toEqual({ status: 421, type: 'application/json' })
    expect(JSON.parse(body)).toEqual({
      error: 'misdirected_request',
      error_description: `this is ${issuer}, not http://${name}. Call it by that name.`,
    })
  })

  test('refuses it with a page for people', async () => {
    const { issuer } = mock

    const { status, type, body } = await call(issuer, '/auth?a=b', {
      ...html,
      host: 'evil.example',
    })

    expect({ status, type }).toEqual({ status: 421, type: 'text/html; charset=utf-8' })
    expect(body).toContain('MÔ PHỎNG')
    expect(body).toContain(`href="${issuer}/auth?a=b"`)
  })

  test('shows a name with markup in it as text', async () => {
    const { issuer } = mock

    const { body } = await call(issuer, '/"><script>alert(1)</script>', {
      ...html,
      host: '<script>alert(1)</script>',
    })

    expect(body).not.toContain('<script>alert')
  })
})

describe('a mock called by another name of this machine', () => {
  test('sends people to the right one', async () => {
    const { issuer } = mock
    const { port } = new URL(issuer)

    const { status, body } = await call(issuer, '/sign-in/x', {
      ...html,
      host: `127.0.0.1:${port}`,
    })

    expect(status).toBe(421)
    expect(body).toContain(`href="${issuer}/sign-in/x"`)
  })

  test.each(['127.0.0.1', '[::1]', 'LOCALHOST'])(
    'answers programs at %s as itself',
    async (name) => {
      const { issuer } = mock
      const headers = { host: `${name}:${new URL(issuer).port}` }

      const { status, body } = await call(issuer, '/.well-known/openid-configuration', headers)

      expect(status).toBe(200)
      expect(JSON.parse(body)).toMatchObject({
        issuer,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
      })
    },
  )

  test('takes what programs post', async () => {
    const { issuer } = mock
    const headers = {
      host: `127.0.0.1:${new URL(issuer).port}`,
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from('test-rp:test-rp-secret').toString('base64')}`,
    }

    const { status, body } = await call(
      issuer,
      '/token',
      headers,
      'grant_type=authorization_code&code=x&redirect_uri=y',
    )

    expect(status).toBe(400)
    expect(JSON.parse(body)).toMatchObject({ error: 'invalid_grant' })
  })
})

describe('a mock behind nobody', () => {
  test('believes no forwarded name', async () => {
    const { issuer } = mock
    const { host } = new URL(issuer)
    const headers = {
      host,
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '443',
      forwarded: 'host=evil.example;proto=https',
    }

    const { body } = await call(issuer, '/.well-known/openid-configuration', headers)

    expect(body).not.toContain('evil.example')
    expect(JSON.parse(body)).toMatchObject({ issuer, authorization_endpoint: `${issuer}/auth` })
  })

  test('does not let a forwarded name in by the back door', async () => {
    const { issuer } = mock
    const headers = { host: 'evil.example', 'x-forwarded-host': new URL(issuer).host }

    expect(await call(issuer, '/token', headers)).toMatchObject({ status: 421 })
  })
})
