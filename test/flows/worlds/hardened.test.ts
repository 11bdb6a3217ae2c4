import { describe, expect, test } from 'vitest'
import { startMockVneid } from '../../../src/index.ts'
import { openDoorTo } from '../../support/doors.ts'

describe('what can never work is refused, and nothing hangs', () => {
  test.each([{ password: '' }, { passcode: '' }])(
    'a person whose answers are not accepted: %j',
    async (wishes) => {
      const world = await (await openDoorTo('in process')).world()
      await world.people.create({ id: 'stuck', unlawful: 'a test', ...wishes })

      await expect(world.signIn({ as: 'stuck' })).rejects.toMatchObject({
        error: 'invalid_request',
        errorDescription: expect.stringContaining('cannot sign in'),
      })
      expect((await world.signIn({ as: 'adult-level-2' })).claims).toBeDefined()
    },
  )

  test('a clock that moves in the middle of sign-ins', async () => {
    const world = await (await openDoorTo('in process')).world({ isFrozen: true })
    for (let round = 0; round < 30; round++) {
      const [{ code }] = await Promise.all([
        world.signIn({ as: 'adult-level-2', returns: 'code' }),
        world.clock.advance({ by: '4m' }),
      ])
      expect(code).toBeDefined()
    }
  })

  test('a world in which the people of the file would be born before there were numbers', async () => {
    const world = await (await openDoorTo('in process')).world({ at: '1933-01-01', isFrozen: true })

    await expect(world.signIn({ as: 'adult-level-2' })).rejects.toMatchObject({
      code: 'ERR_SIGN_IN_REFUSED',
    })
  })

  test('a clock that would leave the years that there are', async () => {
    const world = await (await openDoorTo('in process')).world({ at: '2199-12-31' })

    await expect(world.clock.advance({ by: '30d' })).rejects.toMatchObject({
      code: 'ERR_ASKED_WRONGLY',
    })
    expect((await world.describe()).name).toBe(world.name)
  })

  test('a world whose keys are none is not there afterwards', async () => {
    const mock = await openDoorTo('in process')

    await expect(mock.world({ name: 'b', keys: [{}] })).rejects.toMatchObject({
      code: 'ERR_KEY_INVALID',
    })
    await expect(mock.worlds.get('b')).rejects.toMatchObject({ code: 'ERR_WORLD_NOT_FOUND' })
  })

  test('one client_id for fifty who register it at once', async () => {
    const world = await (await openDoorTo('in process')).world()
    const asked = await Promise.allSettled(
      Array.from({ length: 50 }, () => world.clients.register({ client_id: 'dup' })),
    )
    await world.clients.register({ client_id: 'other' })
    await Promise.all(
      ['client_name', 'client_uri', 'policy_uri', 'tos_uri'].map((key) =>
        world.clients.change('other', { [key]: 'https://rp.example/' }),
      ),
    )

    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await world.clients.get('other')).toMatchObject({
      client_name: 'https://rp.example/',
      client_uri: 'https://rp.example/',
      policy_uri: 'https://rp.example/',
      tos_uri: 'https://rp.example/',
    })
  })

  test('of more than twenty snapshots the oldest goes', async () => {
    const world = await (await openDoorTo('in process')).world()
    const first = await world.snapshot()
    for (let more = 0; more < 19; more++) await world.snapshot()
    await world.restore(first)
    const last = await world.snapshot()

    await expect(world.restore(first)).rejects.toMatchObject({ code: 'ERR_SNAPSHOT_NOT_FOUND' })
    await expect(world.restore(last)).resolves.toBeUndefined()
  })

  test('a redirect URI that is not registered says so', async () => {
    const world = await (await openDoorTo('in process')).world()

    await expect(
      world.signIn({ as: 'child-13', redirectUri: 'http://evil.example/cb' }),
    ).rejects.toMatchObject({ error: 'invalid_redirect_uri', journal: [expect.anything()] })
    await expect(
      world.signIn({ as: 'child-13', parameters: { response_mode: 'form_post' } }),
    ).rejects.toThrow('response_mode must be query')
    await expect(world.signIns.next({ as: 'child-13', role: 'nobody' })).rejects.toMatchObject({
      code: 'ERR_PERSON_NOT_FOUND',
    })
  })

  test('an option that there is not', async () => {
    const start = (options: object) => startMockVneid(options)

    await expect(start({ prot: 1 })).rejects.toThrow('is not an option. Did you mean "port"?')
    await expect(start({ log: false })).rejects.toThrow('log  must be a function, got boolean')
    await expect(start({ clock: 5 })).rejects.toThrow('clock  must have a method now()')
  })
})

test('a name that nobody has is refused with the nearest, and is not simply nobody’s', async () => {
  const world = await (await openDoorTo('in process')).world()
  const asked = [
    () => world.sessions.list({ person: 'chld-13' }),
    () => world.expire('session', { person: 'chld-13' }),
    () => world.signIns.list({ person: 'chld-13' }),
    () => world.messages.take({ phoneOf: 'chld-13' }),
    () => world.journal.take({ person: 'chld-13' }),
    () => world.faults.arm({ fault: 'slow', person: 'chld-13' }),
  ]

  for (const ask of asked)
    await expect(ask()).rejects.toMatchObject({ code: 'ERR_PERSON_NOT_FOUND', nearest: 'child-13' })
  await expect(world.sessions.list({ client: 'test-rpp' })).rejects.toThrow('"test-rp"')
})

test('what happened to somebody who is gone can still be asked for', async () => {
  const world = await (await openDoorTo('in process')).world()
  const person = await world.people.create({ age: 40 })
  await world.signIn({ as: person })
  await world.people.remove(person)

  expect((await world.journal.list({ person })).length).toBeGreaterThan(0)
})
