import { once } from 'node:events'
import { request as rawRequest, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { beforeEach, describe, expect, test } from 'vitest'
import { Citizen } from '../../support/citizen.ts'
import { persona, request } from '../../support/journeys.ts'
import { startMock, type TestMock } from '../../support/mock.ts'
import { textOf } from '../../support/page-parts.ts'
import { relyingParty } from '../../support/relying-party.ts'

let mock: TestMock
let citizen: Citizen

beforeEach(async () => {
  mock = await startMock()
  citizen = new Citizen(mock)
  await request(citizen, await relyingParty(mock))
})

const isPageOfOurs = (html: string) => html.includes('MÔ PHỎNG') && !/\n\s+at .+:\d+:\d+/.test(html)

/** Posts this very body to the sign-in's page, with the browser's cookies. */
const post = (body: string | Buffer, type: string, headers: Record<string, string> = {}) =>
  citizen.agent
    .post(citizen.path)
    .set({ ...headers, 'Content-Type': type })
    .send(body)

const form = 'application/x-www-form-urlencoded'

async function expectUnmoved(): Promise<void> {
  const { number, account } = await persona(mock, 'adult-level-2')
  await citizen.open(citizen.path)
  expect(citizen.step).toBe('identify')
  await citizen.submit({ number, password: account.password })
  expect(citizen.step).toBe('second-factor')
}

describe('a body that is no form', () => {
  test.each([
    ['application/json', '{"number":"1","password":"x"}'],
    ['application/json', '{"number":'],
    ['text/plain', 'number=1&password=x'],
    ['multipart/form-data; boundary=x', '--x\r\n\r\n--x--'],
    ['application/octet-stream', 'number=1'],
    ['nonsense', 'number=1'],
  ])('(%s) is refused in words', async (type, body) => {
    const reply = await post(body, type)

    expect(reply.status).toBe(415)
    expect(isPageOfOurs(reply.text)).toBe(true)
    expect(textOf(reply.text)).toContain('Yêu cầu không hợp lệ')
    await expectUnmoved()
  })

  test('in a wrapping that nobody knows is refused in words', async () => {
    const reply = await post('number=1', form, { 'Content-Encoding': 'nonsense' })

    expect(reply.status).toBe(415)
    expect(isPageOfOurs(reply.text)).toBe(true)
    await expectUnmoved()
  })

  test('in a wrapping that is broken is refused in words', async () => {
    const reply = await post('this is not gzip', form, { 'Content-Encoding': 'gzip' })

    expect(reply.status).toBe(400)
    expect(isPageOfOurs(reply.text)).toBe(true)
    await expectUnmoved()
  })
})

describe('a form that is too large', () => {
  test('is refused by a page that says so', async () => {
    const reply = await post(`number=${'1'.repeat(17 * 1024)}`, form)

    expect(reply.status).toBe(413)
    expect(textOf(reply.text)).toContain('Dữ liệu gửi lên quá lớn')
    await expectUnmoved()
  })

  test('is refused in English to somebody who has chosen it', async () => {
    await citizen.open(`${citizen.path}?lang=en`)

    const reply = await post(`number=${'1'.repeat(17 * 1024)}`, form)

    expect(textOf(reply.text)).toContain('Too much was sent')
  })

  test('is not read to its end when it says at once how large it is', async () => {
    const cookie = citizen.agent.jar
      .getCookies({ domain: 'localhost', path: citizen.path, secure: false, script: false })
      .toValueString()
    const sent = rawRequest(`${mock.issuer}${citizen.path}`, {
      method: 'POST',
      headers: { cookie, 'content-type': form, 'content-length': 1_000_000_000 },
    })
    sent.write('number=1')
    const [reply] = (await once(sent, 'response')) as [IncomingMessage]
    const page = await text(reply)
    sent.destroy()

    expect(reply.statusCode).toBe(413)
    expect(isPageOfOurs(page)).toBe(true)
    await expectUnmoved()
  })
})

test.each([
  ['application/json', '{"error":"invalid_request","error_description":"the body has '],
  ['text/html', 'Dữ liệu gửi lên quá lớn'],
])(
  'more than an endpoint reads is refused in %s that says how much it reads',
  async (type, said) => {
    const reply = await fetch(`${mock.issuer}/token`, {
      method: 'POST',
      headers: { accept: type },
      body: new URLSearchParams({ grant_type: 'authorization_code', code: 'x'.repeat(60 * 1024) }),
    })
    const told = await reply.text()

    expect(reply.status).toBe(413)
    expect(told).toContain(said)
    expect(told).toContain('57344')
  },
)

test.each([
  ['application/json', '{"error":"invalid_request","error_description":"the body has more than '],
  ['text/html', 'Dữ liệu gửi lên quá lớn'],
])(
  'more than an endpoint reads is refused in %s as such when nobody said how much comes',
  async (type, said) => {
    const sent = rawRequest(`${mock.issuer}/token`, {
      method: 'POST',
      headers: { accept: type, 'content-type': form, 'transfer-encoding': 'chunked' },
    })
    sent.end(`grant_type=authorization_code&code=${'x'.repeat(60 * 1024)}`)
    const [reply] = (await once(sent, 'response')) as [IncomingMessage]
    const told = await text(reply)

    expect(reply.statusCode).toBe(413)
    expect(told).toContain(said)
    expect(told).toContain('57344')
    const recorded = await mock.journal.list({ endpoint: 'token' })
    expect(recorded).toMatchObject([{ status: 413, decided: 'invalid_request' }])
  },
)

describe('a form with fields that no page has', () => {
  test.each([
    'number[]=1&number[]=2&password[a][b]=c',
    '__proto__[step]=approved&constructor[prototype][x]=1&do=continue',
    'number=%E0%A4%A&password=%00%ff',
    '&&&===&=x',
    'do=cancel%00&do=cancel',
    'do=leave',
    'do=approve&step=approved&personId=adult-level-2',
    'as[]=adult-level-2',
    'as=__proto__',
    '',
  ])('"%s" moves nothing', async (body) => {
    const word = body === '' ? '' : `&form=${citizen.form}`

    const reply = await post(`${body}${word}`, form)

    expect(reply.status).toBe(303)
    expect(reply.headers['location']).toBe(citizen.path)
    await expectUnmoved()
  })

  test('a number of a thousand digits is a mistake at the field and not shown whole', async () => {
    await citizen.submit({ number: '1'.repeat(1000), password: 'x' })

    expect(citizen.page.status).toBe(422)
    expect(citizen.page.text).not.toContain('1'.repeat(201))
  })

  test('a number that is a script is shown as text', async () => {
    await citizen.submit({ number: '"><script>alert(1)</script>', password: 'x' })

    expect(citizen.page.status).toBe(422)
    expect(citizen.page.text).not.toContain('<script>alert')
    expect(citizen.page.text).toContain('&lt;script&gt;')
  })
})

test.each(['put', 'patch', 'delete', 'options'] as const)(
  'a page that is asked for by %s is answered in words',
  async (method) => {
    const reply = await citizen.agent[method](citizen.path)

    expect(reply.status).toBe(404)
    expect(isPageOfOurs(reply.text)).toBe(true)
    await expectUnmoved()
  },
)
