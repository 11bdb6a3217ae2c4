import { describe, expect, test } from 'vitest'
import type { MockWorld } from '../../../src/index.ts'
import { doors, openDoorTo } from '../../support/doors.ts'

const unknown = 'tokne' as 'token'

const refused = (message: string) =>
  expect.objectContaining({
    code: 'ERR_REQUEST_INVALID',
    message: expect.stringContaining(message) as string,
  })

describe.each(doors)('an endpoint that nobody knows, %s,', (door) => {
  const asked: [what: string, ask: (world: MockWorld) => Promise<unknown>][] = [
    ['faults.arm', (world) => world.faults.arm({ fault: 'status', endpoint: unknown })],
    ['journal.list', (world) => world.journal.list({ endpoint: unknown })],
    ['journal.take', (world) => world.journal.take({ endpoint: unknown, timeoutSeconds: 0 })],
  ]

  test.each(asked)('is refused by %s with the one that was meant', async (_, ask) => {
    const world = await openDoorTo(door)

    await expect(ask(world)).rejects.toEqual(refused('got "tokne". Did you mean "token"?'))
  })

  test('is refused also where no fault could strike', async () => {
    const world = await openDoorTo(door)
    const endpoint = 'sign-in' as 'token'

    await expect(world.faults.arm({ fault: 'status', endpoint })).rejects.toEqual(
      refused('endpoint must be one of discovery, jwks, token, userinfo,'),
    )
    await expect(world.journal.list({ endpoint: 'sign-in' })).resolves.toEqual([])
  })
})

describe.each(doors)('a claim that cannot be told for one sign-in, %s,', (door) => {
  test.each([
    [{ sub: 'x', iss: 'x' }, '"sub", "iss". Those that can: '],
    [{ nmae: 'x' }, '"nmae". Did you mean "name"? Those that can: '],
  ])('is refused with those that can: %j', async (claims, said) => {
    const world = await openDoorTo(door)

    await expect(world.signIn({ as: 'child-13', claims })).rejects.toMatchObject({
      message: expect.stringContaining(said) as string,
    })
  })
})

describe.each(doors)('a relying party that nobody knows, %s,', (door) => {
  test('is sent no logout token, and that is said', async () => {
    const world = await openDoorTo(door)
    await world.signIn({ as: 'adult-level-2' })
    const [session] = await world.sessions.list()
    const sent = world.sessions.sendLogoutToken({ session: session!.id, client: 'test-rq' })

    await expect(sent).rejects.toMatchObject({
      code: 'ERR_CLIENT_NOT_FOUND',
      message: expect.stringContaining('Did you mean "test-rp"?') as string,
    })
  })
})
