import type { IncomingMessage } from 'node:http'
import { describe, expect, test } from 'vitest'
import { readCookie } from '../../src/http/index.ts'

const requestWith = (cookie?: string) => ({ headers: { cookie } }) as IncomingMessage

describe('a cookie', () => {
  test.each([
    ['as=anna', 'anna'],
    ['a=1; as=anna; b=2', 'anna'],
    ['a=1;as=anna', 'anna'],
    ['as=anna%3Abo', 'anna:bo'],
    ['as=a=b', 'a=b'],
    ['as=', ''],
    ['as=first; as=second', 'first'],
  ])('is read from "%s" as "%s"', (header, value) => {
    expect(readCookie(requestWith(header), 'as')).toBe(value)
  })

  test.each([undefined, '', ';', 'has=anna', 'as', 'As=anna', 'as=%', 'as=%E0%A4%A'])(
    'is not there in "%s"',
    (header) => {
      expect(readCookie(requestWith(header), 'as')).toBeUndefined()
    },
  )
})
