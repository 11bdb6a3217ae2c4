import supertest from 'supertest'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Person } from '../../../src/index.ts'
import { Citizen } from '../../support/citizen.ts'
import { persona, request } from '../../support/journeys.ts'
import { startMock, type TestMock } from '../../support/mock.ts'
import { textOf } from '../../support/page-parts.ts'
import { relyingParty } from '../../support/relying-party.ts'

let mock: TestMock
let citizen: Citizen
let adult: Person
let credentials: { number: string; password: string }

beforeEach(async () => {
  mock = await startMock()
  citizen = new Citizen(mock)
  adult = await persona(mock, 'adult-level-2')
  credentials = { number: adult.number, password: adult.account.password }
  await request(citizen, await relyingParty(mock))
})

/** Whether the citizen's own sign-in is where it was, and can go on. */
async function expectUntouched(): Promise<void> {
  await citizen.open(citizen.path)
  expect(citizen.step).toBe('identify')
  expect(citizen.page.text).not.toContain('role="status"')
  await citizen.submit(credentials)
  expect(citizen.step).toBe('second-factor')
}

describe('another browser', () => {
  test('that has got hold of the address finds no sign-in', async () => {
    const thief = new Citizen(mock)

    await thief.open(citizen.path)

    expect(thief.page.status).toBe(404)
    expect(textOf(thief.page.text)).toContain('Không tìm thấy lần đăng nhập này')
    expect(thief.page.text).not.toContain('Cổng thử nghiệm')
    await expectUntouched()
  })

  test.each([{ do: 'cancel' }, { as: 'adult-level-2' }, {}])(
    'that has got hold of the form cannot send it: %j',
    async (extra) => {
      const thief = new Citizen(mock)
      await thief.open(citizen.path)

      await thief.submit({ ...credentials, ...extra }, citizen.form)

      expect(thief.page.status).toBe(404)
      expect(textOf(thief.page.text)).toContain('Hãy quay lại cổng dịch vụ')
      await expectUntouched()
    },
  )

  test('with a sign-in of its own cannot send its form to this one', async () => {
    const thief = new Citizen(mock)
    await request(thief, await relyingParty(mock))
    const { form } = thief
    await thief.open(citizen.path)

    await thief.submit(credentials, form)

    expect(thief.page.status).toBe(404)
    await expectUntouched()
  })
})

describe('a cookie', () => {
  /** The cookies of the sign-in's page, as this browser sends them. */
  const cookies = () =>
    citizen.agent.jar
      .getCookies({ domain: 'localhost', path: citizen.path, secure: false, script: false })
      .map(({ name, value }: { name: string; value: string }) => [name, value] as const)
  const open = (cookie: string) => supertest(mock.issuer).get(citizen.path).set('Cookie', cookie)
  const joined = (change: (name: string, value: string) => string) =>
    cookies()
      .map(([name, value]) => `${name}=${change(name, value)}`)
      .join('; ')
  const isSignature = (name: string) => name.endsWith('.sig')

  test('that is the browser’s own shows the page', async () => {
    const reply = await open(joined((_name, value) => value))

    expect(reply.status).toBe(200)
  })

  test.each<[string, (name: string, value: string) => string]>([
    ['another value', (name, value) => (isSignature(name) ? value : `${value}x`)],
    ['another signature', (name, value) => (isSignature(name) ? `A${value.slice(1)}B` : value)],
    ['no signature', (name, value) => (isSignature(name) ? '' : value)],
    ['rubbish for both', () => '%E0%A4%A"\\'],
    ['something very long', () => 'x'.repeat(6000)],
  ])('with %s is worth nothing, and the page says what to do', async (_what, change) => {
    const reply = await open(joined(change))

    expect(reply.status).toBe(404)
    expect(textOf(reply.text)).toContain('Hãy quay lại cổng dịch vụ')
    await expectUntouched()
  })

  test('is out of reach of scripts and of other sites, and has an end only where it must', async () => {
    const { url } = await (await relyingParty(mock)).begin()
    const reply = await supertest(mock.issuer).get(url.pathname + url.search)

    const lines = [reply.headers['set-cookie']].flat().map(String)
    expect(lines.length).toBeGreaterThanOrEqual(2)
    for (const line of lines) expect(line).toMatch(/; samesite=lax; httponly$/i)
    for (const line of lines) expect(line).toMatch(/^mock_vneid_default_/)
  })
})

describe('another site', () => {
  test('cannot send a form, even with this browser’s cookies and its word', async () => {
    const reply = await citizen.agent
      .post(citizen.path)
      .set('Sec-Fetch-Site', 'cross-site')
      .type('form')
      .send({ form: citizen.form, ...credentials })

    expect(reply.status).toBe(403)
    expect(textOf(reply.text)).toContain('Yêu cầu này đến từ một trang khác')
    await expectUntouched()
  })

  test('cannot show a page in a frame', async () => {
    expect(citizen.page.headers['content-security-policy']).toContain("frame-ancestors 'none'")
  })
})

describe('an address that was never given out', () => {
  test.each([
    '/sign-in/never-given-out',
    '/sign-in/%00',
    '/sign-in/%E0%A4%A',
    '/sign-in/..%2f..%2fetc%2fpasswd',
    '/sign-in/%3Cscript%3Ealert(1)%3C%2Fscript%3E',
    `/sign-in/${'x'.repeat(4000)}`,
    '/sign-in/',
    '/sign-in/a/b',
    '/sign-in/__proto__',
  ])('%s leads to a page that says what to do', async (path) => {
    const replies = [
      await citizen.agent.get(path),
      await citizen.agent
        .post(path)
        .type('form')
        .send({ form: citizen.form, ...credentials }),
    ]

    for (const reply of replies) {
      expect(reply.status).toBe(404)
      expect(reply.text).toContain('MÔ PHỎNG')
      expect(textOf(reply.text)).toContain('Hãy quay lại cổng dịch vụ')
      expect(reply.text).not.toContain('<script>alert')
    }
    await expectUntouched()
  })
})
