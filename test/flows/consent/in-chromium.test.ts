import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startMockVneid, type Person, type RunningMock } from '../../../src/index.ts'
import { chromiumPath, launchBrowser } from '../../support/browser.ts'
import { persona } from '../../support/journeys.ts'
import { localServer } from '../../support/local-server.ts'
import { relyingParty } from '../../support/relying-party.ts'
import { openWatched, type WatchedPage } from '../../support/watched-page.ts'

const scope = 'openid profile phone email vneid vneid:identity vneid:documents'

describe.skipIf(chromiumPath === undefined)('in Chromium, consent', () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'mock-vneid-consent-'))
  let browser: Browser
  let mock: RunningMock
  let adult: Person
  let watched: WatchedPage
  let page: Page

  beforeAll(async () => {
    browser = await launchBrowser()
    mock = await startMockVneid({ dataFolder, log: () => undefined })
    adult = await persona(mock, 'adult-level-2')
  })
  afterAll(async () => {
    await Promise.all([browser?.close(), mock?.close()])
    rmSync(dataFolder, { recursive: true, force: true })
  })
  afterEach(async () => {
    await watched.close()
    if (watched.complaints.length > 0) throw new Error(watched.complaints.join('\n'))
  })

  /** A browser at the page of consent, and what its relying party is told in the end. */
  async function atConsent(
    options: Parameters<typeof openWatched>[1] & { language?: string } = {},
  ) {
    watched = await openWatched(browser, options)
    page = watched.page
    const server = await localServer()
    const portal = await relyingParty(mock, {
      clientId: 'dev',
      redirectUri: `${server.origin}/cb`,
    })
    const asked = { scope, prompt: 'consent', ui_locales: options.language ?? 'vi' }
    const { url, ...secrets } = await portal.begin(asked)
    await page.goto(url.href)
    await page.locator('#number').fill(adult.number)
    await page.locator('#password').fill(adult.account.password)
    await page.locator('#password').press('Enter')
    await page.locator('#code').fill(await page.locator('output.digits').innerText())
    await page.locator('#code').press('Enter')
    await page.locator('#agree').waitFor()
    const finish = async () => {
      await page.locator('#passcode').fill(adult.account.passcode)
      await page.locator('#passcode').press('Enter')
      await page.waitForURL(/\/cb\?/)
      const tokens = await portal.redeem({ ...secrets, url: new URL(page.url()) })
      return portal.userinfo(tokens.access_token, adult.sub)
    }
    return { finish }
  }

  const box = (name: RegExp) => page.getByRole('checkbox', { name })
  const button = (name: RegExp) => page.getByRole('button', { name })

  describe.each([1280, 390, 320])('%i pixels wide', (width) => {
    test.each(['vi', 'en'])(
      'can be read and used by everybody, in the language %s',
      async (language) => {
        await atConsent({ width, language })

        await watched.look()
        await page.goto(`${mock.issuer}/shared-data?lang=${language}`)
        await watched.look()

        expect(await page.evaluate('document.documentElement.lang')).toBe(language)
      },
    )

    test('is given and withdrawn without JavaScript', async () => {
      const { finish } = await atConsent({ width, javaScriptEnabled: false })
      await box(/^Thư điện tử/).uncheck()
      await box(/^Giấy phép lái xe/).uncheck()
      await box(/^Tôi đã đọc/).check()
      await button(/^Xác nhận chia sẻ$/).click()

      const userinfo = await finish()

      expect(userinfo).toMatchObject({ phone_number: adult.phone, health_insurance: {} })
      expect(userinfo).not.toHaveProperty('email')
      expect(userinfo).not.toHaveProperty('driving_licence')
      await page.goto(`${mock.issuer}/shared-data`)
      await button(/^Thu hồi.*Cổng đang phát triển/).click()
      await page.getByRole('status').waitFor()
      expect(await page.getByRole('status').innerText()).toContain('Cổng đang phát triển')
    })
  })

  test('is given with the keyboard alone', async () => {
    const { finish } = await atConsent()
    await tabTo('share-email')
    await page.keyboard.press('Space')
    await tabTo('agree')
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
    await page.locator('#passcode').waitFor()

    const userinfo = await finish()

    expect(userinfo).toHaveProperty('phone_number')
    expect(userinfo).not.toHaveProperty('email')
  })

  test('says what was wrong where the focus is, and is withdrawn with the keyboard', async () => {
    const { finish } = await atConsent()
    await button(/^Xác nhận chia sẻ$/).click()
    await page.getByRole('alert').waitFor()
    await watched.look()
    expect(await page.evaluate('document.activeElement.id')).toBe('agree')
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
    await page.locator('#passcode').waitFor()
    await finish()

    await page.goto(`${mock.issuer}/shared-data`)
    await watched.look()
    for (let presses = 0; presses < 20; presses++) {
      await page.keyboard.press('Tab')
      if ((await page.evaluate('document.activeElement.tagName')) === 'BUTTON') break
    }
    await page.keyboard.press('Enter')
    await page.getByRole('status').waitFor()
    await watched.look()

    expect(await button(/^Thu hồi/).count()).toBe(0)
  })

  async function tabTo(id: string): Promise<void> {
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab')
      if ((await page.evaluate('document.activeElement.id')) === id) return
    }
    throw new Error(`Tab never came to "${id}"`)
  }
})
