import { beforeEach, describe, expect, test } from 'vitest'
import type { MockWorld } from '../../../src/index.ts'
import { openDoorTo } from '../../support/doors.ts'
import { startMock, type TestMock } from '../../support/mock.ts'

/** Mints many, and does something when so many have come; says how many came at all. */
async function mintWhile(
  world: MockWorld,
  meanwhile: Record<number, () => Promise<unknown>>,
  count = 1000,
) {
  let came = 0
  const all = (async () => {
    for await (const _ of world.tokens.mintMany({ as: 'adult-level-2', count }))
      await meanwhile[++came]?.()
  })()
  const error: unknown = await all.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return { came, error }
}

describe('tokens are minted no longer', () => {
  let mock: TestMock
  let world: MockWorld

  beforeEach(async () => {
    mock = await startMock()
    world = await mock.world()
  })

  test('than their world is there', async () => {
    const { came, error } = await mintWhile(world, { 10: () => world.end() })

    expect(error).toMatchObject({ code: 'ERR_WORLD_NOT_FOUND', world: world.name })
    expect(came).toBe(10)
  })

  test.each(['default', 'other'])('than the mock, in the %s world', async (which) => {
    const { came, error } = await mintWhile(which === 'default' ? mock : world, {
      10: () => mock.close(),
    })

    expect(error).toMatchObject({ code: 'ERR_MOCK_CLOSING', status: 503 })
    expect(came).toBe(10)
  })

  test.each(['default', 'other'])('than the %s world remembers the first', async (which) => {
    const minting = which === 'default' ? mock : world
    const { came, error } = await mintWhile(minting, { 10: () => minting.reset() })

    expect(error).toMatchObject({
      code: 'ERR_TOKENS_GONE',
      status: 409,
      message:
        'tokens that are minted together must all be there, got a world that was reset, restored or ended meanwhile, or whose clock went on by a day. Mint all of them again.',
    })
    expect(came).toBeLessThan(100)
    expect(await minting.expire('access token')).toEqual({ expired: 0 })
  })

  test('than it is what it was before the last of them', async () => {
    let snapshot = ''
    const { came, error } = await mintWhile(world, {
      40: async () => {
        ;({ snapshot } = await world.snapshot())
      },
      70: () => world.restore({ snapshot }),
    })

    expect(error).toMatchObject({ code: 'ERR_TOKENS_GONE' })
    expect(came).toBeLessThan(200)
  })
})

test('tokens are minted on where a restore forgets none of them, and all are there', async () => {
  const world = await (await startMock()).world()
  let snapshot = ''
  const { came, error } = await mintWhile(world, {
    40: async () => {
      ;({ snapshot } = await world.snapshot())
    },
    50: () => world.restore({ snapshot }),
  })

  expect(error).toBeUndefined()
  expect(came).toBe(1000)
  expect(await world.expire('access token')).toEqual({ expired: 1000 })
})

test('tokens that are minted no longer break off, over HTTP', async () => {
  const world = await (await openDoorTo('over HTTP')).world()

  const { error } = await mintWhile(world, { 10: () => world.end() }, 10_000)

  expect(error).toMatchObject({ code: 'ERR_MOCK_UNREACHABLE' })
})
