import { describe, expect, test } from 'vitest'
import type { MockWorld } from '../../../src/index.ts'
import { doors, openDoorTo } from '../../support/doors.ts'

const userinfo = (world: MockWorld, accessToken = '') =>
  fetch(`${world.issuer}/me`, { headers: { authorization: `Bearer ${accessToken}` } })

describe.each(doors)('a fault, %s', (door) => {
  test('strikes as often as it should, says so, and is gone', async () => {
    const world = await (await openDoorTo(door)).world()
    const { accessToken } = await world.signIn({ as: 'adult-level-2' })
    await world.faults.arm({ fault: 'status', endpoint: 'userinfo', status: 500, times: 2 })
    const replies = [
      await userinfo(world, accessToken),
      await userinfo(world, accessToken),
      await userinfo(world, accessToken),
    ]

    expect(replies.map(({ status }) => status)).toEqual([500, 500, 200])
    expect(replies.map(({ headers }) => headers.get('x-mock-vneid-fault'))).toEqual([
      'status',
      'status',
      null,
    ])
    expect(await world.faults.list()).toEqual([])
    expect(await world.journal.take({ endpoint: 'userinfo', isOk: false })).toMatchObject({
      decided: 'fault status',
    })
  })

  test('strikes no more often because the clock of the world is moved', async () => {
    const world = await (await openDoorTo(door)).world({ isFrozen: true })
    await world.faults.arm({ fault: 'status', endpoint: 'discovery', times: 2 })
    const struck: boolean[] = []
    for (let round = 0; round < 4; round++) {
      const reply = await fetch(`${world.issuer}/.well-known/openid-configuration`)
      struck.push(reply.headers.has('x-mock-vneid-fault'))
      await world.clock.advance({ by: '2h' })
    }

    expect(struck).toEqual([true, true, false, false])
  })

  test('strikes nobody but those that it is narrowed to', async () => {
    const mock = await openDoorTo(door)
    const world = await mock.world()
    const [hers, his] = [
      await world.signIn({ as: 'adult-level-2' }),
      await world.signIn({ as: 'adult-level-1' }),
    ]
    const { id } = await world.faults.arm({
      fault: 'empty-body',
      person: 'adult-level-1',
      times: 10,
    })
    const bodies = async () => [
      await (await userinfo(world, hers.accessToken)).text(),
      await (await userinfo(world, his.accessToken)).text(),
    ]

    expect((await bodies()).map((body) => body === '')).toEqual([false, true])
    expect(await mock.faults.list()).toEqual([])

    await world.faults.disarm(id)

    expect((await bodies()).map((body) => body === '')).toEqual([false, false])
    await expect(world.faults.disarm(id)).rejects.toMatchObject({ code: 'ERR_FAULT_NOT_FOUND' })
  })

  test('that nobody knows is refused with the nearest', async () => {
    const world = await (await openDoorTo(door)).world()

    await expect(world.faults.arm({ fault: 'statu' as 'status' })).rejects.toMatchObject({
      code: 'ERR_REQUEST_INVALID',
      message: expect.stringContaining('Did you mean "status"?'),
    })
  })

  test('of half a document or of a late one is what a portal gets', async () => {
    const world = await (await openDoorTo(door)).world()
    const { accessToken } = await world.signIn({ as: 'adult-level-2' })
    await world.faults.arm({ fault: 'invalid-json', endpoint: 'userinfo' })
    await expect((await userinfo(world, accessToken)).json()).rejects.toThrow(SyntaxError)

    await world.faults.arm({ fault: 'slow', endpoint: 'userinfo', delayMs: 300 })
    const beganAt = performance.now()
    const late = await userinfo(world, accessToken)

    expect(late.status).toBe(200)
    expect(performance.now() - beganAt).toBeGreaterThanOrEqual(290)
  })

  test('is in the one entry of the request that it struck, as it was answered', async () => {
    const world = await (await openDoorTo(door)).world()
    const { accessToken } = await world.signIn({ as: 'adult-level-2' })
    await world.journal.clear()
    await world.faults.arm({ fault: 'status', endpoint: 'userinfo', status: 503 })
    await userinfo(world, accessToken)
    await world.faults.arm({ fault: 'slow', endpoint: 'userinfo', delayMs: 1 })
    await userinfo(world, accessToken)

    const entries = await world.journal.list()
    expect(entries).toMatchObject([
      {
        endpoint: 'userinfo',
        status: 503,
        personId: 'adult-level-2',
        decided: 'fault status',
        isOk: false,
        why: { rule: expect.stringContaining('(claims given)'), source: 'RFC 9110 §15.6.4' },
      },
      { endpoint: 'userinfo', status: 200, decided: 'fault slow', isOk: true },
    ])
    expect(entries).toHaveLength(2)
  })
})

describe.each(doors)('a sign-in that a fault strikes, %s', (door) => {
  test.each([
    ['invalid-json', 'token', 'fault invalid-json', 200],
    ['empty-body', 'token', 'fault empty-body', 200],
    ['status', 'token', 'temporarily_unavailable', 503],
    ['invalid-json', 'userinfo', 'fault invalid-json', 200],
    ['empty-body', 'userinfo', 'fault empty-body', 200],
    ['status', 'userinfo', 'temporarily_unavailable', 503],
    ['empty-body', 'authorization', 'fault empty-body', 303],
    ['status', 'authorization', 'fault status', 503],
  ] as const)('is refused by %s at %s, and names it', async (fault, endpoint, error, status) => {
    const world = await (await openDoorTo(door)).world()
    await world.faults.arm({ fault, endpoint })

    await expect(world.signIn({ as: 'child-13' })).rejects.toMatchObject({
      code: 'ERR_SIGN_IN_REFUSED',
      error,
      errorDescription: expect.stringContaining(`"${fault}"`),
      journal: expect.arrayContaining([
        expect.objectContaining({ endpoint, status, decided: `fault ${fault}` }),
      ]),
    })
    await expect(world.signIn({ as: 'child-13' })).resolves.toMatchObject({
      claims: { account_level: 2 },
    })
  })

  test('is only late where its replies are', async () => {
    const world = await (await openDoorTo(door)).world()
    await world.faults.arm({ fault: 'slow', endpoint: 'token', delayMs: 1 })

    const { claims, journal } = await world.signIn({ as: 'child-13' })

    expect(claims).toMatchObject({ account_level: 2 })
    expect(journal.map(({ decided }) => decided)).toContain('fault slow')
  })
})
