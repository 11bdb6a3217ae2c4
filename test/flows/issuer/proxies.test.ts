import { describe, expect, test } from 'vitest'
import { startMock } from '../../support/mock.ts'
import { relyingParty } from '../../support/relying-party.ts'
import { askAt, discoveryPath, freePort, json } from './wire.ts'

const issuer = 'https://sso.example'

/** A mock whose TLS a proxy ends, with this list of proxies. */
async function behindProxy(trustedProxies: readonly string[]): Promise<number> {
  const port = await freePort()
  await startMock({ port, issuer, trustedProxies })
  return port
}

/** What a proxy on this machine sends that calls us by an address of its own. */
const passedOn = { 'x-forwarded-host': 'sso.example', 'x-forwarded-proto': 'https' }

const authorization = `/auth?${new URLSearchParams({
  client_id: 'test-rp',
  redirect_uri: 'http://localhost:8080/cb',
  response_type: 'code',
  scope: 'openid',
}).toString()}`

describe('a mock behind a proxy that is listed', () => {
  test.each([['127.0.0.1'], ['127.0.0.0/8'], ['::1', '0.0.0.0/0']])(
    'is the https issuer that the proxy passes on: %s',
    async (...entries) => {
      const port = await behindProxy(entries)

      const reply = await askAt(port, `http://upstream${discoveryPath}`, { headers: passedOn })

      expect(json(reply)).toMatchObject({
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
      })
    },
  )

  test('sets Secure cookies and sends the browser on', async () => {
    const port = await behindProxy(['127.0.0.1'])

    const reply = await askAt(port, `http://upstream${authorization}`, { headers: passedOn })
    const cookies = reply.headers['set-cookie'] ?? []

    expect(reply.status).toBe(303)
    expect(cookies.length).toBeGreaterThan(0)
    expect(cookies.filter((cookie) => !/; ?secure/i.test(cookie))).toEqual([])
  })

  test('does not let a page go on over http, and leads to https', async () => {
    const port = await behindProxy(['127.0.0.1'])
    const headers = { ...passedOn, 'x-forwarded-proto': 'http', accept: 'text/html' }

    const reply = await askAt(port, 'http://upstream/auth?a=b', { headers })

    expect(reply.status).toBe(421)
    expect(reply.body).toContain('http://sso.example')
    expect(reply.body).toContain(`href="${issuer}/auth?a=b"`)
  })

  test('refuses a name that is not its own, whoever passes it on', async () => {
    const port = await behindProxy(['127.0.0.1'])
    const headers = { ...passedOn, 'x-forwarded-host': 'evil.example' }

    const reply = await askAt(port, `http://sso.example${discoveryPath}`, { headers })

    expect(reply.status).toBe(421)
  })
})

describe('a mock behind a proxy that is not listed', () => {
  test('says so, to programs and to people', async () => {
    const port = await behindProxy(['10.0.0.0/8'])

    const program = await askAt(port, `http://upstream${discoveryPath}`, { headers: passedOn })
    const person = await askAt(port, 'http://upstream/auth', {
      headers: { ...passedOn, accept: 'text/html' },
    })

    expect(program.status).toBe(421)
    expect(json(program)['error_description']).toBe(
      `this is ${issuer}, not http://upstream. Call it by that name. A proxy at 127.0.0.1 passed the right name on, but is not in trusted_proxies.`,
    )
    expect(person.body).toContain('trusted_proxies')
  })

  test('does not blame a proxy for a name that would be wrong anyway', async () => {
    const port = await behindProxy([])
    const headers = { ...passedOn, 'x-forwarded-host': 'evil.example' }

    const reply = await askAt(port, `http://upstream${discoveryPath}`, { headers })

    expect(json(reply)['error_description']).toBe(
      `this is ${issuer}, not http://upstream. Call it by that name.`,
    )
  })

  test('is itself all the same, where the proxy leaves the Host as it is', async () => {
    const port = await behindProxy([])

    const reply = await askAt(port, `http://sso.example${authorization}`)
    const document = json(await askAt(port, `http://sso.example${discoveryPath}`))

    expect(document).toMatchObject({ issuer, token_endpoint: `${issuer}/token` })
    expect(reply.headers['set-cookie']?.join()).toMatch(/; ?secure/i)
  })

  test('believes neither scheme nor name', async () => {
    const mock = await startMock()
    const { host } = new URL(mock.issuer)
    const headers = { host, 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' }

    const port = Number(new URL(mock.issuer).port)
    const reply = await askAt(port, `http://${host}${discoveryPath}`, { headers })
    const { config } = await relyingParty(mock)

    expect(json(reply)).toEqual(json({ ...reply, body: JSON.stringify(config.serverMetadata()) }))
    expect(reply.body).not.toContain('https:')
  })
})

test.each(['proxy', '10.0.0.0/33'])(
  'the proxy "%s" is refused at start, by name',
  async (entry) => {
    await expect(startMock({ trustedProxies: [entry] })).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringMatching(
        /trusted_proxies\[0\] +must be an address or a range such as 10\.0\.0\.0\/8, got/,
      ),
    })
  },
)

test('an absolute request line counts for more than the Host beside it', async () => {
  const { issuer: own } = await startMock()
  const { host, port } = new URL(own)
  const { request } = await import('node:http')
  const statusOf = (path: string) =>
    new Promise<number>((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path, headers: { host } }, (reply) => {
        reply.resume()
        resolve(reply.statusCode ?? 0)
      })
      sent.once('error', reject).end()
    })

  expect(await statusOf(`http://evil.example${discoveryPath}`)).toBe(421)
  expect(await statusOf(`${own}${discoveryPath}`)).toBe(200)
})
