import { afterEach, describe, expect, test, vi } from 'vitest'
import { connectMockVneid } from '../../src/control/index.ts'
import { Program } from '../cli/program.ts'
import { startMock } from '../support/mock.ts'

afterEach(() => vi.useRealTimers())

type Fakes = NonNullable<Parameters<typeof vi.useFakeTimers>[0]>['toFake']

const { setTimeout: later } = globalThis

const never = 'still under way'

/** What comes of it, in real time: not for long, where nothing should. */
const outcome = (asked: Promise<unknown>, expected: string) =>
  Promise.race([
    asked.then(
      () => 'done',
      ({ code }: { code: string }) => code,
    ),
    new Promise((resolve) => later(() => resolve(never), expected === never ? 500 : 20_000)),
  ])

describe('a mock in a process whose timers are faked', () => {
  const cases: [faked: string, toFake: Fakes, signIn: string, wait: string][] = [
    ['the date', ['Date'], 'done', 'ERR_NOTHING_CAME'],
    ['setTimeout', ['setTimeout', 'clearTimeout'], 'done', never],
    ['performance', ['performance'], 'done', never],
    ['setImmediate', ['setImmediate', 'clearImmediate'], never, 'ERR_NOTHING_CAME'],
    ['everything', undefined, never, never],
  ]

  test.each(cases)('does what the guide says: %s', async (_, toFake, signIn, wait) => {
    const world = await (await startMock()).world()
    vi.useFakeTimers(toFake === undefined ? {} : { toFake })

    const outcomes = {
      signIn: await outcome(world.signIn({ as: 'adult-level-2' }), signIn),
      wait: await outcome(
        world.journal.take({ endpoint: 'revocation', timeoutSeconds: 0.1 }),
        wait,
      ),
    }
    vi.useRealTimers()

    expect(outcomes).toEqual({ signIn, wait })
  })

  test('has the clock of a faked date, unless the world is frozen', async () => {
    const mock = await startMock()
    const [world, frozen] = [await mock.world(), await mock.world()]
    const { now } = await frozen.clock.freeze()
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime(new Date('2031-02-03T04:05:06Z'))

    expect(await world.clock.read()).toMatchObject({ now: '2031-02-03T04:05:06.000Z' })
    expect(await frozen.clock.read()).toMatchObject({ now })
  })
})

test('a mock elsewhere is reached by none of them', async () => {
  const { issuer } = await new Program(['start', '--port=0', '--no-portal']).ready()
  vi.useFakeTimers()
  vi.setSystemTime(new Date('2031-02-03T04:05:06Z'))
  const mock = await connectMockVneid(issuer)
  const world = await mock.world()

  await expect(world.signIn({ as: 'adult-level-2' })).resolves.toHaveProperty('idToken')
  await expect(
    world.journal.take({ endpoint: 'revocation', timeoutSeconds: 0.1 }),
  ).rejects.toMatchObject({ code: 'ERR_NOTHING_CAME' })
  expect((await world.clock.read()).now).not.toMatch(/^2031/)
})
