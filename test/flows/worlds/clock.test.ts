import { decodeJwt } from 'jose'
import { describe, expect, test, vi } from 'vitest'
import { doors, openDoorTo } from '../../support/doors.ts'

describe.each(doors)('the clock of a world, %s', (door) => {
  test('stands still, is set, goes forward, and goes on', async () => {
    const world = await (await openDoorTo(door)).world()

    const frozen = await world.clock.freeze({ at: '2030-03-01' })
    const later = await world.clock.advance({ by: '2h' })
    const set = await world.clock.set({ to: '2031-01-01T09:00:00+07:00' })
    const thawed = await world.clock.thaw()

    expect(frozen).toMatchObject({ now: '2030-02-28T17:00:00.000Z', isFrozen: true })
    expect(later).toMatchObject({ now: '2030-02-28T19:00:00.000Z', isFrozen: true })
    expect(set).toMatchObject({ now: '2031-01-01T02:00:00.000Z', isFrozen: true })
    expect(thawed.isFrozen).toBe(false)
    expect(Date.parse(thawed.now)).toBeGreaterThanOrEqual(Date.parse(set.now))
  })

  test('goes forward by both when two advance it at once', async () => {
    const world = await (await openDoorTo(door)).world({ at: '2030-01-01', isFrozen: true })
    await Promise.all([1, 2, 3].map(() => world.clock.advance({ by: '1h' })))

    expect((await world.clock.read()).now).toBe('2029-12-31T20:00:00.000Z')
  })

  test('makes people older: on the day a child turns 14 the rules are others', async () => {
    const world = await (await openDoorTo(door)).world()
    const child = await world.people.create({ age: 13, birthday: '06-15' })
    const year = Number(child.birthDate.slice(0, 4)) + 14
    await world.clock.set({ to: `${year}-06-14T23:59:59+07:00` })
    const before = await world.people.get(child)
    await world.clock.set({ to: `${year}-06-15` })
    const after = await world.people.get(child)

    expect([before.age, before.guardianIds.length > 0]).toEqual([13, true])
    expect([after.age, after.guardianIds]).toEqual([14, []])
  })

  test('makes codes, tokens and sessions expire at once when it passes their time', async () => {
    const world = await (await openDoorTo(door)).world()
    const { accessToken, cookies } = await world.signIn({ as: 'adult-level-2' })
    const ask = () =>
      fetch(`${world.issuer}/me`, { headers: { authorization: `Bearer ${accessToken}` } })
    const here = (await ask()).status
    const alive = await world.sessions.list()
    await world.clock.advance({ by: '2d' })

    expect([here, (await ask()).status]).toEqual([200, 401])
    expect([alive.length, (await world.sessions.list()).length]).toEqual([1, 0])
    const again = world.signIn({ as: 'adult-level-2', cookies, parameters: { prompt: 'none' } })
    await expect(again).rejects.toMatchObject({ error: 'login_required' })
  })

  test('brings nothing back that has ended when it is set back, and leaves the rest', async () => {
    const world = await (await openDoorTo(door)).world({ at: '2030-01-01', isFrozen: true })
    const { now } = await world.clock.read()
    const first = await world.signIn({ as: 'adult-level-2' })
    await world.clock.advance({ by: '60s' })
    const second = await world.signIn({ as: 'adult-level-1' })
    await world.clock.advance({ by: '700s' })
    const third = await world.signIn({ as: 'child-13' })
    await world.clock.set({ to: now })
    const statuses = [first, second, third].map(async ({ accessToken }) => {
      const headers = { authorization: `Bearer ${accessToken}` }
      return (await fetch(`${world.issuer}/me`, { headers })).status
    })

    expect((await world.sessions.list()).map(({ personId }) => personId)).toEqual(['child-13'])
    expect(await Promise.all(statuses)).toEqual([401, 401, 200])
  })

  test('does not stand in what is signed, unless it is asked for', async () => {
    const mock = await openDoorTo(door)
    const at = '2035-05-05T00:00:00Z'
    const [real, own] = await Promise.all([
      mock.world({ at, isFrozen: true }),
      mock.world({ at, isFrozen: true, stamps: 'world' }),
    ])
    const [usual, stamped] = await Promise.all(
      [real, own].map(async (world) => {
        const { idToken = '' } = await world.signIn({ as: 'adult-level-2' })
        return decodeJwt(idToken)
      }),
    )
    const second = Date.parse(at) / 1000

    expect(Math.abs(usual!.iat! - Date.now() / 1000)).toBeLessThan(120)
    expect([stamped!.iat, stamped!['auth_time']]).toEqual([second, second])
    expect(stamped!.exp).toBe(second + 600)
  })

  test('that nobody touched is never ahead, however long it takes to look at it', async () => {
    const mock = await openDoorTo(door)
    const real = Date.now
    const dates = vi.spyOn(Date, 'now')
    let looks = 0
    try {
      dates.mockImplementation(() => real() + looks++)
      expect((await mock.clock.read()).aheadMs).toBe(0)
      expect((await mock.clock.thaw()).aheadMs).toBe(0)
      expect((await mock.clock.advance({ by: 5 })).aheadMs).toBe(5)
    } finally {
      dates.mockRestore()
    }
  })

  test('is nobody else’s: neither this process nor its fake timers notice', async () => {
    const mock = await openDoorTo(door)
    const world = await mock.world()
    const before = Date.now()
    await world.clock.freeze({ at: '1999-01-01' })
    await world.signIn({ as: 'adult-level-2' }).catch(() => undefined)

    expect(Date.now() - before).toBeLessThan(60_000)
    expect((await mock.clock.read()).aheadMs).toBe(0)

    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2001-01-01') })
    try {
      expect((await world.clock.read()).now).toBe('1998-12-31T17:00:00.000Z')
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('expire', () => {
  test('ends what is named, of whom is named', async () => {
    const world = await (await openDoorTo('in process')).world()
    const [hers, his] = await Promise.all(
      ['adult-level-2', 'adult-level-1'].map((as) => world.signIn({ as })),
    )
    const ask = async (token: string | undefined) =>
      (await fetch(`${world.issuer}/me`, { headers: { authorization: `Bearer ${token}` } })).status

    expect(await world.expire('access token', { person: 'adult-level-2' })).toEqual({ expired: 1 })
    expect([await ask(hers!.accessToken), await ask(his!.accessToken)]).toEqual([401, 200])
    await world.clock.set({ to: '2020-01-01' })
    expect(await ask(hers!.accessToken)).toBe(401)
    expect(await world.expire('session')).toEqual({ expired: 2 })
  })

  test('makes a code too old to be redeemed', async () => {
    const world = await (await openDoorTo('in process')).world()
    const client = await world.clients.register({
      token_endpoint_auth_method: 'client_secret_post',
    })
    const { code, codeVerifier, redirectUri } = await world.signIn({
      client,
      as: 'adult-level-2',
      returns: 'code',
    })
    await world.expire('authorization code', { client })
    const reply = await fetch(`${world.issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: client.client_id,
        client_secret: client.client_secret!,
        code,
        code_verifier: codeVerifier,
        redirect_uri: redirectUri,
      }),
    })

    expect(await reply.json()).toMatchObject({ error: 'invalid_grant' })
  })
})
