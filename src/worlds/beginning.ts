import type { Clock, Log, Store } from '../kernel/index.ts'
import { StoreUnavailable } from '../kernel/index.ts'

/** How long a beginning outlasts the last who served the world, in milliseconds. */
const lastsMs = 60_000

const renewEveryMs = 20_000

export interface BeginningOptions {
  /** Judged by real time, whatever the world's clock does. */
  store: Store
  /** The world's clock. */
  clock: Clock
  realClock: Clock
  log: Log
  /** Is told when the world began at another moment than this process knew. */
  onOther: (beganAt: number) => void
}

export interface Beginning {
  /** The moment from which ages in the people file count, in milliseconds of the world's clock. */
  beganAt: number
  /** Looks again, and says that somebody is still there. */
  renew(): Promise<void>
  stop(): void
}

/**
 * Agrees with all who serve a world on when it began. Replicas that are started on different days
 * must count ages from the same day, or a persona would be born on two. A beginning lasts as long
 * as anybody serves the world: a minute after the last one is gone, the next to come begins anew,
 * so that a child of thirteen is thirteen however old the store is.
 */
export async function followBeginning(options: BeginningOptions): Promise<Beginning> {
  const { store, clock, realClock, log, onOther } = options
  const [kind, id] = ['Beginning', 'default']
  const keep = () => ({ expiresAt: realClock.now() + lastsMs })
  const found = async () => (await store.find<{ beganAt: number }>(kind, id))?.value.beganAt
  let beganAt = clock.now()
  const agree = async () => {
    const known = await found()
    if (known !== undefined) {
      await store.put(kind, id, { beganAt: known }, keep())
      return known
    }
    const isOurs = await store.putIfAbsent(kind, id, { beganAt }, keep())
    return isOurs ? beganAt : ((await found()) ?? beganAt)
  }
  beganAt = await agree()
  const renew = async () => {
    try {
      const agreed = await agree()
      if (agreed !== beganAt) onOther((beganAt = agreed))
    } catch (error) {
      // Out of reach for a moment: the next time will do.
      if (!(error instanceof StoreUnavailable))
        log({ event: 'server-error', where: 'beginning', error })
    }
  }
  const timer = setInterval(() => void renew(), renewEveryMs).unref()
  return { beganAt, renew, stop: () => clearInterval(timer) }
}
