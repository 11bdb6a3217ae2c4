import type { Adapter, AdapterPayload } from 'oidc-provider'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createClients } from '../../../src/clients/index.ts'
import type { Store } from '../../../src/kernel/index.ts'
import { createAdapterFactory } from '../../../src/provider/records/adapter.ts'
import { WorldTime } from '../../../src/provider/records/world-time.ts'
import { createMemoryStore } from '../../../src/storage/index.ts'
import { FrozenClock } from '../../support/frozen-clock.ts'

const now = Date.parse('2026-11-21T08:00:00Z')
const seconds = now / 1000

let clock: FrozenClock
let realClock: FrozenClock
let store: Store
let time: WorldTime
let adapterOf: (kind: string) => Adapter

beforeEach(() => {
  clock = new FrozenClock(now)
  realClock = new FrozenClock(now)
  store = createMemoryStore({ clock })
  time = new WorldTime({ clock, realClock })
  const clients = createClients([{ client_id: 'known', minimum_level: 2 }])
  adapterOf = createAdapterFactory({
    issuer: 'http://localhost:1',
    store,
    time,
    clients,
  })
})
afterEach(() => store.close())

describe('what is consumed', () => {
  test.each(['AuthorizationCode', 'RefreshToken'])(
    'is consumed by one of all who try at once, and the others end the grant: %s',
    async (kind) => {
      const [grants, tokens, codes] = ['Grant', 'AccessToken', kind].map(adapterOf)
      await grants!.upsert('g', { jti: 'g' }, 600)
      await tokens!.upsert('t', { grantId: 'g' }, 600)
      await codes!.upsert('c', { grantId: 'g' }, 60)

      const tries = await Promise.allSettled([1, 2, 3].map(() => codes!.consume('c')))

      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(tries.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { error: 'invalid_grant', error_detail: `${kind} was already used` },
      })
      await expect(grants!.find('g')).resolves.toBeUndefined()
      await expect(tokens!.find('t')).resolves.toBeUndefined()
    },
  )

  test('says when it was, in the time that the library lives in', async () => {
    const codes = adapterOf('AuthorizationCode')
    await codes.upsert('c', { grantId: 'g' }, 600)
    clock.advance(100)
    await codes.consume('c')

    await expect(codes.find('c')).resolves.toMatchObject({ consumed: seconds })
  })

  test('is refused in the words of its own specification: a pushed request', async () => {
    const requests = adapterOf('PushedAuthorizationRequest')
    await requests.upsert('r', {}, 60)
    await requests.consume('r')

    await expect(requests.consume('r')).rejects.toMatchObject({ error: 'invalid_request_uri' })
  })

  test('is refused the second time even where it is only noted: an assertion', async () => {
    const assertions = adapterOf('ReplayDetection')
    await assertions.upsert('a', { iss: 'known' }, 60)

    await expect(assertions.upsert('a', { iss: 'known' }, 60)).rejects.toMatchObject({
      error: 'invalid_client',
    })
  })
})

