import type { ArmedFault } from '../../faults/index.ts'
import type { FaultView } from '../api.ts'
import type { ControlledWorld } from '../controlled-world.ts'
import type { WorldDeeds } from '../operations/types.ts'
import { whoseIds } from './who.ts'

type Names = `faults.${'list' | 'arm' | 'disarm'}`

export const faultDeeds = (world: ControlledWorld): Pick<WorldDeeds, Names> => ({
  'faults.list': async () => world.faults.list().map(faultView),
  'faults.arm': async ({ client, person, signIn, ...fault }) => {
    const named = {
      ...(client === undefined ? {} : { client }),
      ...(person === undefined ? {} : { person }),
      ...(signIn === undefined ? {} : { signIn }),
    }
    return faultView(await world.faults.arm({ ...fault, ...(await whoseIds(world, named)) }))
  },
  'faults.disarm': ({ id }) => world.faults.disarm(id),
})

/** As it was armed: what was not said is left out. */
const faultView = (armed: ArmedFault) => ({ ...armed }) as FaultView
