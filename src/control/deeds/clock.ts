import type { ClockState, Json } from '../../kernel/index.ts'
import { latestMs, readDuration, readMoment } from '../moments.ts'
import type { WorldDeeds } from '../operations/types.ts'
import type { ControlledWorld } from '../controlled-world.ts'
import { expire } from './expire.ts'
import { AskedWrongly } from './errors.ts'
import { clockView } from './views.ts'

type Names = `clock.${'read' | 'freeze' | 'set' | 'advance' | 'thaw'}` | 'expire'

export function clockDeeds(world: ControlledWorld): Pick<WorldDeeds, Names> {
  /** Each goes by what the one before left: two that advance at once both count. */
  const go = async (stateNow: () => ClockState) => {
    await world.changes.update(async () => {
      const clock = stateNow()
      // What has ended stays ended, wherever the clock goes from here.
      await world.store.forgetEnded()
      return { clock: clock as unknown as Json }
    })
    return clockView(world)
  }
  return {
    'clock.read': async () => clockView(world),
    'clock.freeze': ({ at }) =>
      go(() => world.clock.frozen(at === undefined ? undefined : readMoment(at))),
    'clock.set': ({ to }) => go(() => world.clock.setTo(readMoment(to)!)),
    'clock.advance': ({ by }) =>
      go(() => {
        const ms = readDuration(by)!
        if (world.clock.now() + ms >= latestMs)
          throw new AskedWrongly(
            'the clock ends with the year 2199. Advance it by less, or set it.',
          )
        return world.clock.advanced(ms)
      }),
    'clock.thaw': () => go(() => world.clock.thawed()),
    expire: (asked) => expire(world, asked),
  }
}
