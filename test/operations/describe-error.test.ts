import { describe, expect, test } from 'vitest'
import { describeError } from '../../src/operations/index.ts'
import { StoreFull } from '../../src/kernel/index.ts'

describe('an error in the log', () => {
  test('keeps what it was about to itself', () => {
    const cause = { claims: { sub: 'anna' }, body: new URLSearchParams({ code: 'spent-code' }) }
    const error = Object.assign(new Error('unexpected "iss"', { cause }), {
      code: 'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
      request: 'code=spent-code',
    })

    const described = describeError(error)

    expect(described).toMatchObject({
      name: 'Error',
      message: 'unexpected "iss"',
      code: 'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
    })
    expect(JSON.stringify(described)).not.toMatch(/anna|spent-code/)
  })

  test('names by their codes what caused it', () => {
    const refused = Object.assign(new Error('connect to 10.0.0.1'), { code: 'ECONNREFUSED' })
    const failed = new TypeError('fetch failed', { cause: refused })

    const { causes } = describeError(new Error('no answer', { cause: failed }))

    expect(causes).toEqual(['TypeError', 'ECONNREFUSED'])
  })

  test('tells in words what caused it where the words are our own', () => {
    const cause = new StoreFull(1000)

    const { causes } = describeError(new Error('failed', { cause }))

    expect(causes).toEqual([`ERR_STORE_FULL: ${cause.message}`])
  })

  test('says where in our own code it came from', () => {
    const { at } = describeError(new Error('here\n    at forged (/etc/passwd:1:1)'))

    expect(at?.[0]).toMatch(/test\/operations\/describe-error\.test\.ts:\d+:\d+/)
    expect(at?.join('\n')).not.toMatch(/node_modules|node:|passwd/)
  })

  test('is one line of bounded length', () => {
    const { message } = describeError(new Error(`a\n\u001B[31mb${'c'.repeat(1000)}`))

    expect(message).toMatch(/^a \[31mbc+…$/)
    expect(message).toHaveLength(501)
  })

  test('may be anything that can be thrown', () => {
    expect(describeError('secret')).toEqual({ name: 'string', message: 'was thrown' })
  })
})
