import { refreshTokenGrant } from 'openid-client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Citizen } from '../support/citizen.ts'
import { persona, request } from '../support/journeys.ts'
import { startMock, type TestMock } from '../support/mock.ts'
import { redisServerPath, RedisServer } from '../support/redis.ts'
import { relyingParty, type Callback, type RelyingParty } from '../support/relying-party.ts'

describe.skipIf(redisServerPath === undefined)('how often Redis is asked', () => {
  let redis: RedisServer
  let mock: TestMock
  let portal: RelyingParty

  beforeAll(async () => {
    redis = await RedisServer.start()
  })
  afterAll(() => redis.end())
  beforeEach(async () => {
    mock = await startMock({ store: redis.address })
    portal = await relyingParty(mock)
    await portal.tokensFor('adult-level-2') // so that keys and clients are there
  })

  async function questionsOf(work: () => Promise<unknown>): Promise<number> {
    const before = await redis.questions()
    await work()
    return (await redis.questions()) - before
  }

  test('for a sign-in without a page: six times, the tokens included', async () => {
    let callback!: Callback
    const authorize = await questionsOf(async () => {
      callback = await portal.signIn('adult-level-2')
    })
    const tokens = await questionsOf(() => portal.redeem(callback))

    expect({ authorize, tokens }).toEqual({ authorize: 3, tokens: 3 })
  })

  test('for each step of a sign-in on pages: 39 times altogether', async () => {
    const { number, account } = await persona(mock, 'adult-level-2')
    const citizen = new Citizen(mock)
    const steps: Record<string, number> = {}
    const step = async (name: string, work: () => Promise<unknown>) => {
      steps[name] = await questionsOf(work)
    }
    let secrets!: Omit<Callback, 'url'>

    await step('first page', async () => {
      secrets = await request(citizen, portal)
    })
    await step('password', () => citizen.submit({ number, password: account.password }))
    await step('code', () => citizen.submit({ code: citizen.code }))
    await step('consent', () => citizen.submit({ agree: 'yes' }))
    await step('passcode', () => citizen.submit({ passcode: account.passcode }))
    await step('tokens', () => portal.redeem({ ...secrets, url: citizen.away }))
    await step('the next relying party', () => request(citizen, portal))

    expect(steps).toEqual({
      'first page': 6,
      password: 8,
      code: 8,
      consent: 6,
      passcode: 8,
      tokens: 3,
      'the next relying party': 3,
    })
  })

  test('for what follows: to see what changed, to look, and to write it down', async () => {
    const { tokens, claims } = await portal.tokensFor('adult-level-2', {
      scope: 'openid offline_access',
      prompt: 'consent',
    })

    const counts = [
      await questionsOf(() => portal.userinfo(tokens.access_token, claims.sub)),
      await questionsOf(() => refreshTokenGrant(portal.config, tokens.refresh_token!)),
      await questionsOf(() => fetch(`${mock.issuer}/.well-known/openid-configuration`)),
      await questionsOf(() => fetch(`${mock.issuer}/jwks`)),
      await questionsOf(() => fetch(mock.issuer)),
    ]

    expect(counts).toEqual([3, 3, 2, 2, 1])
  })
})
