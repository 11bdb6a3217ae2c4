import type { ClockState, Json } from '../../kernel/index.ts'
import { readDuration, readMoment } from '../moments.ts'
import type { WorldDeeds } from '../operations/types.ts'
import type { ControlledWorld } from '../controlled-world.ts'
import { expire } from './expire.ts'
import { clockView } from './views.ts'

type Names = `clock.${'read' | 'freeze' | 'set' | 'advance' | 'thaw'}` | 'expire'

export function clockDeeds(world: ControlledWorld): Pick<WorldDeeds, Names> {
  const go = async (state: ClockState) => {
    await world.changes.change({ clock: state as unknown as Json })
    return clockView(world)
  }
  return {
    'clock.read': async () => clockView(world),
    'clock.freeze': ({ at }) =>
      go(world.clock.frozen(at === undefined ? undefined : readMoment(at))),
    'clock.set': ({ to }) => go(world.clock.setTo(readMoment(to)!)),
    'clock.advance': ({ by }) => go(world.clock.setTo(world.clock.now() + readDuration(by)!)),
    'clock.thaw': () => go(world.clock.thawed()),
    expire: (asked) => expire(world, asked),
  }
}
