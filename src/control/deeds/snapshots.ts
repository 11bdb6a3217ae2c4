import { systemRandom, type Dump, type Json } from '../../kernel/index.ts'
import type { ControlledWorld } from '../controlled-world.ts'
import type { WorldDeeds } from '../operations/types.ts'
import { SnapshotNotFound } from './errors.ts'

type Names = 'snapshot' | 'restore' | 'reset'

const kind = 'Snapshot'

/** What is kept: all that the world remembers, and how far its seed's chance had come. */
interface Snapshot {
  [key: string]: Json
  dump: Dump
  /** Each process that serves a world goes by another, and only its own can be put back. */
  chance: { seed: string; drawn: number } | null
}

/** Each holds everything that the world remembers: the oldest goes when there is one more. */
const mostSnapshots = 20

export const snapshotDeeds = (world: ControlledWorld): Pick<WorldDeeds, Names> => ({
  snapshot: async () => {
    const { snapshots, store, chance } = world
    // Not of the world's seed, which repeats itself after a reset.
    const snapshot = `snapshot-${systemRandom.id()}`
    const drawn = chance ? { seed: chance.seed, drawn: chance.drawn } : null
    const kept: Snapshot = { dump: await store.dump(), chance: drawn }
    await snapshots.put(kind, snapshot, kept)
    const all = await snapshots.list(kind)
    for (const { id } of all.slice(0, Math.max(0, all.length - mostSnapshots)))
      await snapshots.destroy(kind, id)
    return { snapshot }
  },
  restore: async ({ snapshot }) => {
    const { snapshots, store, changes, chance } = world
    const kept = await snapshots.find<Snapshot>(kind, snapshot)
    if (kept === undefined) {
      const known = (await snapshots.list(kind)).map(({ id }) => id)
      throw new SnapshotNotFound(snapshot, known)
    }
    const { dump, chance: before } = kept.value
    await store.load(dump)
    await changes.refresh()
    if (chance && before?.seed === chance.seed) chance.goTo(before.drawn)
  },
  reset: () => world.reset(),
})
