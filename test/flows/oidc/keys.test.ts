import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeProtectedHeader } from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startMockVneid } from '../../../src/index.ts'
import { Citizen } from '../../support/citizen.ts'
import { pass, refusalOf } from '../../support/journeys.ts'
import { startMock, type TestMock } from '../../support/mock.ts'
import { relyingParty } from '../../support/relying-party.ts'

interface Jwk {
  kid: string
  alg: string
  use: string
  kty: string
}

let dataFolder: string

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'mock-vneid-keys-'))
})
afterEach(() => rmSync(dataFolder, { recursive: true, force: true }))

const keysOf = async (issuer: string) =>
  ((await (await fetch(`${issuer}/jwks`)).json()) as { keys: Jwk[] }).keys

const rsaFile = () => readdirSync(dataFolder).find((file) => file.startsWith('rs256-'))

const portOf = (issuer: string) => Number(new URL(issuer).port)

/** Closes, and lets this process's own connections notice it. */
async function close(mock: TestMock): Promise<void> {
  await mock.close()
  await expect(fetch(mock.issuer)).rejects.toThrow('fetch failed')
}

describe('the keys', () => {
  test('are one for RS256 and one for ES256, and only their public halves are shown', async () => {
    const { issuer } = await startMock({ dataFolder })

    const keys = await keysOf(issuer)

    expect(keys.map(({ alg, use, kty }) => [alg, use, kty])).toEqual([
      ['RS256', 'sig', 'RSA'],
      ['ES256', 'sig', 'EC'],
    ])
    for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi'])
      for (const key of keys) expect(key).not.toHaveProperty(secret)
  })

  test('of RSA are not made on the start path: discovery answers, the JWKS waits', async () => {
    const mock = await startMock({ dataFolder })
    const atStart = rsaFile()

    const [rsa] = await keysOf(mock.issuer)

    expect(atStart).toBeUndefined()
    expect(rsaFile()).toBe(`${rsa!.kid}.json`)
  })

  test('of RSA are made once, however many ask for the first', async () => {
    const mock = await startMock({ dataFolder })
    const portal = await relyingParty(mock)

    const signedIn = await Promise.all(
      Array.from({ length: 5 }, () => portal.tokensFor('adult-level-2')),
    )

    const [rsa] = await keysOf(mock.issuer)
    const kids = signedIn.map(({ tokens }) => decodeProtectedHeader(tokens.id_token!).kid)
    expect(new Set(kids)).toEqual(new Set([rsa!.kid]))
    expect(readdirSync(dataFolder).toSorted()).toEqual(
      ['.gitignore', 'keys.json', `${rsa!.kid}.json`].toSorted(),
    )
  })

  test.skipIf(process.platform === 'win32')('are readable by their owner only', async () => {
    await keysOf((await startMock({ dataFolder })).issuer)

    for (const file of ['keys.json', rsaFile()!])
      expect([file, statSync(join(dataFolder, file)).mode & 0o777]).toEqual([file, 0o600])
  })

  test('are kept out of git by the folder itself', async () => {
    await startMock({ dataFolder })

    expect(readFileSync(join(dataFolder, '.gitignore'), 'utf8')).toBe('*\n')
  })

  test('are the same for two that start at the same moment', async () => {
    const [one, other] = await Promise.all([startMock({ dataFolder }), startMock({ dataFolder })])

    await expect(keysOf(one.issuer)).resolves.toEqual(await keysOf(other.issuer))
  })

  test('that cannot be read stop the start with the next step', async () => {
    writeFileSync(join(dataFolder, 'keys.json'), '{ broken')

    await expect(startMockVneid({ dataFolder })).rejects.toMatchObject({
      code: 'ERR_KEYS_UNREADABLE',
      message: expect.stringMatching(/keys\.json" cannot be read\. Delete it/),
    })
  })
})

describe('after a restart', () => {
  test('the keys are the same, and an old ID token is still understood', async () => {
    const before = await startMock({ dataFolder })
    const { tokens } = await (await relyingParty(before)).tokensFor('adult-level-2')
    const keys = await keysOf(before.issuer)
    await close(before)
    const mock = await startMock({ dataFolder, port: portOf(before.issuer) })
    const portal = await relyingParty(mock)

    const hinted = await pass(new Citizen(mock), portal, {
      prompt: 'none',
      id_token_hint: tokens.id_token!,
    })

    await expect(keysOf(mock.issuer)).resolves.toEqual(keys)
    expect(refusalOf(hinted.url).error).toBe('login_required')
  })

  test('with another folder the keys are others, and an old ID token is refused', async () => {
    const before = await startMock()
    const { tokens } = await (await relyingParty(before)).tokensFor('adult-level-2')
    await close(before)
    const mock = await startMock({ dataFolder, port: portOf(before.issuer) })
    const portal = await relyingParty(mock)

    const hinted = await pass(new Citizen(mock), portal, {
      prompt: 'none',
      id_token_hint: tokens.id_token!,
    })

    expect(refusalOf(hinted.url).error).toBe('invalid_request')
  })
})
