import { StoreUnavailable, type Json, type Log } from '../kernel/index.ts'
import type { KeyRing } from './key-ring.ts'
import { openKeptRing, type KeyRingOptions } from './open-key-ring.ts'

/** How long replicas may sign by different keys after the place where they are kept was emptied. */
const lookEveryMs = 5_000

/** The process's keys, as all who share them agree on them. */
export interface FollowedKeys {
  /** The keys as they are now: the same object until others hold. */
  ring(): KeyRing
  /** Looks after this value too: it is kept again where it was lost. Returns what is kept now. */
  keep(name: string, value: Json): Promise<unknown>
  /** Looks whether the keys still hold. */
  renew(): Promise<void>
  stop(): void
}

/**
 * Opens the process's keys where others keep theirs, and goes on agreeing with them: a store that
 * was emptied gets them back from whoever comes first, and all others take those.
 *
 * @throws {@link KeysUnreadable} When something is kept there that this did not make.
 */
export async function followKeyRing({
  log,
  ...options
}: KeyRingOptions & { log: Log }): Promise<FollowedKeys> {
  const { keeper } = options
  const beside = new Map<string, Json>()
  let kept = await openKeptRing(options)
  const look = async () => {
    for (const [name, value] of beside)
      if ((await keeper.read(name)) === undefined) await keeper.keep(name, value)
    if (await kept.holds()) return
    kept = await openKeptRing(options)
    log({ event: 'notice', message: othersHold })
  }
  let looking: Promise<void> | undefined
  const renew = async () => {
    try {
      await (looking ??= look())
    } catch (error) {
      // Out of reach for a moment: the next time will do.
      if (!(error instanceof StoreUnavailable)) log({ event: 'server-error', where: 'keys', error })
    } finally {
      looking = undefined
    }
  }
  const timer = setInterval(() => void renew(), lookEveryMs).unref()
  return {
    ring: () => kept.ring,
    keep: async (name, value) => {
      const held = (await keeper.keep(name, value)) as Json
      beside.set(name, held)
      return held
    },
    renew,
    stop: () => clearInterval(timer),
  }
}

const othersHold =
  'the store was emptied, and another replica made new keys. They sign from now on; what was signed before is not understood any more.'
