import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Citizen } from '../../support/citizen.ts'
import { pass, persona, request, signInOnPages } from '../../support/journeys.ts'
import { startMock, type TestMock } from '../../support/mock.ts'
import { textOf } from '../../support/page-parts.ts'
import { relyingParty, type RelyingParty } from '../../support/relying-party.ts'

let dataFolder: string
let mock: TestMock
let portal: RelyingParty
let citizen: Citizen

beforeEach(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'mock-vneid-restart-'))
  mock = await startMock({ dataFolder })
  portal = await relyingParty(mock)
  citizen = new Citizen(mock)
})
afterEach(() => rmSync(dataFolder, { recursive: true, force: true }))

/** Ends the mock and starts another where it was, as Ctrl-C and `npm start` do. */
async function restart(folder = dataFolder): Promise<void> {
  const port = Number(new URL(mock.issuer).port)
  await mock.close()
  mock = await startMock({ port, dataFolder: folder })
  // Connections to the one that ended may still be in this process's pool, and fail once.
  await expect
    .poll(() =>
      fetch(`${mock.issuer}/jwks`).then(
        ({ ok }) => ok,
        () => false,
      ),
    )
    .toBe(true)
}

describe('a restart in the middle of a sign-in', () => {
  beforeEach(async () => {
    const { number, account } = await persona(mock, 'adult-level-2')
    await request(citizen, portal)
    await citizen.submit({ number, password: account.password })
  })

  test.each([
    ['vi', 'Máy chủ vừa khởi động lại', 'Hãy quay lại cổng dịch vụ và bắt đầu đăng nhập lại.'],
    ['en', 'The server has been restarted', 'Go back to the portal and start signing in again.'],
  ])('says so in %s when the form is sent', async (language, heading, advice) => {
    const { code } = citizen
    await citizen.open(`${citizen.path}?lang=${language}`)
    await restart()

    await citizen.submit({ code })

    expect(citizen.page.status).toBe(410)
    expect(textOf(citizen.page.text)).toContain(heading)
    expect(textOf(citizen.page.text)).toContain(advice)
  })

  test('speaks the language that the relying party asked for, and leads on', async () => {
    await request(citizen, portal, { ui_locales: 'en' })
    await restart()

    await citizen.open(citizen.path)

    const text = textOf(citizen.page.text)
    expect(text).toContain('The server has been restarted')
    expect(text.match(/portal and start signing in/g)).toHaveLength(1)
    const [, home] = /<a class="button" href="([^"]+)"/.exec(citizen.page.text)!
    expect(textOf((await citizen.open(home!)).text)).toContain('Registered portals')
  })

  test('says so when the page is loaded again', async () => {
    await restart()

    await citizen.open(citizen.path)

    expect(citizen.page.status).toBe(410)
    expect(textOf(citizen.page.text)).toContain('Máy chủ vừa khởi động lại')
  })

  test('leaves a browser that can sign in anew', async () => {
    await restart()
    await citizen.submit({ code: '123456' })
    const person = await persona(mock, 'adult-level-2')

    const tokens = await portal.redeem(await signInOnPages(citizen, portal, person))

    expect(tokens.claims()?.sub).toBe(person.sub)
  })

  test('with all keys lost too ends in words, and the browser can sign in anew', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'mock-vneid-restart-'))
    await restart(elsewhere)
    await citizen.submit({ code: '123456' })
    expect([404, 410]).toContain(citizen.page.status)
    expect(textOf(citizen.page.text)).toContain('bắt đầu đăng nhập lại')

    const callback = await signInOnPages(
      citizen,
      await relyingParty(mock),
      await persona(mock, 'adult-level-2'),
    )

    expect(callback.url.searchParams.has('code')).toBe(true)
    rmSync(elsewhere, { recursive: true, force: true })
  })
})

describe('a restart after a sign-in', () => {
  test('forgets who was signed in, and says so to a relying party that asks silently', async () => {
    await signInOnPages(citizen, portal, await persona(mock, 'adult-level-2'))
    await restart()

    const { url } = await pass(citizen, portal, { prompt: 'none' })

    expect(url.searchParams.get('error')).toBe('login_required')
  })

  test('leaves ID tokens that can still be verified: the keys are the same', async () => {
    const before = await publishedKeys()
    await restart()

    expect(before.length).toBeGreaterThan(0)
    expect(await publishedKeys()).toEqual(before)
  })
})

async function publishedKeys(): Promise<unknown[]> {
  const response = await fetch(`${mock.issuer}/jwks`)
  return ((await response.json()) as { keys: unknown[] }).keys
}

test('a mock that is closed twice is closed', async () => {
  await mock.close()

  await expect(mock.close()).resolves.toBeUndefined()
})
