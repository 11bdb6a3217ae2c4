import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startMockVneid, type RunningMock } from '../../src/index.ts'
import { Browser, hiddenField } from './support/browser.ts'

const dataFolder = mkdtempSync(join(tmpdir(), 'mock-vneid-portal-'))
let mock: RunningMock
let portal: string
let browser: Browser

beforeAll(async () => {
  mock = await startMockVneid({ portal: true, dataFolder })
  portal = mock.portalUrl ?? ''
})
beforeEach(() => {
  browser = new Browser()
})
afterAll(async () => {
  await mock.close()
  rmSync(dataFolder, { recursive: true, force: true })
})

/** The next sign-in of this browser is that persona, without pages. */
function be(persona: string): void {
  browser.cookies.set('mock_vneid_as', persona)
}

test('a person with a level 2 account signs in and files at a service of level 2', async () => {
  be('adult-level-2')
  const form = await browser.visit(`${portal}/services/passport/apply`)
  const csrf = hiddenField(form.html, 'csrf')

  const filed = await browser.visit(`${portal}/services/passport/apply`, { csrf })

  expect(filed.url).toMatch(/\/filings\/MAU-\d{8}-\d{6}$/)
})

test('a person with a level 1 account signs in, and is told why level 2 is out of reach', async () => {
  be('adult-level-1')
  const profile = await browser.visit(`${portal}/login?return_to=/profile`)

  const refused = await browser.visit(`${portal}/services/passport/apply`)

  expect(profile.html).toContain('urn:mock-vneid:level:1')
  expect(refused.status).toBe(403)
  expect(refused.html).toContain('yêu cầu tài khoản định danh điện tử mức độ 02')
})

test('a person steps up to a biometric sign-in where the service wants one', async () => {
  be('adult-level-2')
  await browser.visit(`${portal}/login`)

  const form = await browser.visit(`${portal}/services/land-change/apply`)

  expect(form.url).toBe(`${portal}/services/land-change/apply`)
  const { html } = await browser.visit(`${portal}/profile`)
  expect(html).toContain('urn:mock-vneid:authentication:4')
})

test('a person whose account is locked is told so in words', async () => {
  be('locked')

  const refused = await browser.visit(`${portal}/login`)

  expect(refused.status).toBe(403)
  expect(refused.html).toContain('Tài khoản định danh điện tử của bạn đang bị khóa.')
})

test('signing out ends both sessions', async () => {
  be('adult-level-2')
  const { html } = await browser.visit(`${portal}/login?return_to=/profile`)

  const seen = await browser.visit(`${portal}/logout`, { csrf: hiddenField(html, 'csrf') })

  expect(seen.url).toContain(`${portal}/signed-out?state=`)
  expect(seen.html).toContain('Bạn đã đăng xuất')
  browser.cookies.delete('mock_vneid_as')
  const next = await browser.visit(`${portal}/login`)
  expect(next.url).toContain(`${mock.issuer}/sign-in/`)
})

test('another person who signs in at the provider ends the first one’s session by back-channel', async () => {
  be('adult-level-2')
  const first = await browser.visit(`${portal}/login?return_to=/profile`)
  const tab = new Browser()
  tab.cookies.set('mock_portal', browser.cookies.get('mock_portal') ?? '')
  browser.cookies.delete('mock_portal')
  be('adult-level-1')

  await browser.visit(`${portal}/login`)

  expect(first.status).toBe(200)
  await expect
    .poll(async () => (await tab.ask(`${portal}/profile`)).status, { timeout: 5000 })
    .toBe(303)
})

test('another person signs in in the same browser, and has nothing of the first', async () => {
  be('child-5')
  const form = await browser.visit(`${portal}/services/temporary-absence/apply`)
  const filed = await browser.visit(`${portal}/services/temporary-absence/apply`, {
    csrf: hiddenField(form.html, 'csrf'),
  })
  be('adult-level-2')

  const seen = await browser.visit(`${portal}/login?account=other&return_to=/profile`)

  expect(filed.html).toContain('MAU-')
  expect(seen.status).toBe(200)
  expect(seen.url).toBe(`${portal}/profile`)
  expect(seen.html).toContain('<h1>Nguyễn Thị Minh Anh</h1>')
  expect(seen.html).not.toContain('MAU-')
})

test('two persons sign in from two tabs of one browser, and the second stays', async () => {
  const left = await browser.redirect(`${portal}/login?return_to=/profile`)
  const right = await browser.redirect(`${portal}/login?return_to=/profile`)
  be('child-5')
  const first = await browser.visit(left)
  be('adult-level-2')
  // The automatic user comes only where nobody is signed in yet.
  right.searchParams.set('prompt', 'login')

  const second = await browser.visit(right)

  expect(first.html).toContain('<h1>Phạm Ngọc Diệp</h1>')
  expect(second.html).toContain('<h1>Nguyễn Thị Minh Anh</h1>')
})

describe('the page of a service says what lies ahead', () => {
  const ahead = async (service: string) => {
    const { html } = await browser.visit(`${portal}/services/${service}`)
    return { html, text: /<p>((?:Cổng chưa|Lần đăng|Bạn ).*?)<\/p>/.exec(html)?.[1] ?? '' }
  }
  const other = 'href="/login?return_to=%2Fservices%2Fpassport%2Fapply&amp;account=other"'

  test('to nobody in particular: signing in', async () => {
    expect((await ahead('passport')).text).toContain('chuyển sang trang đăng nhập')
  })

  test('to an account of a level too low: that only another account will do', async () => {
    be('adult-level-1')
    await browser.visit(`${portal}/login`)

    const { html, text } = await ahead('passport')

    expect(text).toContain('tài khoản mức độ 01, còn dịch vụ này cần tài khoản mức độ 02')
    expect(html).toContain(other)
  })

  test('to an account whose level is high enough: that it will be confirmed', async () => {
    be('adult-level-2')
    await browser.visit(`${portal}/login`)

    const { html, text } = await ahead('passport')

    expect(text).toContain('Cổng chưa nhận được xác nhận')
    expect(html).not.toContain(other)
  })

  test('to a guardian who acts for a child of level 1: that their own will be confirmed', async () => {
    be('guardian-of-two:child-5')
    await browser.visit(`${portal}/login`)

    expect((await ahead('passport')).text).toContain('Cổng chưa nhận được xác nhận')
  })

  test('to a sign-in that is too weak: more authentication', async () => {
    be('adult-level-2')
    await browser.visit(`${portal}/services/passport/apply`)

    const { text } = await ahead('land-change')

    expect(text).toContain('chưa đạt xác thực mức độ 04')
  })

  test('to whoever may file: nothing', async () => {
    be('adult-level-2')
    await browser.visit(`${portal}/services/passport/apply`)

    expect((await ahead('passport')).text).toBe('')
  })
})
