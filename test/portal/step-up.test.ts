import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Browser, hiddenField } from './support/browser.ts'
import { startPortal, type TestPortal } from './support/portal.ts'
import { authentication4, level1, level2 } from './support/provider.ts'

let portal: TestPortal
let browser: Browser

beforeEach(async () => {
  portal = await startPortal()
  browser = new Browser()
})
afterEach(() => portal.close())

function essentialAcr(request: URL): unknown {
  return JSON.parse(request.searchParams.get('claims') ?? '{}')
}

describe('a service of level 2', () => {
  test('asks for that level as essential, also of a person signed in at level 1', async () => {
    await browser.visit(`${portal.url}/login`)

    const request = await browser.redirect(`${portal.url}/services/passport/apply`)

    expect(essentialAcr(request)).toEqual({ id_token: { acr: { essential: true, value: level2 } } })
    expect(request.searchParams.has('acr_values')).toBe(false)
  })

  test('takes the case of a person whose account has that level', async () => {
    const form = await browser.visit(`${portal.url}/services/passport/apply`)
    const csrf = hiddenField(form.html, 'csrf')

    const filed = await browser.visit(`${portal.url}/services/passport/apply`, { csrf })

    expect(filed.url).toMatch(/\/filings\/MAU-20260115-\d{6}$/)
    expect(filed.html).toContain('Cấp hộ chiếu phổ thông')
    const profile = await browser.visit(`${portal.url}/profile`)
    expect(profile.html).toContain('Cấp hộ chiếu phổ thông')
  })

  test('explains to a person with a level 1 account why not, who stays signed in', async () => {
    portal.provider.answer.acrs = [level1]
    await browser.visit(`${portal.url}/login`)

    const seen = await browser.visit(`${portal.url}/services/passport/apply`)

    expect(seen.status).toBe(403)
    expect(seen.html).toContain('yêu cầu tài khoản định danh điện tử mức độ 02')
    expect(seen.html).toContain('href="/services/passport/apply"')
    expect(seen.html).toContain('account=other')
    expect((await browser.visit(`${portal.url}/profile`)).html).toContain(level1)
  })

  test('is not fooled by an answer that shows another level than the one needed', async () => {
    const request = await browser.redirect(`${portal.url}/services/passport/apply`)
    request.searchParams.delete('claims')
    request.searchParams.set('acr_values', level1)

    const seen = await browser.visit(request)

    expect(seen.status).toBe(403)
    expect(seen.html).toContain('Tài khoản chưa đủ mức độ')
  })

  test('forgets the level that another person has shown in this browser', async () => {
    await browser.visit(`${portal.url}/services/passport/apply`)
    portal.provider.answer.sub = 'sub-of-bo'
    await browser.visit(`${portal.url}/login`)

    const request = await browser.redirect(`${portal.url}/services/passport/apply`)

    expect(essentialAcr(request)).toEqual({ id_token: { acr: { essential: true, value: level2 } } })
  })
})

describe('a service of level 1', () => {
  test('takes the case of a person who signed in and no more', async () => {
    await browser.visit(`${portal.url}/login`)

    const form = await browser.visit(`${portal.url}/services/temporary-absence/apply`)

    expect(form.url).toBe(`${portal.url}/services/temporary-absence/apply`)
    expect(form.html).toContain('000190000001')
  })

  test('asks for level 1 as essential when the person has not signed in', async () => {
    const request = await browser.redirect(`${portal.url}/services/temporary-absence/apply`)

    expect(essentialAcr(request)).toEqual({ id_token: { acr: { essential: true, value: level1 } } })
  })
})

describe('a service that minds how strongly the person signed in', () => {
  test('asks for the authentication level once the account level is shown', async () => {
    portal.provider.answer.acrs = [level2, authentication4]
    const accountLevel = await browser.redirect(`${portal.url}/services/land-change/apply`)
    const back = await browser.redirect(await browser.redirect(accountLevel))

    const request = await browser.redirect(back)

    expect(essentialAcr(accountLevel)).toMatchObject({ id_token: { acr: { value: level2 } } })
    expect(essentialAcr(request)).toMatchObject({ id_token: { acr: { value: authentication4 } } })
    expect((await browser.visit(request)).url).toBe(`${portal.url}/services/land-change/apply`)
  })

  test('explains why not when the authentication stays too weak', async () => {
    const seen = await browser.visit(`${portal.url}/services/land-change/apply`)

    expect(seen.status).toBe(403)
    expect(seen.html).toContain('yêu cầu xác thực mức độ 04')
  })
})

describe('a form that another site posts', () => {
  test('is not taken', async () => {
    await browser.visit(`${portal.url}/services/passport/apply`)

    const seen = await browser.visit(`${portal.url}/services/passport/apply`, { csrf: 'guessed' })

    expect(seen.status).toBe(403)
    expect(seen.html).toContain('Không nhận được biểu mẫu này')
  })
})
