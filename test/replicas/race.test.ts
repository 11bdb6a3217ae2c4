import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../../src/index.ts'
import { Citizen } from '../support/citizen.ts'
import { persona } from '../support/journeys.ts'
import { startMock } from '../support/mock.ts'
import { freePort, redisServerPath, RedisServer } from '../support/redis.ts'
import { relyingParty, type RelyingParty } from '../support/relying-party.ts'
import { Replica } from '../support/replica.ts'
import { call, type Reply } from '../support/wire.ts'

const basic = `Basic ${Buffer.from('test-rp:test-rp-secret').toString('base64')}`

describe.skipIf(redisServerPath === undefined)('two replicas that are asked at once', () => {
  let redis: RedisServer
  let replicas: Replica[]
  let portal: RelyingParty

  beforeAll(async () => {
    redis = await RedisServer.start()
    const port = await freePort()
    const options = { issuer: `http://localhost:${port}`, store: redis.address }
    // At the same moment, so that they agree on keys too.
    replicas = await Promise.all([Replica.start({ ...options, port }), Replica.start(options)])
    portal = await relyingParty({ issuer: options.issuer })
  })
  afterAll(async () => {
    await Promise.all(replicas.map((replica) => replica.remove()))
    await redis.end()
  })

  /** What each of the two says to the same form. */
  const present = (form: Record<string, string>): Promise<Reply[]> =>
    Promise.all(
      replicas.map((replica) =>
        call(replica, '/token', { form, headers: { Authorization: basic } }),
      ),
    )

  async function asCode(): Promise<Record<string, string>> {
    const { url, verifier } = await portal.signIn('adult-level-2')
    return {
      grant_type: 'authorization_code',
      code: url.searchParams.get('code')!,
      code_verifier: verifier,
      redirect_uri: portal.redirectUri,
    }
  }

  async function asRefreshToken(): Promise<Record<string, string>> {
    const { tokens } = await portal.tokensFor('adult-level-2', {
      scope: 'openid offline_access',
      prompt: 'consent',
    })
    return { grant_type: 'refresh_token', refresh_token: tokens.refresh_token! }
  }

  test('sign with the same keys', async () => {
    const [one, other] = await Promise.all(replicas.map((replica) => call(replica, '/jwks')))

    expect(JSON.parse(one!.text)).toEqual(JSON.parse(other!.text))
    expect(JSON.parse(one!.text).keys).toHaveLength(2)
  })

  test.each([
    ['a code', 200, asCode],
    ['a refresh token', 100, asRefreshToken],
  ])('redeem %s exactly once, every time, and then end the grant', async (_what, count, get) => {
    const outcomes: string[] = []
    await inTurns(count, 10, async () => {
      const replies = await present(await get())
      const won = replies.filter(({ status }) => status === 200)
      const lost = replies.filter(({ status }) => status !== 200)
      const tokens = JSON.parse(won[0]?.text ?? '{}') as Record<string, string>
      const seen = {
        won: won.length,
        lost: lost.map(({ status, text }) => `${status} ${JSON.parse(text).error}`),
        afterwards: await isGrantAlive(tokens),
      }
      outcomes.push(JSON.stringify(seen))
    })

    const right = { won: 1, lost: ['400 invalid_grant'], afterwards: 'ended' }
    expect(new Set(outcomes)).toEqual(new Set([JSON.stringify(right)]))
    expect(outcomes).toHaveLength(count)
  })

  test('let a pushed request lead to one code, and say that it was used', async () => {
    const outcomes: string[] = []
    await inTurns(40, 10, async () => {
      const form = {
        client_id: 'test-rp',
        response_type: 'code',
        scope: 'openid',
        redirect_uri: portal.redirectUri,
        login_hint: 'auto:adult-level-2',
        code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
        code_challenge_method: 'S256',
      }
      const headers = { Authorization: basic }
      const pushed = await call(replicas[0]!, '/request', { form, headers })
      if (pushed.status !== 201) throw new Error(pushed.text)
      const { request_uri: uri } = JSON.parse(pushed.text) as { request_uri: string }
      const path = `/auth?${String(new URLSearchParams({ client_id: 'test-rp', request_uri: uri }))}`
      const replies = await Promise.all(replicas.map((replica) => call(replica, path)))
      outcomes.push(replies.map(codeOrError).toSorted().join())
    })

    expect(new Set(outcomes)).toEqual(new Set(['a code,invalid_request_uri']))
  })

  test('let what a person approved lead to one code, and say that it is over', async () => {
    const person = await persona(await startMock({ store: 'memory' }), 'adult-level-2')
    const outcomes: string[] = []
    await inTurns(8, 2, async () => {
      const { path, cookie } = await approved(new Citizen(replicas[0]!), person)
      const headers = { Cookie: cookie, Accept: 'text/html' }
      const replies = await Promise.all(
        [...replicas, ...replicas].map((replica) => call(replica, path, { headers })),
      )
      outcomes.push(replies.map(codeOrError).toSorted().join())
    })

    expect(new Set(outcomes)).toEqual(new Set(['a code,over,over,over']))
  })

  /** Walks every page, and stops before the browser would go back with what was approved. */
  async function approved(citizen: Citizen, { number, account }: Person) {
    await citizen.open((await portal.begin()).url)
    await citizen.submit({ number, password: account.password })
    await citizen.submit({ code: citizen.code })
    await citizen.submit({ agree: 'yes' })
    const { location = '' } = (await citizen.send({ passcode: account.passcode })).headers
    const path = new URL(location, citizen.origin).pathname
    const access = { domain: 'localhost', path, secure: false, script: false }
    return { path, cookie: citizen.agent.jar.getCookies(access).toValueString() }
  }

  async function isGrantAlive({
    access_token: token = '',
    refresh_token: refresh,
  }: Record<string, string>) {
    const [replica] = replicas
    const userinfo = await call(replica!, '/me', { headers: { Authorization: `Bearer ${token}` } })
    const form = { grant_type: 'refresh_token', refresh_token: refresh ?? randomUUID() }
    const renewed = await call(replica!, '/token', { form, headers: { Authorization: basic } })
    return userinfo.status === 401 && renewed.status === 400 ? 'ended' : 'alive'
  }
})

/** Does something so often, some at a time. */
async function inTurns(count: number, atATime: number, work: () => Promise<void>): Promise<void> {
  let left = count
  const one = async () => {
    while (left-- > 0) await work()
  }
  await Promise.all(Array.from({ length: atATime }, one))
}

function codeOrError({ headers, text }: Reply): string {
  const { location } = headers
  if (typeof location === 'string' && new URL(location).searchParams.has('code')) return 'a code'
  if (text.includes('Không tìm thấy lần đăng nhập này')) return 'over'
  return /invalid_request_uri/.exec(`${String(location)} ${text}`)?.[0] ?? text
}
