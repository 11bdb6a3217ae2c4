import { describe, expect, test } from 'vitest'
import { StoreUnavailable } from '../../src/kernel/index.ts'
import { reasonOf, troubleOf } from '../../src/storage/redis/reasons.ts'

const said = (error: Error) =>
  new StoreUnavailable('rediss://cache:1', error, reasonOf(error), troubleOf(error)).message

const withCode = (message: string, code: string) => Object.assign(new Error(message), { code })

describe('a Redis that is there, with a certificate', () => {
  test.each([
    ['self-signed certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'Name the file of'],
    ['unable to verify', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'Name the file of'],
    ['certificate has expired', 'CERT_HAS_EXPIRED', 'Renew its certificate'],
    ['altnames differ', 'ERR_TLS_CERT_ALTNAME_INVALID', 'Call it by a name of its certificate'],
  ])('that does not hold is not said to be gone: %s', (message, code, fix) => {
    const words = said(withCode(message, code))

    expect(words).toContain(`redis at rediss://cache:1 is not trusted (${message}). ${fix}`)
    expect(words).not.toContain('Start it')
  })
})

test('a Redis that does not answer is to be started', () => {
  expect(said(withCode('connect ECONNREFUSED', 'ECONNREFUSED'))).toBe(
    'redis did not answer at rediss://cache:1 (connect ECONNREFUSED). Start it, or use --store memory.',
  )
})
