import type { ControlledWorld } from '../controlled-world.ts'
import type { WorldDeeds } from '../operations/types.ts'
import { clientDeeds } from './clients.ts'
import { clockDeeds } from './clock.ts'
import { faultDeeds } from './faults.ts'
import { happeningDeeds } from './happenings.ts'
import { peopleDeeds } from './people.ts'
import { signInDeeds } from './sign-ins.ts'
import { snapshotDeeds } from './snapshots.ts'
import { tokenDeeds } from './tokens.ts'
import { worldView } from './views.ts'

/** How everything is done that a world can be asked. */
export const worldDeeds = (world: ControlledWorld): WorldDeeds => ({
  describe: async () => worldView(world),
  ...peopleDeeds(world),
  ...clientDeeds(world),
  ...signInDeeds(world),
  ...happeningDeeds(world),
  ...clockDeeds(world),
  ...tokenDeeds(world),
  ...faultDeeds(world),
  ...snapshotDeeds(world),
  end: () => world.end(),
})
