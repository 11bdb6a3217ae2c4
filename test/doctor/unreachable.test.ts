import { createServer } from 'node:net'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { aProvider, failure, findings, ills, look, network } from './provider.ts'
import { selfSigned } from './self-signed.ts'

/** A port of this machine that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}

const failing = (code: string) => ({ fetch: () => Promise.reject(failure(code)) })

describe('an issuer that cannot be reached', () => {
  test('is not running, or is called from inside a container', async () => {
    const port = await freePort()

    const diagnosis = await look(`http://localhost:${port}`)

    expect(ills(diagnosis)).toEqual(['connection wrong'])
    expect(diagnosis.findings[0]).toMatchObject({
      what: `nobody listens at localhost:${port} (ECONNREFUSED).`,
      why: expect.stringContaining('Inside a container, localhost is the container itself'),
      fix: expect.stringContaining(`mock-vneid start --port ${port}`),
    })
  })

  test('has a published port that nobody serves', async () => {
    const diagnosis = await look('http://mock.example.vn:3006', failing('ECONNREFUSED'))

    expect(diagnosis.findings[0]?.fix).toContain('--host 0.0.0.0')
  })

  test('has a name that only containers know', async () => {
    const diagnosis = await look('http://provider:3006', { fetch: network({}) })

    expect(diagnosis.findings[0]).toMatchObject({
      id: 'connection',
      verdict: 'wrong',
      what: 'the name "provider" is not known here (ENOTFOUND).',
      why: expect.stringContaining('inside a container network'),
      fix: expect.stringContaining('--issuer-mode split'),
    })
  })

  test('has a name that nobody knows', async () => {
    const diagnosis = await look('http://mock.example.vn', { fetch: network({}) })

    expect(diagnosis.findings[0]?.why).toBe(
      'Neither DNS nor the hosts file of this machine has it.',
    )
  })

  test('takes the call and says nothing: no request waits longer than three seconds', async () => {
    const { origin } = await aProvider({ '/.well-known/openid-configuration': () => 'silence' })
    const began = Date.now()

    const diagnosis = await look(origin)

    expect(diagnosis.findings[0]?.what).toContain('did not answer within 3 seconds (TimeoutError)')
    expect(Date.now() - began).toBeLessThan(20_000)
  })

  test('hangs up', async () => {
    const { origin } = await aProvider({ '/.well-known/openid-configuration': () => 'hang-up' })

    expect((await look(origin)).findings[0]?.what).toMatch(/took the call and cut the connection/)
  })

  test('stands in another network', async () => {
    const diagnosis = await look('http://10.9.8.7:3006', failing('EHOSTUNREACH'))

    expect(diagnosis.findings[0]?.what).toBe('there is no route to 10.9.8.7:3006 (EHOSTUNREACH).')
  })

  test('fails in a way that nobody has met yet, and the way to learn more is named', async () => {
    const diagnosis = await look('http://mock.example.vn', failing('ENEWKIND'))

    expect(diagnosis.findings[0]).toMatchObject({
      what: 'the request to mock.example.vn failed (ENEWKIND).',
      fix: expect.stringContaining('curl -v http://mock.example.vn/'),
    })
  })
})

describe('an issuer behind TLS', () => {
  test('has a certificate that nobody trusts: whose it is, and how each platform comes to trust it', async () => {
    const { origin } = await aProvider({}, selfSigned('localhost'))

    const diagnosis = await look(origin)

    expect(ills(diagnosis)).toEqual(['certificate wrong'])
    expect(diagnosis.findings[0]).toMatchObject({
      what: expect.stringContaining('is signed by itself, which is not trusted here'),
      fix: expect.stringContaining(`curl -k ${origin}/ca.pem`),
    })
    expect(diagnosis.findings[0]?.fix).toContain('NODE_EXTRA_CA_CERTS=mock-vneid-ca.pem')
  })

  test('is not trusted although NODE_EXTRA_CA_CERTS is set: to no file, or to one of another authority', async () => {
    const { origin } = await aProvider({}, selfSigned('localhost'))
    const file = join(mkdtempSync(join(tmpdir(), 'mock-vneid-ca-')), 'ca.pem')
    const reason = async () =>
      (await look(origin, { environment: { NODE_EXTRA_CA_CERTS: file } })).findings[0]?.why
    const withoutFile = await reason()
    writeFileSync(file, selfSigned('other').cert)

    expect(withoutFile).toContain('and there is no such file')
    expect(await reason()).toContain('but this authority is not in it')
  })

  test('has a certificate for another name', async () => {
    const tls = selfSigned('mock.example.vn')
    const { origin } = await aProvider({}, tls)

    const diagnosis = await look(origin, failing('ERR_TLS_CERT_ALTNAME_INVALID'))

    expect(diagnosis.findings[0]).toMatchObject({
      id: 'certificate',
      what: expect.stringContaining('is not for "127.0.0.1" but for "DNS:mock.example.vn"'),
      fix: expect.stringContaining('--tls-names 127.0.0.1'),
    })
  })

  test('has a certificate whose days are over', async () => {
    const { origin } = await aProvider({}, selfSigned('localhost', { fromDay: -3, toDay: -2 }))

    const diagnosis = await look(origin, failing('CERT_HAS_EXPIRED'))

    expect(diagnosis.findings[0]?.what).toMatch(/is not valid today: it is from .+ to .+ GMT/)
  })

  test('was called by http', async () => {
    const { port } = await aProvider({}, selfSigned('localhost'))

    const diagnosis = await look(`http://127.0.0.1:${port}`)

    expect(diagnosis.findings[0]).toMatchObject({
      id: 'connection',
      what: expect.stringContaining('was called by http and speaks TLS'),
      fix: `Use https://127.0.0.1:${port} as the issuer.`,
    })
  })

  test('speaks no TLS at all', async () => {
    const { port } = await aProvider()

    const diagnosis = await look(`https://127.0.0.1:${port}`)

    expect(diagnosis.findings[0]).toMatchObject({
      id: 'connection',
      what: expect.stringContaining('was called by https and does not speak TLS'),
      fix: expect.stringContaining(`Use http://127.0.0.1:${port} as the issuer`),
    })
  })
})

test('a cause that explains the rest stands alone', async () => {
  const diagnosis = await look('http://provider:3006', { fetch: network({}), clientId: 'portal' })

  expect(findings(diagnosis, 'connection')).toHaveLength(1)
  expect(diagnosis.findings).toHaveLength(1)
})
