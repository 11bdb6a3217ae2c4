import { once } from 'node:events'
import { connect } from 'node:net'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { startMock, type TestMock } from '../support/mock.ts'
import { relyingParty } from '../support/relying-party.ts'
import { takeFaults } from './wire.ts'

const line = 'GET / HTTP/1.1\r\n'

/** Bytes that are no request, or stop being one. */
const garbage: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc
    .constantFrom(
      '\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      `${line}\r\n`,
      `${line}Host: a\r\nHost: b\r\n\r\n`,
      `${line}Host: ${'a'.repeat(20_000)}\r\n\r\n`,
      `${line}Host: localhost\r\nContent-Length: -1\r\n\r\n`,
      `${line}Host: [::1\r\n\r\n`,
      `${line}Host: \r\n\r\n`,
      `GET ${'/a'.repeat(20_000)} HTTP/1.1\r\n\r\n`,
      'GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n',
      'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n',
      'OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n',
      'POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc',
      'POST /token HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      'GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
      'GET / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n\r\n',
      '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001',
    )
    .map((text) => Buffer.from(text.replaceAll('Host: localhost', `Host: localhost:{port}`))),
)

describe('a mock, sent bytes that are no requests', () => {
  test('answers no 5xx, reports no fault, and signs people in afterwards', async () => {
    const mock = await startMock()
    const anyBytes = fc.asyncProperty(garbage, async (bytes) => {
      const answer = await sendAndHangUp(mock, bytes)

      expect(answer).not.toMatch(/^HTTP\/1\.1 5/)
      expect(takeFaults(mock.logged)).toEqual([])
    })

    await fc.assert(anyBytes, { seed: 69, numRuns: 300 })

    const portal = await relyingParty(mock)
    const { claims } = await portal.tokensFor('adult-level-2')
    expect(claims).toMatchObject({ acr: 'urn:mock-vneid:level:2' })
  })

  test('reports no fault when a browser goes away in the middle of a form', async () => {
    const mock = await startMock({ portal: true })
    const begun = `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\na=`

    for (const [at, path] of [
      [mock.issuer, '/token'],
      [mock.issuer, '/sign-in/x'],
      [mock.portalUrl!, '/logout'],
    ] as const) {
      const socket = connect(Number(new URL(at).port), '127.0.0.1')
      await once(socket, 'connect')
      socket.write(`POST ${path} HTTP/1.1\r\nHost: ${new URL(at).host}\r\n${begun}`)
      await fetch(at)
      socket.resetAndDestroy()
      await fetch(at)
    }
    await mock.close()

    expect(takeFaults(mock.logged)).toEqual([])
  })
})

async function sendAndHangUp({ issuer }: TestMock, bytes: Uint8Array): Promise<string> {
  const { port } = new URL(issuer)
  const socket = connect(Number(port), '127.0.0.1')
  let answer = ''
  socket.setEncoding('latin1').on('data', (part: string) => {
    answer += part
  })
  socket.on('error', () => {}) // being cut off is a fine answer
  await once(socket, 'connect')
  socket.end(
    Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('{port}', port), 'latin1'),
  )
  await once(socket, 'close')
  return answer
}
