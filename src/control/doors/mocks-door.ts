import type { MockWorlds, WorldView } from '../api.ts'
import type { Caller } from '../callers/caller.ts'
import { createWorldDoor } from './world-door.ts'

export interface MocksDoorOptions {
  /** Of the default world. */
  name: string
  issuer: string
  /** How to ask another world, which is there. */
  callerOf: (world: WorldView) => Caller
}

/** A mock as programs use it: its default world, and the way to all others. */
export function createMocksDoor(caller: Caller, options: MocksDoorOptions): MockWorlds {
  const { name, issuer, callerOf } = options
  return {
    ...createWorldDoor(caller, { name, issuer }),
    world: async (wishes = {}) => {
      const made = await caller.call('worlds.create', wishes)
      return createWorldDoor(callerOf(made), { ...made, endsOnDispose: true })
    },
    worlds: {
      list: () => caller.call('worlds.list', {}),
      get: async (world) => {
        const found = await caller.call('worlds.get', { world })
        return createWorldDoor(callerOf(found), found)
      },
      end: (world) => caller.call('worlds.end', { world }),
    },
  }
}
