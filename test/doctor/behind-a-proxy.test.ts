import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Finding } from '../../src/doctor/index.ts'
import { askAt, freePort } from '../flows/issuer/wire.ts'
import { startMock } from '../support/mock.ts'
import { findings, ills, look } from './provider.ts'

/** A proxy before one or several mocks, by turns: it ends TLS, and changes these headers. */
function throughProxy(
  ports: readonly number[],
  change: (asked: URL) => Record<string, string> = () => ({}),
): typeof fetch {
  let turn = 0
  return async (input, init) => {
    const asked = new URL(input instanceof Request ? input.url : input)
    const { body } = init ?? {}
    const { status, headers, ...reply } = await askAt(
      ports[turn++ % ports.length]!,
      `http://${asked.host}${asked.pathname}${asked.search}`,
      {
        headers: { ...Object.fromEntries(new Headers(init?.headers)), ...change(asked) },
        body: body instanceof URLSearchParams ? body.toString() : '',
      },
    )
    const passedOn = new Headers()
    for (const [name, values] of Object.entries(headers))
      for (const value of [values ?? []].flat()) passedOn.append(name, value)
    return new Response(reply.body, { status, headers: passedOn })
  }
}

const asTestRp = { clientId: 'test-rp', expectedRedirectUri: 'http://localhost:8080/cb' }

const hostAt = async (issuer: string, fetch: typeof globalThis.fetch): Promise<Finding> =>
  findings(await look(issuer, { ...asTestRp, fetch }), 'host')[0]!

describe('a proxy that loses the Host of a right address', () => {
  test.each([
    ['http://sso.example:8080', 'fixed', []],
    ['https://sso.example', 'fixed', []],
    ['https://sso.example', 'follow', ['https://other.example']],
  ] as const)('is told from a wrong one: %s in mode %s', async (issuer, issuerMode, others) => {
    const port = await freePort()
    await startMock({ issuer, issuerMode, followOrigins: others, port })
    const inner = `127.0.0.1:${port}`

    const finding = await hostAt(
      issuer,
      throughProxy([port], () => ({ host: inner })),
    )

    expect(finding).toMatchObject({
      verdict: 'wrong',
      what: `${issuer} is its issuer, but it was called "http://${inner}" (421 misdirected_request): a proxy in between loses the Host.`,
      fix: 'Let the proxy pass the Host on as it came (nginx: proxy_set_header Host $http_host; Apache: ProxyPreserveHost On), or send X-Forwarded-Host from an address in --trusted-proxies.',
    })
  })

  test('and sends it on without being believed is named', async () => {
    const port = await freePort()
    await startMock({ issuer: 'https://sso.example', port })
    const change = ({ host }: URL) => ({ host: 'upstream', 'x-forwarded-host': host })

    const { fix } = await hostAt('https://sso.example', throughProxy([port], change))

    expect(fix).toMatch(/^Add 127\.0\.0\.1 to --trusted-proxies, /)
  })

  test('is told from one that loses the scheme', async () => {
    const port = await freePort()
    await startMock({ issuer: 'https://sso.example', port, trustedProxies: ['127.0.0.1'] })
    const change = () => ({ 'x-forwarded-proto': 'http' })

    const { what, fix } = await hostAt('https://sso.example', throughProxy([port], change))

    expect(what).toContain('a proxy in between loses the scheme')
    expect(fix).toBe('Let the proxy send "X-Forwarded-Proto: https".')
  })
})

test('a proxy that ends TLS before a mock that knows of none: its public name is told', async () => {
  const port = await freePort()
  await startMock({ port })

  const { fix } = await hostAt('https://sso.example', throughProxy([port]))

  expect(fix).toMatch(
    /^If browsers call it https:\/\/sso\.example, start it with --issuer https:\/\/sso\.example;/,
  )
  expect(fix).not.toContain('pass the Host on')
})

test('two mocks that do not know of each other, by turns: no cookie is to blame', async () => {
  const issuer = 'http://127.0.0.1:8080'
  const ports = [await freePort(), await freePort()]
  for (const port of ports) await startMock({ issuer, port, dataFolder: emptyFolder() })

  const diagnosis = await look(issuer, { ...asTestRp, fetch: throughProxy(ports) })

  expect(ills(diagnosis)).toEqual(['keys wrong', 'cookies wrong'])
  expect(findings(diagnosis, 'cookies')[0]).toMatchObject({
    what: expect.stringContaining('and opened when asked again with the same cookies'),
    fix: expect.stringContaining('one --store'),
  })
})

const emptyFolder = () => mkdtempSync(join(tmpdir(), 'mock-vneid-alone-'))