describe('times', () => {
  const record: AdapterPayload = {
    exp: seconds + 600,
    iat: seconds,
    loginTs: seconds - 60,
    authTime: seconds - 60,
    scope: 'openid',
  }

  test('come back as they went in while the world’s clock runs with the real one', async () => {
    const sessions = adapterOf('Session')
    await sessions.upsert('s', record, 600)
    clock.advance(30)
    realClock.advance(30)

    await expect(sessions.find('s')).resolves.toEqual(record)
  })

  test('come back older by what the world has advanced', async () => {
    const sessions = adapterOf('Session')
    await sessions.upsert('s', record, 600)
    clock.advance(100)

    await expect(sessions.find('s')).resolves.toEqual({
      ...record,
      exp: seconds + 500,
      iat: seconds - 100,
      loginTs: seconds - 160,
      authTime: seconds - 160,
    })
  })

  test('stand still with a frozen world while real time passes', async () => {
    const sessions = adapterOf('Session')
    await sessions.upsert('s', record, 600)
    realClock.advance(10_000)

    await expect(sessions.find('s')).resolves.toMatchObject({
      exp: seconds + 10_600,
      loginTs: seconds + 9940,
    })
  })

  test('are exact to the second, wherever in a second the two clocks are', async () => {
    clock.set(now + 100)
    realClock.set(now + 100)
    const sessions = adapterOf('Session')
    await sessions.upsert('s', { loginTs: seconds }, 600)
    clock.set(now + 61_100)
    realClock.set(now + 1700)

    const { loginTs } = (await sessions.find('s')) as { loginTs: number }

    expect(Math.floor(realClock.now() / 1000) - loginTs).toBe(61)
  })

  test('are never later than now when real seconds tick in a request, and the end is as late as it should', async () => {
    const sessions = adapterOf('Session')
    await time.asOne(async () => {
      realClock.advance(2)
      const later = seconds + 2
      const times = { exp: later + 600, iat: later, loginTs: later, authTime: later }
      await sessions.upsert('s', times, 600)
    })

    const kept = await store.find('Session', 's')
    expect(kept?.value).toMatchObject({
      exp: seconds + 600,
      iat: seconds,
      loginTs: seconds,
      authTime: seconds,
    })
  })

  test('of what is kept anew in a world that was set back end when they are to', async () => {
    const sessions = adapterOf('Session')
    await sessions.upsert('s', record, 600)
    clock.set(clock.now() - 3_600_000)
    const found = await sessions.find('s')
    await sessions.upsert('s', { ...found!, exp: seconds + 600 }, 600)

    await expect(sessions.find('s')).resolves.toMatchObject({ exp: seconds + 600 })
  })

  test('do not drift when they are read and written in one request, however long it takes', async () => {
    const sessions = adapterOf('Session')
    await sessions.upsert('s', record, 600)

    for (let request = 0; request < 3; request++)
      await time.asOne(async () => {
        const found = await sessions.find('s')
        realClock.advance(1)
        await sessions.upsert('s', found!, 600)
      })

    const kept = await store.find<Record<string, number>>('Session', 's')
    expect(kept?.value['loginTs']).toBe(seconds - 60)
  })

  test('of a sign-in that a page has finished are translated too', async () => {
    const interactions = adapterOf('Interaction')
    await interactions.upsert('i', { result: { login: { accountId: 'a', ts: seconds } } }, 600)
    realClock.advance(30)

    const found = await interactions.find('i')

    expect(found?.result?.login).toEqual({ accountId: 'a', ts: seconds + 30 })
  })

  test('decide by the world’s clock alone when a record is gone', async () => {
    const sessions = adapterOf('Session')
    await sessions.upsert('s', record, 600)
    realClock.advance(10_000)
    clock.advance(599)
    const before = await sessions.find('s')
    clock.advance(1)

    expect(before).toBeDefined()
    await expect(sessions.find('s')).resolves.toBeUndefined()
  })
})

describe('what one of several issuers over a store gave out', () => {
  const elsewhere = (kind: string) =>
    createAdapterFactory({
      issuer: 'http://localhost:2',
      store,
      time,
      clients: createClients([]),
    })(kind)

  test.each([
    'AccessToken',
    'AuthorizationCode',
    'Interaction',
    'PushedAuthorizationRequest',
    'RefreshToken',
  ])('is not known to another: %s', async (kind) => {
    await adapterOf(kind).upsert('r', { clientId: 'known' }, 600)

    expect(await adapterOf(kind).find('r')).toMatchObject({ clientId: 'known' })
    expect(await elsewhere(kind).find('r')).toBeUndefined()
  })

  test.each(['Session', 'Grant'])('is known to all, as who is signed in is: %s', async (kind) => {
    await adapterOf(kind).upsert('r', { accountId: 'a' }, 600)

    expect(await elsewhere(kind).find('r')).toEqual({ accountId: 'a' })
  })
})

describe('what is kept', () => {
  test('is found by uid and ends with its grant', async () => {
    const [sessions, tokens] = [adapterOf('Session'), adapterOf('AccessToken')]
    await sessions.upsert('s', { uid: 'u', accountId: 'a' }, 600)
    await tokens.upsert('t', { grantId: 'g' }, 600)
    await tokens.upsert('other', { grantId: 'h' }, 600)

    await tokens.revokeByGrantId('g')

    await expect(sessions.findByUid('u')).resolves.toMatchObject({ accountId: 'a' })
    await expect(tokens.find('t')).resolves.toBeUndefined()
    await expect(tokens.find('other')).resolves.toMatchObject({ grantId: 'h' })
  })

  test('is of one kind: a code is no token', async () => {
    await adapterOf('AuthorizationCode').upsert('x', { grantId: 'g' }, 60)

    await expect(adapterOf('AccessToken').find('x')).resolves.toBeUndefined()
  })
})

describe('clients', () => {
  test('are read from their own room, without what only this mock says of them', async () => {
    const client = await adapterOf('Client').find('known')

    expect(client).toMatchObject({ client_id: 'known', response_types: ['code'] })
    expect(client).not.toHaveProperty('minimum_level')
    await expect(adapterOf('Client').find('unknown')).resolves.toBeUndefined()
  })

  test('are not written by the library', async () => {
    await expect(adapterOf('Client').upsert('x', {}, 60)).rejects.toThrow(
      'relying parties are registered in their own room',
    )
  })
})
