import { createPrivateKey, X509Certificate } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openCertificate, type Certificate } from '../../src/entrance/index.ts'
import { selfSigned } from '../doctor/self-signed.ts'
import { FrozenClock } from '../support/frozen-clock.ts'

let folder: string
let clock: FrozenClock

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-vneid-certificate-'))
  clock = new FrozenClock()
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = async (names: readonly string[] = []): Promise<Certificate> => {
  const none = { certFile: undefined, keyFile: undefined }
  return (await openCertificate({ tls: 'self-signed', ...none, folder, names, clock }))!
}

const days = (count: number) => count * 24 * 3600

describe('a certificate authority of our own', () => {
  test('gives a certificate for this machine and for the names asked for', async () => {
    const { cert, trusted } = await open(['vneid.test', '192.0.2.7', '*.apps.test', '2001:db8::7'])
    const [server, authority] = [new X509Certificate(cert), new X509Certificate(trusted)]

    expect(server.subjectAltName).toBe(
      'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:vneid.test, IP Address:192.0.2.7, DNS:*.apps.test, IP Address:2001:DB8:0:0:0:0:0:7',
    )
    expect(server.checkIssued(authority)).toBe(true)
    expect(server.verify(authority.publicKey)).toBe(true)
    expect(server.ca).toBe(false)
    expect(server.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1'])
    expect(authority.ca).toBe(true)
    expect(authority.verify(authority.publicKey)).toBe(true)
  })

  test('sends the authority along with the certificate', async () => {
    const { cert, trusted } = await open()

    expect(cert.match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
    expect(cert.endsWith(trusted)).toBe(true)
  })

  test('is the same after a restart, and so is the certificate, for the same names in any order', async () => {
    const before = await open(['a.test', 'b.test'])

    expect(await open(['b.test', 'a.test'])).toEqual(before)
  })

  test.each<[string, string[], string[]]>([
    ['one more', ['a.test'], ['a.test', 'b.test']],
    ['one less', ['a.test', 'b.test'], ['a.test']],
    ['another', ['a.test'], ['b.test']],
    ['one that a wildcard only covers', ['*.test'], ['a.test']],
    ['another address', ['192.0.2.7'], ['192.0.2.8']],
  ])('stays when the names change: %s', async (_what, names, others) => {
    const before = await open(names)

    const after = await open(others)

    expect(after.trusted).toBe(before.trusted)
    expect(after.cert).not.toBe(before.cert)
    for (const name of others.filter((other) => !/^\d/.test(other)))
      expect(new X509Certificate(after.cert).subjectAltName).toContain(`DNS:${name}`)
  })

  test('renews the certificate within a week of its end, and not before', async () => {
    const { cert, trusted } = await open()
    const left = Date.parse(new X509Certificate(cert).validTo) - clock.now()

    clock.advance(left / 1000 - days(8))
    expect((await open()).cert).toBe(cert)
    clock.advance(days(2))
    const after = await open()

    expect(after.cert).not.toBe(cert)
    expect(after.trusted).toBe(trusted)
    expect(Date.parse(new X509Certificate(after.cert).validTo)).toBeGreaterThan(clock.now())
  })

  test('is made anew when it would end before what it signs', async () => {
    const { trusted } = await open()

    clock.advance(days(3650 - 399))
    const after = await open()

    expect(after.trusted).not.toBe(trusted)
    expect(
      new X509Certificate(after.cert).verify(new X509Certificate(after.trusted).publicKey),
    ).toBe(true)
  })

  test.each(['ca.pem', 'ca-key.pem', 'tls.pem', 'tls-key.pem'])(
    'comes back when %s is lost or broken',
    async (file) => {
      await open()

      rmSync(join(folder, file))
      await open()
      writeFileSync(join(folder, file), 'nothing of the kind')
      const { cert, key, trusted } = await open()

      expect(new X509Certificate(cert).verify(new X509Certificate(trusted).publicKey)).toBe(true)
      expect(readFileSync(join(folder, 'tls-key.pem'), 'utf8')).toBe(key)
    },
  )

  test.each<[string, () => void]>([
    ['its folder is empty', () => rmSync(folder, { recursive: true })],
    ['its certificate is lost', () => rmSync(join(folder, 'ca.pem'))],
    ['its certificate is broken', () => writeFileSync(join(folder, 'ca.pem'), '')],
    ['it is about to end', () => clock.advance(days(3650 - 399))],
    ['its key is lost', () => rmSync(join(folder, 'ca-key.pem'))],
    ['its key is broken', () => writeFileSync(join(folder, 'ca-key.pem'), '')],
  ])('is one for all who start together when %s', async (_what, happens) => {
    await open()
    happens()

    const opened = await Promise.all([open(['a.test']), open(['b.test']), open(), open()])

    const kept = readFileSync(join(folder, 'ca.pem'), 'utf8')
    for (const { cert, key, trusted } of opened) {
      const server = new X509Certificate(cert)
      expect(trusted).toBe(kept)
      expect(server.verify(new X509Certificate(kept).publicKey)).toBe(true)
      expect(server.checkPrivateKey(createPrivateKey(key))).toBe(true)
    }
    expect((await open()).trusted).toBe(kept)
  })

  test('has the same key and name when only its certificate is made anew', async () => {
    const before = new X509Certificate((await open()).trusted)
    rmSync(join(folder, 'ca.pem'))

    const { cert, trusted } = await open()

    const after = new X509Certificate(trusted)
    expect(after.serialNumber).not.toBe(before.serialNumber)
    expect(after.subject).toBe(before.subject)
    expect(new X509Certificate(cert).checkIssued(before)).toBe(true)
    expect(new X509Certificate(cert).verify(before.publicKey)).toBe(true)
  })

  test('lies in files of the owner’s only, and leaves no drafts', async () => {
    const { authority } = await open()

    expect(authority?.file).toBe(join(folder, 'ca.pem'))
    expect(readdirSync(folder).toSorted()).toEqual([
      '.gitignore',
      'ca-key.pem',
      'ca.pem',
      'tls-key.pem',
      'tls.pem',
    ])
    const modes = ['ca-key.pem', 'ca.pem', 'tls-key.pem', 'tls.pem'].map(
      (file) => statSync(join(folder, file)).mode & 0o777,
    )
    expect(modes).toEqual([0o600, 0o600, 0o600, 0o600])
  })

  test('has a name of its own, so that browsers do not mix two up', async () => {
    const first = new X509Certificate((await open()).trusted)
    rmSync(folder, { recursive: true })
    const second = new X509Certificate((await open()).trusted)

    expect(first.subject).toMatch(/^CN=Mock VNeID CA [\da-f]{8}$/)
    expect(second.subject).not.toBe(first.subject)
    expect(second.serialNumber).not.toBe(first.serialNumber)
  })

  test('says so when its folder is none', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    folder = file

    await expect(open()).rejects.toMatchObject({
      code: 'ERR_CERTIFICATE_UNUSABLE',
      message: expect.stringMatching(/cannot be written \(\w+\)\. Make ".+" a folder/),
    })
    folder = join(file, '..')
  })
})

describe('a certificate from files', () => {
  const write = (name: string, text: string) => {
    const file = join(folder, name)
    writeFileSync(file, text)
    return file
  }
  const openFiles = (certFile: string, keyFile: string) =>
    openCertificate({ tls: 'files', certFile, keyFile, folder, names: [], clock })

  test('serves as it is, and is what our own programs trust', async () => {
    const { cert, key } = selfSigned('localhost')

    expect(await openFiles(write('cert', cert), write('key', key))).toEqual({
      cert,
      key,
      trusted: cert,
    })
  })

  test('is refused with the key of another', async () => {
    const certFile = write('cert', selfSigned('localhost').cert)
    const keyFile = write('key', selfSigned('localhost').key)

    await expect(openFiles(certFile, keyFile)).rejects.toMatchObject({
      code: 'ERR_CERTIFICATE_UNUSABLE',
      file: certFile,
      message: `certificate file "${certFile}" is not for the private key in "${keyFile}". Name the two files that belong together; in a chain, the server’s own certificate comes first.`,
    })
  })

  test.each([
    [-3, -1],
    [1, 3],
  ])('is refused when it is valid from day %i to day %i', async (fromDay, toDay) => {
    const { cert, key } = selfSigned('localhost', { fromDay, toDay })

    await expect(openFiles(write('cert', cert), write('key', key))).rejects.toMatchObject({
      code: 'ERR_CERTIFICATE_UNUSABLE',
      message: expect.stringContaining('which is not today. Renew it, or use --tls self-signed.'),
    })
  })

  test('is refused when a file is missing, by the name of the setting', async () => {
    const { cert } = selfSigned('localhost')

    await expect(openFiles(write('cert', cert), join(folder, 'gone'))).rejects.toMatchObject({
      code: 'ERR_CERTIFICATE_UNUSABLE',
      message: `certificate file "${join(folder, 'gone')}" cannot be read (ENOENT). Correct tls_key, relative to the working folder.`,
    })
  })

  test('is refused when a file is something else', async () => {
    const { cert, key } = selfSigned('localhost')
    const [certFile, keyFile] = [write('cert', cert), write('key', key)]

    await expect(openFiles(keyFile, keyFile)).rejects.toThrow('is no certificate in PEM')
    await expect(openFiles(certFile, certFile)).rejects.toThrow('is no private key in PEM')
  })
})

test('without TLS there is no certificate', async () => {
  const none = { certFile: undefined, keyFile: undefined, names: [], clock }

  expect(await openCertificate({ tls: 'off', folder, ...none })).toBeUndefined()
  expect(readdirSync(folder)).toEqual([])
})
