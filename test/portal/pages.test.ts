import request from 'supertest'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { services, startPortal, type TestPortal } from './support/portal.ts'

let portal: TestPortal

afterEach(() => portal.close())

describe('the portal', () => {
  beforeEach(async () => {
    portal = await startPortal()
  })

  test('lists every service with its level on the home page', async () => {
    const { text } = await request(portal.url).get('/').expect(200)

    for (const service of services()) {
      expect(text).toContain(`href="/services/${service.id}"`)
      expect(text).toContain(service.name.vi)
    }
    expect(text.match(/portal-level--[12]/g)).toHaveLength(25)
  })

  test.each(['ho chieu', 'HỘ CHIẾU', 'passport'])('finds the passport by "%s"', async (query) => {
    const { text } = await request(portal.url).get('/').query({ q: query }).expect(200)

    expect(text.match(/href="\/services\/[^"]+"/g)).toEqual(['href="/services/passport"'])
  })

  test('shows what was searched for as text, never as markup', async () => {
    const { text } = await request(portal.url).get('/').query({ q: '"><script>' }).expect(200)

    expect(text).not.toContain('<script>')
  })

  test('offers VNeID as the only way in', async () => {
    const { text } = await request(portal.url).get('/')

    expect(text).toContain('Đăng nhập bằng VNeID')
    expect(text).not.toContain('type="password"')
  })

  test('speaks Vietnamese first, and English to whoever asks, from then on', async () => {
    const agent = request.agent(portal.url)

    const first = await agent.get('/').set('accept-language', 'en')
    await agent.get('/?lang=en')
    const later = await agent.get('/services/passport')

    expect(first.text).toContain('<html lang="vi">')
    expect(later.text).toContain('Ordinary passport')
    expect(later.text).toContain('href="/services/passport?lang=vi"')
  })

  test('marks every page as a simulation and lets it run no script', async () => {
    const { text, headers } = await request(portal.url).get('/services/passport')

    expect(text).toContain('MÔ PHỎNG')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['content-security-policy']).not.toContain('script-src')
  })

  test.each(['/nowhere', '/services/nothing', '/services/nothing/apply', '/filings/MAU-1'])(
    'has a page that says so when there is none at %s',
    async (path) => {
      const { text } = await request(portal.url).get(path).expect(404)

      expect(text).toContain('Không có trang này')
    },
  )

  test('never links to another host, whatever the address was', async () => {
    const { text } = await request(portal.url).get('//thief.example/').expect(404)

    expect(text).not.toContain('thief.example')
  })

  test('answers a form too large with a page', async () => {
    const { text } = await request(portal.url)
      .post('/logout')
      .type('form')
      .send({ csrf: 'x'.repeat(40_000) })
      .expect(413)

    expect(text).toContain('Yêu cầu không hợp lệ')
  })
})
