import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { startGuardedMock } from './guarded-mock.ts'
import { runToEnd } from './program.ts'
import { runHere } from './run-here.ts'

let server: Server | undefined

afterEach(() => {
  server?.close()
  vi.unstubAllEnvs()
})

/** Somebody who is no mock. */
async function stranger(): Promise<string> {
  server = createServer((_, response) => void response.end('welcome')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('a command that drives a mock', () => {
  test('ends with 1 when nobody answers, or somebody who is no mock', async () => {
    const elsewhere = await stranger()

    const nobody = await runToEnd(['clock'], { MOCK_VNEID_URL: 'http://127.0.0.1:2' })
    const other = await runHere(['worlds', '--url', elsewhere, '--json'])

    expect(nobody).toMatchObject({ code: 1, out: '' })
    expect(nobody.err).toMatch(
      /^nobody answers at http:\/\/127\.0\.0\.1:2\/ \(ECONNREFUSED\)\. Start/,
    )
    expect(other).toMatchObject({ code: 1, out: '' })
    expect(JSON.parse(other.err)).toMatchObject({ code: 'ERR_NOT_A_MOCK', status: 200 })
  })

  test('shows the control token, which its variable or its flag gives', async () => {
    const controlToken = 'a-token-of-this-test'
    const { issuer } = await startGuardedMock({ controlToken })
    const clock = ['clock', '--json', '--url', issuer]
    const byVariable = await runToEnd(clock, { MOCK_VNEID_CONTROL_TOKEN: controlToken })

    vi.stubEnv('MOCK_VNEID_CONTROL_TOKEN', '')
    const without = await runHere(['clock', '--url', issuer])
    const byFlag = await runHere([...clock, '--token', controlToken])

    expect([byVariable.code, without.code, byFlag.code]).toEqual([0, 2, 0])
    expect(without.err).toMatch(
      /^this mock needs the control token: .*\n {2}Here, --token gives it\.$/m,
    )
  })

  test('takes addresses of http only, and says where it has another from', async () => {
    vi.stubEnv('MOCK_VNEID_URL', 'localhost:3006')

    expect(await runHere(['clock'])).toEqual({
      code: 2,
      out: '',
      err: 'MOCK_VNEID_URL must begin with http:// or https://, got "localhost:3006".\n',
    })
  })

  test.each(['login', 'worlds', 'clock', 'journal'])(
    'has examples in its help: %s',
    async (name) => {
      const { code, out } = await runHere([name, '--help'])

      expect(code).toBe(0)
      expect(out).toMatch(new RegExp(`Examples:\\n {2}.*mock-vneid ${name}`))
    },
  )
})
