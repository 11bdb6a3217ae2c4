import type { ControlledWorld } from '../controlled-world.ts'
import type { WorldDeeds } from '../operations/types.ts'
import { SnapshotNotFound, TooManyOf } from './errors.ts'

type Names = 'snapshot' | 'restore' | 'reset'

const kind = 'Snapshot'

/** Each holds everything that the world remembers. */
const mostSnapshots = 20

export const snapshotDeeds = (world: ControlledWorld): Pick<WorldDeeds, Names> => ({
  snapshot: async () => {
    const { snapshots, store, random } = world
    if ((await snapshots.list(kind)).length >= mostSnapshots)
      throw new TooManyOf('snapshots', mostSnapshots, 'Reset it, or end it and make another.')
    const snapshot = `snapshot-${random.id()}`
    await snapshots.put(kind, snapshot, await store.dump())
    return { snapshot }
  },
  restore: async ({ snapshot }) => {
    const { snapshots, store, changes } = world
    const kept = await snapshots.find(kind, snapshot)
    if (kept === undefined) {
      const known = (await snapshots.list(kind)).map(({ id }) => id)
      throw new SnapshotNotFound(snapshot, known)
    }
    await store.load(kept.value)
    await changes.refresh()
  },
  reset: () => world.reset(),
})
