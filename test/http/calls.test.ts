import type { IncomingMessage } from 'node:http'
import { describe, expect, test } from 'vitest'
import { isHostOf, readCall, trust } from '../../src/http/index.ts'

/** A request as node:http hands it over. */
const aRequest = (
  headers: Record<string, string>,
  { address = '10.0.0.9', encrypted = false, url = '/' } = {},
): IncomingMessage =>
  ({ headers, url, socket: { remoteAddress: address, encrypted } }) as unknown as IncomingMessage

const isTrusted = trust(['10.0.0.0/8', 'fd00::/8'])

const forwarded = {
  host: 'upstream:3006',
  'x-forwarded-host': 'sso.example',
  'x-forwarded-proto': 'https',
  'x-forwarded-for': '203.0.113.7',
}

describe('a call', () => {
  test('through a believed proxy is what that proxy heard', () => {
    expect(readCall(aRequest(forwarded), isTrusted)).toEqual({
      host: 'sso.example',
      scheme: 'https',
      address: '203.0.113.7',
    })
  })

  test('through anybody else is what the socket says', () => {
    expect(readCall(aRequest(forwarded, { address: '192.0.2.1' }), isTrusted)).toEqual({
      host: 'upstream:3006',
      scheme: undefined,
      address: '192.0.2.1',
      disbelieved: 'sso.example',
    })
  })

  test('by TLS is https', () => {
    const request = aRequest({ host: 'a' }, { address: '192.0.2.1', encrypted: true })

    expect(readCall(request, isTrusted)).toMatchObject({ scheme: 'https' })
  })

  test('has the first of several values that proxies add', () => {
    const headers = { ...forwarded, 'x-forwarded-proto': 'https, http', 'x-forwarded-host': 'a, b' }

    expect(readCall(aRequest(headers), isTrusted)).toMatchObject({ host: 'a', scheme: 'https' })
  })

  test('has no scheme from a proxy that says nonsense', () => {
    const headers = { ...forwarded, 'x-forwarded-proto': 'wss' }

    expect(readCall(aRequest(headers), isTrusted).scheme).toBeUndefined()
  })

  test.each([
    ['203.0.113.7, 10.0.0.2, 10.0.0.3', '203.0.113.7'],
    ['6.6.6.6, 203.0.113.7, 10.0.0.2', '203.0.113.7'],
    ['10.0.0.1, 10.0.0.2', '10.0.0.1'],
    ['nonsense, 10.0.0.2', '10.0.0.2'],
    ['203.0.113.7:5123', '203.0.113.7'],
    ['[2001:db8::7]:5123', '2001:db8::7'],
    ['2001:db8::7', '2001:db8::7'],
    ['', '10.0.0.9'],
  ])('that came by "%s" is from %s', (value, address) => {
    const headers = { ...forwarded, 'x-forwarded-for': value }

    expect(readCall(aRequest(headers), isTrusted).address).toBe(address)
  })

  test('is for the host in the request line, where one is there', () => {
    const request = aRequest({ host: 'localhost:3006' }, { url: 'http://evil.example/auth' })

    expect(readCall(request, trust([])).host).toBe('evil.example')
  })
})

describe('a Host', () => {
  test.each([
    ['localhost:3006', 'http://localhost:3006', true],
    ['LOCALHOST:3006', 'http://localhost:3006', true],
    ['sso.example', 'https://sso.example', true],
    ['sso.example:443', 'https://sso.example', true],
    ['sso.example:80', 'https://sso.example', false],
    ['[::1]:3006', 'http://[::1]:3006', true],
    ['localhost', 'http://localhost:3006', false],
    ['evil@localhost:3006', 'http://localhost:3006', false],
    ['localhost:3006/evil', 'http://localhost:3006', false],
    ['localhost:3006#', 'http://localhost:3006', false],
    ['', 'http://localhost:3006', false],
    [undefined, 'http://localhost:3006', false],
  ])('%s at %s: %s', (host, origin, expected) => {
    expect(isHostOf(host, origin)).toBe(expected)
  })
})
