import { describe, expect, test } from 'vitest'
import { isAddressOrRange, trust } from '../../src/http/index.ts'

describe('an entry of trusted_proxies', () => {
  test.each(['10.0.0.1', '10.0.0.0/8', '0.0.0.0/0', '::1', 'fd00::/8', '2001:db8::5/128'])(
    'may be %s',
    (entry) => expect(isAddressOrRange(entry)).toBe(true),
  )

  test.each(['proxy', '10.0.0', '10.0.0.0/33', 'fd00::/129', '10.0.0.0/', '*', '', 'fe80::1%eth0'])(
    'may not be "%s"',
    (entry) => expect(isAddressOrRange(entry)).toBe(false),
  )
})

describe('trust', () => {
  test.each([
    ['10.1.2.3', '10.0.0.0/8', true],
    ['11.1.2.3', '10.0.0.0/8', false],
    ['10.0.0.5', '10.0.0.5', true],
    ['10.0.0.6', '10.0.0.5', false],
    ['::ffff:10.1.2.3', '10.0.0.0/8', true],
    ['::FFFF:10.1.2.3', '10.0.0.0/8', true],
    ['fd12::1', 'fd00::/8', true],
    ['fd12::1%eth0', 'fd00::/8', true],
    ['fe80::1', 'fd00::/8', false],
    ['::1', '127.0.0.1', false],
    ['', '0.0.0.0/0', false],
    ['not an address', '0.0.0.0/0', false],
  ])('of "%s" by "%s" is %s', (address, entry, expected) => {
    expect(trust([entry])(address)).toBe(expected)
  })

  test('is given to nobody when nobody is listed', () => {
    expect(trust([])('127.0.0.1')).toBe(false)
  })

  test('is not given to somebody without an address', () => {
    expect(trust(['0.0.0.0/0', '::/0'])(undefined)).toBe(false)
  })
})
