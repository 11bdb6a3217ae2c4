import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startMockVneid, type LogEvent, type RunningMock } from '../../src/index.ts'
import { dataFolder } from '../support/mock.ts'
import { relyingParty } from '../support/relying-party.ts'
import { oddPath, requestsTo, wishes, type Endpoint } from './malformed.ts'
import { cookiesOf, expectDecent, get, takeFaults, Wire, type WireRequest } from './wire.ts'

const request = {
  client_id: 'test-rp',
  redirect_uri: 'http://localhost:8080/cb',
  response_type: 'code',
  scope: 'openid profile vneid',
  state: 'a-state',
  nonce: 'a-nonce',
}

const headers = {
  authorization: `Basic ${Buffer.from('test-rp:test-rp-secret').toString('base64')}`,
}

const endpoints: Endpoint[] = [
  { method: 'GET', path: '/', parameters: { lang: 'en' } },
  { method: 'GET', path: '/auth', parameters: request },
  { method: 'GET', path: '/auth', parameters: { ...request, login_hint: 'auto:adult-level-2' } },
  { method: 'GET', path: '/auth/x', parameters: { client_id: 'test-rp' } },
  {
    method: 'POST',
    path: '/token',
    parameters: {
      grant_type: 'authorization_code',
      code: 'x',
      redirect_uri: 'y',
      code_verifier: 'z',
    },
    headers,
  },
  {
    method: 'POST',
    path: '/token',
    parameters: { grant_type: 'refresh_token', refresh_token: 'x' },
    headers,
  },
  { method: 'POST', path: '/request', parameters: request, headers },
  { method: 'GET', path: '/me', headers: { authorization: 'Bearer x' } },
  { method: 'POST', path: '/me', parameters: { access_token: 'x' } },
  { method: 'POST', path: '/token/introspection', parameters: { token: 'x' }, headers },
  { method: 'POST', path: '/token/revocation', parameters: { token: 'x' }, headers },
  {
    method: 'GET',
    path: '/session/end',
    parameters: { client_id: 'test-rp', post_logout_redirect_uri: 'http://localhost:8080/' },
  },
  { method: 'POST', path: '/session/end', parameters: { client_id: 'test-rp', logout_hint: 'x' } },
  { method: 'POST', path: '/session/end/confirm', parameters: { xsrf: 'x', logout: 'yes' } },
  { method: 'GET', path: '/session/end/success', parameters: { client_id: 'test-rp' } },
  { method: 'GET', path: '/jwks' },
  { method: 'GET', path: '/.well-known/openid-configuration' },
  { method: 'GET', path: '/.well-known/oauth-authorization-server' },
  { method: 'GET', path: '/sign-in/x', parameters: { lang: 'en' } },
  { method: 'POST', path: '/sign-in/x', parameters: { form: 'x', do: 'continue', number: '1' } },
  { method: 'GET', path: '/assets/x' },
]

const events: LogEvent[] = []
let mock: RunningMock
let wire: Wire

beforeAll(async () => {
  mock = await startMockVneid({ dataFolder, log: (event) => events.push(event) })
  wire = new Wire(mock.issuer)
})

afterAll(async () => {
  wire.close()
  await mock.close()
})

async function expectDecentAnswer(sent: WireRequest): Promise<void> {
  expectDecent(await wire.send(sent))
  expect(takeFaults(events)).toEqual([])
}

describe('the provider, sent requests that nobody would send', () => {
  test.each(endpoints)('answers them decently at $method $path', async (endpoint) => {
    const anyRequest = fc.asyncProperty(requestsTo(endpoint), expectDecentAnswer)

    await fc.assert(anyRequest, { seed: 69, numRuns: 400 })
  })

  test('answers a right request with any wish decently, and the page that it leads to', async () => {
    const anyWish = fc.asyncProperty(wishes, async (wish) => {
      const asked = String(new URLSearchParams({ ...request, ...(wish as Record<string, string>) }))
      const reply = await wire.send(get(`/auth?${asked}`))
      const location = String(reply.headers['location'])

      expectDecent(reply)
      expect(takeFaults(events)).toEqual([])
      if (location.startsWith('/sign-in/'))
        await expectDecentAnswer(get(location, { cookie: cookiesOf(reply) }))
    })

    await fc.assert(anyWish, { seed: 69, numRuns: 800 })
  })

  test('answers paths that lead nowhere decently', async () => {
    const anyPath = fc.asyncProperty(oddPath, async (path) => expectDecentAnswer(get(path)))

    await fc.assert(anyPath, { seed: 69, numRuns: 400 })

    expect(takeFaults(events)).toEqual([])
  })

  test('signs people in after all that', async () => {
    const portal = await relyingParty(mock)

    const { claims } = await portal.tokensFor('adult-level-2')

    expect(claims).toMatchObject({ acr: 'urn:mock-vneid:level:2' })
  })
})

describe('a sign-in that is under way, sent forms that nobody would send', () => {
  const step = {
    form: 'x',
    do: 'continue',
    as: 'adult-level-2',
    number: '1',
    password: 'x',
    code: '000000',
    role: 'x',
    agree: 'yes',
    passcode: '000000',
  }
  const forms = fc.array(requestsTo({ method: 'POST', path: '', parameters: step }), {
    minLength: 1,
    maxLength: 4,
  })

  test('answers them decently', async () => {
    const anyForms = fc.asyncProperty(forms, async (requests) => {
      const { cookie, path, form } = await begin()
      for (const { body, ...sent } of requests)
        await expectDecentAnswer({
          ...sent,
          path: `${path}${sent.path}`,
          headers: { ...sent.headers, cookie },
          body: body.replace('form=x', `form=${form}`),
        })
    })

    await fc.assert(anyForms, { seed: 69, numRuns: 200 })

    expect(takeFaults(events)).toEqual([])
  })

  async function begin(): Promise<{ cookie: string; path: string; form: string }> {
    const begun = await wire.send(get(`/auth?${String(new URLSearchParams(request))}`))
    const cookie = cookiesOf(begun)
    const { pathname: path } = new URL(String(begun.headers['location']), mock.issuer)
    const page = await wire.send(get(path, { cookie }))
    const [, form] = /name="form" value="([^"]+)"/.exec(page.body)!
    return { cookie, path, form: form! }
  }
})
