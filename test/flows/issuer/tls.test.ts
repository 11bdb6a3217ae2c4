import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as oidc from 'openid-client'
import { afterEach, describe, expect, test } from 'vitest'
import { createTrustingFetch } from '../../../src/http/index.ts'
import { look, ills } from '../../doctor/provider.ts'
import { startMock, type TestMock } from '../../support/mock.ts'
import { RelyingParty } from '../../support/relying-party.ts'
import { askAt, portOf } from './wire.ts'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mock-vneid-tls-'))
  folders.push(folder)
  return folder
}

interface TlsMock extends TestMock {
  ca: string
  folder: string
}

async function aTlsMock(options: Parameters<typeof startMock>[0] = {}): Promise<TlsMock> {
  const folder = aFolder()
  const mock = await startMock({ dataFolder: folder, tls: 'self-signed', ...options })
  return { ...mock, folder, ca: readFileSync(join(folder, 'ca.pem'), 'utf8') }
}

/** A portal that trusts the authority it was given. */
async function portalThatTrusts(ca: string, issuer: string): Promise<RelyingParty> {
  const trusting = createTrustingFetch(ca, [issuer])
  const config = await oidc.discovery(
    new URL(issuer),
    'test-rp',
    {},
    oidc.ClientSecretBasic('test-rp-secret'),
    { [oidc.customFetch]: (url, init) => trusting(url, init as RequestInit) },
  )
  oidc.enableNonRepudiationChecks(config)
  return new RelyingParty(config, 'http://localhost:8080/cb')
}

describe('a mock with a certificate authority of its own', () => {
  test('is an https issuer with every endpoint there', async () => {
    const { issuer, ca } = await aTlsMock()

    const { config } = await portalThatTrusts(ca, issuer)
    const urls = JSON.stringify(config.serverMetadata()).match(/https?:[^"]+/g) ?? []

    expect(issuer).toMatch(/^https:\/\/localhost:\d+$/)
    expect(new Set(urls.map((url) => new URL(url).origin))).toEqual(new Set([issuer]))
  })

  test('signs in a portal that trusts it', async () => {
    const { issuer, ca } = await aTlsMock()
    const portal = await portalThatTrusts(ca, issuer)
    const { url, ...secrets } = await portal.begin({ login_hint: 'auto:adult-level-2' })

    const { headers } = await askAt(portOf(issuer), url, { ca })
    const tokens = await portal.redeem({ url: new URL(headers.location!), ...secrets })

    expect(tokens.claims()?.iss).toBe(issuer)
  })

  test('marks its cookies as Secure', async () => {
    const { issuer, ca } = await aTlsMock()
    const { url } = await (await portalThatTrusts(ca, issuer)).begin()

    const { headers } = await askAt(portOf(issuer), url, { ca })
    const cookies = headers['set-cookie'] ?? []

    expect(cookies.length).toBeGreaterThan(0)
    expect(cookies.filter((cookie) => !/; ?secure/i.test(cookie))).toEqual([])
  })

  test('is refused by whoever does not trust it', async () => {
    const { issuer } = await aTlsMock()

    await expect(askAt(portOf(issuer), issuer)).rejects.toMatchObject({
      code: 'SELF_SIGNED_CERT_IN_CHAIN',
    })
    expect(ills(await look(issuer))).toEqual(['certificate wrong'])
  })

  test('gives its authority away, and tells at start how to trust it', async () => {
    const { issuer, ca, folder, logged } = await aTlsMock()

    const reply = await askAt(portOf(issuer), `${issuer}/ca.pem`, { ca })

    expect(reply.headers['content-type']).toBe('application/x-x509-ca-cert')
    expect(reply.body).toBe(ca)
    expect(new X509Certificate(reply.body).ca).toBe(true)
    expect(logged).toContainEqual({
      event: 'notice',
      message: `https has a certificate authority of its own. Node programs trust it with NODE_EXTRA_CA_CERTS=${join(folder, 'ca.pem')}; for others and for browsers it is at ${issuer}/ca.pem.`,
    })
  })

  test('is known by the names of its settings too', async () => {
    const { issuer, ca } = await aTlsMock({
      tlsNames: ['vneid.test', '192.0.2.7'],
      issuerMode: 'split',
      internalUrl: 'https://provider:3006',
    })

    const reply = await askAt(portOf(issuer), 'https://provider:3006/jwks', { ca })

    expect(reply.status).toBe(200)
    await expect(askAt(portOf(issuer), 'https://elsewhere:3006/', { ca })).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    })
  })

  test('keeps the private keys from everybody else', async () => {
    const { folder } = await aTlsMock()

    const modes = ['ca-key.pem', 'tls-key.pem'].map((file) => statSync(join(folder, file)).mode)

    expect(modes.map((mode) => mode & 0o777)).toEqual([0o600, 0o600])
  })

  test('has a demo portal that is https, signs in, and hears by https that somebody is gone', async () => {
    const { portalUrl, issuer, ca } = await aTlsMock({ portal: true })
    const [portalPort, port] = [portOf(portalUrl!), portOf(issuer)]
    const jar = new Map<string, string>()
    const visit = async (url: string | URL) => {
      const isPortal = String(url).startsWith(`${portalUrl}/`)
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const reply = await askAt(isPortal ? portalPort : port, url, { ca, headers: { cookie } })
      for (const set of reply.headers['set-cookie'] ?? []) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
        jar.set(name, value)
      }
      const { location } = reply.headers
      return { ...reply, next: location === undefined ? '' : new URL(location, url).href }
    }
    const follow = async (url: string) => {
      let reply = await visit(url)
      for (let hops = 0; reply.next !== '' && hops < 12; hops++) reply = await visit(reply.next)
      return reply
    }
    jar.set('mock_vneid_as', 'adult-level-2')

    const profile = await follow(`${portalUrl}/login?return_to=/profile`)
    const elsewhere = await portalThatTrusts(ca, issuer)
    await visit((await elsewhere.begin({ login_hint: 'auto:adult-level-1' })).url)
    const after = await visit(`${portalUrl}/profile`)

    expect(portalUrl).toMatch(/^https:/)
    expect(profile.body).toContain('Nguyễn Thị Minh Anh')
    expect(after.next).toContain(`${portalUrl}/login`)
  })
})

test('no certificate is made where TLS is off', async () => {
  const folder = aFolder()

  await startMock({ dataFolder: folder })

  expect(() => statSync(join(folder, 'ca.pem'))).toThrow('ENOENT')
})

describe('TLS settings that cannot be', () => {
  test.each([
    [{ issuer: 'http://localhost:3006' }, 'issuer  must begin with https:// where tls is on'],
    [
      { issuerMode: 'split', internalUrl: 'http://provider:3006' } as const,
      'internal_url  must begin with https:// where tls is on',
    ],
    [{ tls: 'files' } as const, 'tls  must have tls_cert and tls_key beside it'],
    [{ tlsNames: ['a b'] }, 'must be a DNS name or an address'],
  ])('are refused: %o', async (options, words) => {
    await expect(aTlsMock(options)).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringContaining(words),
    })
  })
})
