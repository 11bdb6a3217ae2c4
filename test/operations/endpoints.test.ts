import { request as httpRequest } from 'node:http'
import { describe, expect, test } from 'vitest'
import { startMock } from '../support/mock.ts'
import { relyingParty } from '../support/relying-party.ts'

interface Reply {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

/** A request as any program would make it, with whatever Host it likes. */
function ask(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method, headers, agent: false }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text: string) => (body += text))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      )
    })
    sent.on('error', reject).end()
  })
}

describe.each(['/healthz', '/readyz'])('%s', (path) => {
  test('answers under any Host, since containers call by address', async () => {
    const { issuer } = await startMock()

    const { status, headers } = await ask(`${issuer}${path}`, { Host: '172.17.0.3:3006' })

    expect(status).toBe(200)
    expect(headers['cache-control']).toBe('no-store')
  })

  test('is only read', async () => {
    const { issuer } = await startMock()

    const { status, headers } = await ask(`${issuer}${path}`, {}, 'POST')

    expect({ status, allow: headers['allow'] }).toEqual({ status: 405, allow: 'GET, HEAD' })
  })
})

test('readiness names its parts', async () => {
  const { issuer } = await startMock()

  expect(JSON.parse((await ask(`${issuer}/readyz`)).body)).toEqual({
    isReady: true,
    checks: { store: 'ok', keys: 'ok' },
  })
})

describe('/metrics', () => {
  test('is for those only who know our name', async () => {
    const { issuer } = await startMock()
    const { port } = new URL(issuer)

    expect((await ask(`${issuer}/metrics`)).status).toBe(200)
    expect((await ask(`${issuer}/metrics`, { Host: `127.0.0.1:${port}` })).status).toBe(200)
    expect((await ask(`${issuer}/metrics`, { Host: 'evil.example' })).status).toBe(421)
  })

  test('counts sign-ins by client and outcome, and the steps of those that people walk', async () => {
    const mock = await startMock()
    const portal = await relyingParty(mock)
    await portal.tokensFor('adult-level-2')

    const { body, headers } = await ask(`${mock.issuer}/metrics`)

    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/)
    expect(headers['cache-control']).toBe('no-store')
    expect(body).toContain(
      'mock_vneid_sign_ins_total{client="test-rp",outcome="approved",automatic="true"} 1',
    )
    expect(body).toMatch(/mock_vneid_sign_in_duration_seconds_count\{outcome="approved".*\} 1/)
  })

  test('times the store, and counts requests by route and class of status', async () => {
    const mock = await startMock()
    await ask(`${mock.issuer}/nowhere/at/all`)
    await ask(`${mock.issuer}/jwks`)
    const portal = await relyingParty(mock)
    await portal.tokensFor('adult-level-2')

    const { body } = await ask(`${mock.issuer}/metrics`)

    expect(body).toContain('mock_vneid_http_requests_total{route="other",status="4xx"} 1')
    expect(body).toContain('mock_vneid_http_requests_total{route="/jwks",status="2xx"}')
    expect(body).toMatch(
      /mock_vneid_store_operation_duration_seconds_bucket\{le="\+Inf",operation="put"\} [1-9]/,
    )
    expect(body).toContain('process_cpu_seconds_total')
  })

  test('of two mocks in one process are two', async () => {
    const [one, other] = [await startMock(), await startMock()]
    await ask(`${one.issuer}/jwks`)

    const { body } = await ask(`${other.issuer}/metrics`)

    expect(body).not.toContain('route="/jwks"')
  })
})

describe('the id of a request', () => {
  test('is the one it came with', async () => {
    const { issuer } = await startMock()

    const { headers } = await ask(`${issuer}/jwks`, { 'X-Request-Id': 'trace:1/a-b.c' })

    expect(headers['x-request-id']).toBe('trace:1/a-b.c')
  })

  test.each(['has spaces', '<script>', 'x'.repeat(129), ''])(
    'is made where "%s" is given, which a log should not hold',
    async (given) => {
      const { issuer } = await startMock()

      const { headers } = await ask(`${issuer}/jwks`, { 'X-Request-Id': given })

      expect(headers['x-request-id']).toMatch(/^[\w-]{8}-[a-z\d]+$/)
    },
  )

  test('is another for each', async () => {
    const { issuer } = await startMock()

    const ids = [await ask(`${issuer}/jwks`), await ask(`${issuer}/jwks`)].map(
      ({ headers }) => headers['x-request-id'],
    )

    expect(new Set(ids).size).toBe(2)
  })
})

describe('a mock that has no room for more', () => {
  test('says so, and keeps what it has', async () => {
    const mock = await startMock({ maxRecords: 1000 })
    const portal = await relyingParty(mock)
    const { tokens, claims } = await portal.tokensFor('adult-level-2')
    let refused: Response | undefined
    for (let count = 0; count < 1100 && refused === undefined; count++) {
      const reply = await fetch(
        `${mock.issuer}/auth?client_id=test-rp&response_type=code&scope=openid&redirect_uri=${encodeURIComponent('http://localhost:8080/cb')}`,
        { redirect: 'manual', headers: { Accept: 'application/json' } },
      )
      if (reply.status >= 400) refused = reply
    }

    expect(refused?.status).toBe(503)
    expect(refused?.headers.get('retry-after')).toBe('2')
    expect(await refused?.json()).toEqual({
      error: 'temporarily_unavailable',
      error_description:
        'the store holds 1000 records, and no more are allowed. Raise --max-records, or wait until some have ended.',
    })
    expect(await portal.userinfo(tokens.access_token, claims.sub)).toMatchObject({
      sub: claims.sub,
    })
    const notices = mock.logged.filter(({ event }) => event === 'notice')
    expect(notices).toHaveLength(1)
  })
})
