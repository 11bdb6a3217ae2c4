import type { ControlledWorld } from '../controlled-world.ts'
import type { WorldDeeds } from '../operations/types.ts'
import { SnapshotNotFound } from './errors.ts'

type Names = 'snapshot' | 'restore' | 'reset'

const kind = 'Snapshot'

/** Each holds everything that the world remembers: the oldest goes when there is one more. */
const mostSnapshots = 20

export const snapshotDeeds = (world: ControlledWorld): Pick<WorldDeeds, Names> => ({
  snapshot: async () => {
    const { snapshots, store, random } = world
    const snapshot = `snapshot-${random.id()}`
    await snapshots.put(kind, snapshot, await store.dump())
    const kept = await snapshots.list(kind)
    for (const { id } of kept.slice(0, Math.max(0, kept.length - mostSnapshots)))
      await snapshots.destroy(kind, id)
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
