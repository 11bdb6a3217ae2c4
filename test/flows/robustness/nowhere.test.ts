import { describe, expect, test } from 'vitest'
import { startMock } from '../../support/mock.ts'

async function ask(issuer: string, path: string, init: RequestInit = {}) {
  const reply = await fetch(issuer + path, { redirect: 'manual', ...init })
  const type = reply.headers.get('content-type') ?? ''
  return { status: reply.status, type, headers: reply.headers, body: await reply.text() }
}

const asBrowser = (more: Record<string, string> = {}) => ({
  headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', ...more },
})

describe('a page asked for by a method that it does not know', () => {
  test.each([
    ['PUT', '/', 'GET, HEAD'],
    ['DELETE', '/', 'GET, HEAD'],
    ['PUT', '/shared-data', 'GET, HEAD, POST'],
    ['OPTIONS', '/shared-data', 'GET, HEAD, POST'],
  ])('says so, and which it knows: %s %s', async (method, path, allow) => {
    const { issuer } = await startMock()

    const { status, headers, body } = await ask(issuer, path, { method })

    expect({ status, allow: headers.get('allow') }).toEqual({ status: 405, allow })
    expect(body).toContain('Trang này không nhận yêu cầu kiểu đó')
    expect(body).toContain(`href="${issuer}/"`)
  })
})

describe('a path that leads nowhere', () => {
  test.each([
    ['/nonsense', 'Không có trang này'],
    ['/session/end/foo', 'Không có trang này'],
    ['/auth/a/b/c', 'Không có trang này'],
    ['/token', 'Không có trang này'],
    ['/w/x', 'Không có thế giới này'],
  ])(
    'shows a browser a page with the mark, what to do and the way home: %s',
    async (path, heading) => {
      const { issuer } = await startMock()

      const { status, type, headers, body } = await ask(issuer, path, asBrowser())

      expect({ status, type }).toEqual({ status: 404, type: 'text/html; charset=utf-8' })
      expect(body).toContain('MÔ PHỎNG')
      expect(body).toContain(heading)
      expect(body).toContain(`href="${issuer}/"`)
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    },
  )

  test('shows it in the language that was chosen', async () => {
    const { issuer } = await startMock()
    const { headers } = await ask(issuer, '/?lang=en')
    const cookie = headers.get('set-cookie')!.split(';', 1)[0]!

    const { body } = await ask(issuer, '/nonsense', asBrowser({ cookie }))

    expect(body).toContain('There is no such page')
  })

  test('tells a program in JSON, with where to look', async () => {
    const { issuer } = await startMock()

    const { status, type, body } = await ask(issuer, '/nonsense', { method: 'POST' })

    expect({ status, type }).toEqual({ status: 404, type: 'application/json; charset=utf-8' })
    expect(JSON.parse(body)).toEqual({
      error: 'not_found',
      error_description: `there is no POST /nonsense here. ${issuer}/.well-known/openid-configuration lists what there is`,
    })
  })
})
