import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startMockVneid, type LogEvent, type RunningMock } from '../../src/index.ts'
import { dataFolder } from '../support/mock.ts'
import { requestsTo, type Endpoint } from './malformed.ts'
import { cookiesOf, expectDecent, get, takeFaults, Wire } from './wire.ts'

const endpoints: Endpoint[] = [
  { method: 'GET', path: '/', parameters: { q: 'land', lang: 'en' } },
  { method: 'GET', path: '/login', parameters: { return_to: '/profile', account: 'other' } },
  {
    method: 'GET',
    path: '/callback',
    parameters: { state: 'x', code: 'y', iss: 'http://localhost' },
  },
  { method: 'GET', path: '/callback', parameters: { state: 'x', error: 'access_denied' } },
  { method: 'GET', path: '/profile' },
  { method: 'GET', path: '/services/permanent-residence' },
  { method: 'GET', path: '/services/permanent-residence/apply' },
  { method: 'POST', path: '/services/permanent-residence/apply', parameters: { csrf: 'x' } },
  { method: 'GET', path: '/filings/x' },
  { method: 'POST', path: '/logout', parameters: { csrf: 'x' } },
  { method: 'GET', path: '/signed-out', parameters: { state: 'x' } },
  { method: 'POST', path: '/backchannel-logout', parameters: { logout_token: 'x' } },
  { method: 'GET', path: '/assets/x' },
]

const events: LogEvent[] = []
let mock: RunningMock
let wire: Wire

beforeAll(async () => {
  mock = await startMockVneid({ portal: true, dataFolder, log: (event) => events.push(event) })
  wire = new Wire(mock.portalUrl!)
})

afterAll(async () => {
  wire.close()
  await mock.close()
})

describe('the demo portal, sent requests that nobody would send', () => {
  test.each(endpoints)('answers them decently at $method $path', async (endpoint) => {
    const headers = { cookie: await signIn() }
    const anyRequest = fc.asyncProperty(requestsTo({ ...endpoint, headers }), async (request) => {
      expectDecent(await wire.send(request))
      expect(takeFaults(events)).toEqual([])
    })

    await fc.assert(anyRequest, { seed: 69, numRuns: 200 })
  })

  test('answers a sign-in that comes back with anything at all decently', async () => {
    const answer: Endpoint = {
      method: 'GET',
      path: '/callback',
      parameters: { code: 'x', iss: mock.issuer, state: 'a-state' },
    }
    const anyAnswer = fc.asyncProperty(requestsTo(answer), async ({ path, ...request }) => {
      const begun = await wire.send(get('/login'))
      const state = new URL(String(begun.headers['location'])).searchParams.get('state')
      const headers = { ...request.headers, cookie: cookiesOf(begun) }
      const reply = await wire.send({
        ...request,
        path: path.replace('a-state', String(state)),
        headers,
      })
      expectDecent(reply)
    })

    await fc.assert(anyAnswer, { seed: 69, numRuns: 200 })

    // An answer that does not hold is reported to whoever builds the portal: a finding, not a fault.
    expect(takeFaults(events).filter((fault) => !fault.startsWith('portal /callback'))).toEqual([])
  })

  test('signs people in after all that', async () => {
    const profile = await wire.send(get('/profile', { cookie: await signIn() }))
    const [adult] = await mock.personas()

    expect(profile.body).toContain(adult!.name)
  })
})

/** Signs in without a page, by the cookie that says who the browser is. Gives the portal's cookie. */
async function signIn(): Promise<string> {
  const begun = await wire.send(get('/login'))
  const asked = await fetch(String(begun.headers['location']), {
    redirect: 'manual',
    headers: { cookie: 'mock_vneid_as=adult-level-2' },
  })
  const { pathname, search } = new URL(asked.headers.get('location')!)
  const done = await wire.send(get(`${pathname}${search}`, { cookie: cookiesOf(begun) }))
  return cookiesOf(done)
}
