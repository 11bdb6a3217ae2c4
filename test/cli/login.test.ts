import { decodeJwt } from 'jose'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { SignInResult } from '../../src/index.ts'
import { startMock } from '../support/mock.ts'
import { runToEnd } from './program.ts'
import { runHere } from './run-here.ts'

describe('mock-vneid login', () => {
  test('prints tokens, claims and cookies', async () => {
    const { issuer } = await startMock()

    const { code, out, err } = await runToEnd(['login', '--as', 'child-13'], {
      MOCK_VNEID_URL: issuer,
    })

    const { idToken, accessToken, claims, cookies } = JSON.parse(out) as SignInResult
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(claims).toMatchObject({ aud: 'test-rp', account_type: 'citizen', account_level: 2 })
    expect(decodeJwt(idToken!)).toMatchObject({ iss: issuer, sub: claims!['sub'] })
    expect(accessToken).toMatch(/^[\w-]{20,}$/)
    expect(cookies.map(({ domain }) => domain)).toContain('localhost')
    expect(out).not.toContain('"journal"')
  })

  test('stops at the code of another world, for somebody else to redeem', async () => {
    const { issuer, ...mock } = await startMock()
    const world = await mock.world({ name: 'elsewhere' })
    await world.clients.register({ client_id: 'rp', redirect_uris: ['http://localhost/here'] })
    const who = ['--as', 'guardian-of-two', '--role', 'child-13', '--client', 'rp']

    const { code, out } = await runHere(
      ['login', ...who, '--code-only', '--world', 'elsewhere', '--url', issuer].concat(
        '--scope',
        'openid',
        '--journey',
        'short',
      ),
    )

    const result = JSON.parse(out) as SignInResult
    const [signIn] = await world.journal.list({ endpoint: 'sign-in' })
    expect(code).toBe(0)
    expect(new URL(result.callbackUrl).searchParams.get('code')).toBe(result.code)
    expect(result).toMatchObject({ redirectUri: 'http://localhost/here' })
    expect(result).not.toHaveProperty('accessToken')
    expect(signIn).toMatchObject({
      personId: 'guardian-of-two',
      signInId: result.signInId,
      asked: { journey: 'short', role: 'child-13' },
    })
  })

  test('is laid out for people at a terminal', async () => {
    const { issuer } = await startMock()
    const { isTTY } = process.stdout
    process.stdout.isTTY = true
    onTestFinished(() => {
      process.stdout.isTTY = isTTY
    })

    const { out } = await runHere(['login', '--as', 'adult-level-2', '--url', issuer])

    expect(out).toMatch(/^\{\n {2}"signInId": /)
  })

  test('ends with 1 when the relying party would hear an error, and says why', async () => {
    const { issuer } = await startMock()
    const args = ['login', '--as', 'locked', '--url', issuer]

    const plain = await runToEnd(args)
    const json = await runHere([...args, '--json'])

    expect([plain, json]).toMatchObject([
      { code: 1, out: '' },
      { code: 1, out: '' },
    ])
    expect(plain.err).toMatch(/^the sign-in was refused: access_denied\. account_locked/)
    expect(plain.err).toMatch(
      /^ {2}\S+\+07:00 {2}sign-in {8}locked at test-rp {2}account_locked: /m,
    )
    expect(JSON.parse(json.err)).toMatchObject({
      code: 'ERR_SIGN_IN_REFUSED',
      error: 'access_denied',
      errorDescription: expect.stringMatching(/^account_locked/) as string,
      journal: [{ endpoint: 'sign-in' }, { endpoint: 'authorization', decided: 'access_denied' }],
    })
  })

  test('ends with 2 when nobody has that name, and names the nearest', async () => {
    const { issuer } = await startMock()

    const { code, out, err } = await runHere(['login', '--as', 'chlid-13', '--url', issuer])

    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/^person "chlid-13" does not exist\. Did you mean "child-13"\? /)
  })
})
