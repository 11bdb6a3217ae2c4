import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMockVneid, type LogEvent, type Person, type RunningMock } from '../../src/index.ts'
import { chromiumPath, launchBrowser } from '../support/browser.ts'
import { persona } from '../support/journeys.ts'
import { localServer } from '../support/local-server.ts'
import { relyingParty } from '../support/relying-party.ts'
import { openWatched, type WatchedPage } from '../support/watched-page.ts'

describe.skipIf(chromiumPath === undefined)('in Chromium', () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'mock-vneid-browser-'))
  let browser: Browser
  let mock: RunningMock
  let adult: Person
  let watched: WatchedPage
  let page: Page

  const errors: LogEvent[] = []

  // One mock for all: each test is a new browser to it.
  beforeAll(async () => {
    browser = await launchBrowser()
    const log = (event: LogEvent) => void (event.event === 'server-error' && errors.push(event))
    // Nobody is remembered from the test before.
    writeFileSync(join(dataFolder, 'settings.yaml'), 'sign_in: { consent_days: 0 }')
    mock = await startMockVneid({ portal: true, dataFolder, config: dataFolder, log })
    adult = await persona(mock, 'adult-level-2')
  })
  afterAll(async () => {
    await Promise.all([browser?.close(), mock?.close()])
    rmSync(dataFolder, { recursive: true, force: true })
  })
  afterEach(async () => {
    await watched.close()
    const complaints = [...watched.complaints, ...errors.splice(0)]
    if (complaints.length > 0) throw new Error(JSON.stringify(complaints, undefined, 2))
  })

  async function openPage(options: Parameters<typeof openWatched>[1] = {}): Promise<void> {
    watched = await openWatched(browser, options)
    page = watched.page
  }

  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const field = (name: string) => page.getByLabel(name, { exact: true })
  const heading = (name: string) => page.getByRole('heading', { name, exact: true })
  const code = () => page.locator('output.digits').innerText()

  const openSignIn = async () => {
    await page.goto(mock.portalUrl!)
    await page.getByRole('link', { name: 'Đăng nhập bằng VNeID' }).first().click()
    await heading('Đăng nhập bằng tài khoản định danh điện tử').waitFor()
  }

  /** The journey from the sign-in page to the portal, each page seen by `look`. */
  async function walkByMouse(look: () => Promise<void> = async () => undefined): Promise<void> {
    await look()
    await field('Số định danh cá nhân').fill(adult.number)
    await field('Mật khẩu').fill(adult.account.password)
    await button('Đăng nhập').click()
    await heading('Nhập mã xác nhận đăng nhập').waitFor()
    await look()
    await field('Mã xác nhận').fill(await code())
    await button('Xác nhận').click()
    await heading('Quyền, nghĩa vụ của chủ thể dữ liệu').waitFor()
    await look()
    await page.getByRole('checkbox', { name: /^Tôi đã đọc/ }).check()
    await button('Xác nhận chia sẻ').click()
    await heading('Nhập passcode').waitFor()
    await look()
    await field('Passcode').fill(adult.account.passcode)
    await button('Xác nhận').click()
    await page.waitForURL(`${mock.portalUrl}/**`)
  }

  const greeting = () => page.getByText(`Xin chào, ${adult.name}.`)

  describe.each([1280, 390, 320])('%i pixels wide, a citizen', (width) => {
    test('signs in from the portal by mouse and comes back as themselves', async () => {
      await openPage({ width })
      await page.goto(mock.portalUrl!)
      await watched.look()
      await openSignIn()

      await walkByMouse(() => watched.look())

      expect(await greeting().isVisible()).toBe(true)
      await watched.look()
      await page.getByRole('link', { name: adult.name }).click()
      await heading(adult.name).waitFor()
      await watched.look()
      expect(await page.getByRole('cell', { name: adult.number }).isVisible()).toBe(true)
    })

    test('without JavaScript gets as far', async () => {
      await openPage({ width, javaScriptEnabled: false })
      await openSignIn()

      await walkByMouse()

      expect(await greeting().isVisible()).toBe(true)
    })

    test('reads what was wrong, in focus, and what to do when it is over', async () => {
      await openPage({ width })
      await openSignIn()
      await field('Số định danh cá nhân').fill(adult.number)
      await field('Mật khẩu').fill('Matkhau@2')
      await button('Đăng nhập').click()
      await page.getByRole('alert').waitFor()
      await watched.look()
      expect(await page.evaluate('document.activeElement.id')).toBe('password')

      await button('Hủy đăng nhập').click()
      await heading('Chưa đăng nhập được').waitFor()
      await watched.look()
      await page.getByRole('button', { name: 'Quay lại Cổng dịch vụ công' }).click()
      await page.waitForURL(`${mock.portalUrl}/callback**`)

      await watched.look()
      expect(await page.getByText('Bạn đã hủy đăng nhập.').isVisible()).toBe(true)
    })
  })

  test('a citizen signs in with the keyboard alone', async () => {
    await openPage()
    await page.goto(mock.portalUrl!)
    await tabTo('Đăng nhập bằng VNeID')
    await page.keyboard.press('Enter')
    await heading('Đăng nhập bằng tài khoản định danh điện tử').waitFor()

    await tabTo('number')
    await page.keyboard.type(adult.number)
    await page.keyboard.press('Tab')
    await page.keyboard.type(adult.account.password)
    await page.keyboard.press('Enter')
    await heading('Nhập mã xác nhận đăng nhập').waitFor()
    await page.keyboard.type(await code())
    await page.keyboard.press('Enter')
    await heading('Quyền, nghĩa vụ của chủ thể dữ liệu').waitFor()
    await tabTo('agree')
    await page.keyboard.press('Space')
    await tabTo('Xác nhận chia sẻ')
    await page.keyboard.press('Enter')
    await heading('Nhập passcode').waitFor()
    await page.keyboard.type(adult.account.passcode)
    await page.keyboard.press('Enter')

    await greeting().waitFor()
    expect(page.url()).toBe(`${mock.portalUrl}/`)
  })

  /** Presses Tab until the focus is on what has this id or says this. */
  async function tabTo(idOrText: string): Promise<void> {
    const met: unknown[] = []
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab')
      const at = await page.evaluate<{ id: string; text: string }>(
        '({ id: document.activeElement.id, text: document.activeElement.textContent.trim() })',
      )
      if (at.id === idOrText || at.text === idOrText) return
      met.push(at)
    }
    throw new Error(`Tab never came to "${idOrText}", but to ${JSON.stringify(met)}`)
  }

  test('Enter in a field sends the form and never cancels it', async () => {
    await openPage()
    await openSignIn()
    await field('Số định danh cá nhân').fill(adult.number)

    await field('Số định danh cá nhân').press('Enter')
    await page.getByRole('alert').waitFor()

    expect(await page.getByRole('alert').innerText()).toContain('Hãy nhập mật khẩu.')
  })

  test('a double click on each button does no harm', async () => {
    await openPage()
    await openSignIn()
    await field('Số định danh cá nhân').fill(adult.number)
    await field('Mật khẩu').fill(adult.account.password)
    await button('Đăng nhập').dblclick()
    await heading('Nhập mã xác nhận đăng nhập').waitFor()
    await field('Mã xác nhận').fill(await code())
    await button('Xác nhận').dblclick()
    await page.getByRole('checkbox', { name: /^Tôi đã đọc/ }).check()
    await button('Xác nhận chia sẻ').dblclick()
    await field('Passcode').fill(adult.account.passcode)
    await button('Xác nhận').click()

    await greeting().waitFor()
    expect(page.url()).toBe(`${mock.portalUrl}/`)
  })

  test('one click on a persona signs in', async () => {
    await openPage()
    await openSignIn()

    await button(`Đăng nhập với tên ${adult.name}`).click()

    await greeting().waitFor()
    expect(page.url()).toBe(`${mock.portalUrl}/`)
  })

  test('one click types the code that was sent, after a number typed with a space', async () => {
    await openPage()
    await openSignIn()
    await field('Số định danh cá nhân').pressSequentially(adult.number.replace(/(?=.{6}$)/, ' '))
    await field('Mật khẩu').fill(adult.account.password)
    await button('Đăng nhập').click()

    await page.getByRole('button', { name: 'Dùng mã này' }).click()

    await heading('Quyền, nghĩa vụ của chủ thể dữ liệu').waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
  })

  test('the back button after the end shows a page that leads back to the portal', async () => {
    await openPage()
    await openSignIn()
    const signInUrl = page.url()
    await walkByMouse()

    for (let back = 0; back < 9 && page.url() !== signInUrl; back++) await page.goBack()

    await heading('Lần đăng nhập này đã kết thúc').waitFor()
    await watched.look()
    await page.getByRole('link', { name: 'Quay về Cổng dịch vụ công' }).click()
    await greeting().waitFor()
    expect(page.url()).toBe(`${mock.portalUrl}/`)
  })

  test('the language switch leads through the whole journey in English', async () => {
    await openPage({ width: 390 })
    await openSignIn()
    await page.getByRole('link', { name: 'English' }).click()
    await field('Personal identification number').fill(adult.number)
    await field('Password').fill(adult.account.password)
    await watched.look()
    await button('Sign in').click()

    await heading('Enter your sign-in code').waitFor()
    expect(await page.evaluate('document.documentElement.lang')).toBe('en')
  })

  describe('an answer by form_post', () => {
    const begin = async (javaScriptEnabled: boolean) => {
      await openPage({ javaScriptEnabled })
      const server = await localServer()
      const redirectUri = `${server.origin}/cb`
      const portal = await relyingParty(mock, { clientId: 'dev', redirectUri })
      const { url, ...secrets } = await portal.begin({ response_mode: 'form_post' })
      await page.goto(url.href)
      const redeem = () => {
        const { form } = server.received.find(({ path }) => path === '/cb')!
        return portal.redeem({ ...secrets, url: new URL(`${redirectUri}?${form.toString()}`) })
      }
      return { server, redirectUri, redeem, secrets }
    }

    test('goes on by itself', async () => {
      const { server, redirectUri, redeem } = await begin(true)

      await button(`Đăng nhập với tên ${adult.name}`).click()
      await page.waitForURL(redirectUri)

      expect(server.received[0]).toMatchObject({ method: 'POST', path: '/cb' })
      expect((await redeem()).claims()?.sub).toBe(adult.sub)
    })

    test('goes on by its button where there is no JavaScript', async () => {
      const { server, redirectUri, redeem } = await begin(false)

      await button(`Đăng nhập với tên ${adult.name}`).click()
      await page.getByRole('button', { name: 'Tiếp tục' }).click()
      await page.waitForURL(redirectUri)

      expect(server.received.filter(({ path }) => path === '/cb')).toHaveLength(1)
      expect((await redeem()).claims()?.sub).toBe(adult.sub)
    })

    test('says as much when the citizen has cancelled', async () => {
      const { server, redirectUri, secrets } = await begin(true)

      await button('Hủy đăng nhập').click()
      await page.getByRole('button', { name: 'Quay lại' }).click()
      await page.waitForURL(redirectUri)

      expect(Object.fromEntries(server.received[0]!.form)).toMatchObject({
        error: 'access_denied',
        error_description: expect.stringMatching(/^cancelled /),
        state: secrets.state,
        iss: mock.issuer,
      })
    })
  })
})
