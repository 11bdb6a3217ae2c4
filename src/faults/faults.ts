import {
  didYouMean,
  LimitReached,
  MockVneidError,
  type Changes,
  type Clock,
  type Json,
  type Random,
  type Store,
} from '../kernel/index.ts'
import { catalogue, type FaultKind, type FaultName, type Struck } from './catalogue.ts'

/** On every reply that a fault struck, with its name: nobody debugs what was asked for. */
export const faultHeader = 'x-mock-vneid-fault'

/** Where something happens, as far as it is known. */
export interface Where {
  endpoint?: string | undefined
  clientId?: string | undefined
  personId?: string | undefined
  signInId?: string | undefined
}

/** A fault to arm: it strikes where all that is said is so. */
export interface NewFault extends Where {
  fault: FaultName
  /** For `status`. */
  status?: number | undefined
  /** For `slow`, in milliseconds. */
  delayMs?: number | undefined
  /**
   * How often it strikes.
   *
   * @default 1
   */
  times?: number | undefined
}

/** A fault that waits to strike. */
export interface ArmedFault extends NewFault {
  id: string
  times: number
}

/** A fault that strikes, and what it does to the reply. */
export interface StruckBy {
  fault: FaultName
  struck: Struck
  /** Where it stands what a correct relying party does then. */
  source: string
}

/** No fault of that id is armed. */
export class FaultNotArmed extends MockVneidError {
  override readonly code = 'ERR_FAULT_NOT_FOUND'

  constructor(id: string, known: readonly string[]) {
    super(
      `the fault "${id}" is not armed: it never was, or has struck as often as it should. ${didYouMean(id, known)}Armed: ${known.join(', ') || 'none'}.`,
    )
  }
}

/** How often each has struck. */
const kind = 'FaultUsed'

const mostArmed = 1000

/** How long it is known that a fault has struck, in milliseconds: until every replica has heard. */
const knownMs = 60 * 60 * 1000

/** The faults that are armed in a world, for all who serve it. */
export class Faults {
  readonly #changes: Changes
  readonly #store: Store
  readonly #clock: Clock
  readonly #random: Random

  constructor(world: { changes: Changes; store: Store; clock: Clock; random: Random }) {
    this.#changes = world.changes
    this.#store = world.store
    this.#clock = world.clock
    this.#random = world.random
  }

  /** @throws {@link LimitReached} */
  async arm(fault: NewFault): Promise<ArmedFault> {
    if (this.#changes.of('fault').size >= mostArmed)
      throw new LimitReached(
        mostArmed,
        `${mostArmed} faults are armed`,
        'Disarm some, or reset the world.',
      )
    const said = Object.entries(fault).filter(([, value]) => value !== undefined)
    const armed = { times: 1, ...Object.fromEntries(said), id: this.#random.id() } as ArmedFault
    await this.#changes.change({ [`fault:${armed.id}`]: armed as unknown as Json })
    return armed
  }

  list(): ArmedFault[] {
    return [...this.#changes.of('fault').values()] as unknown as ArmedFault[]
  }

  /** @throws {@link FaultNotArmed} */
  async disarm(id: string): Promise<void> {
    if (this.#changes.get(`fault:${id}`) === undefined)
      throw new FaultNotArmed(
        id,
        this.list().map((armed) => armed.id),
      )
    await this.#changes.change({ [`fault:${id}`]: null })
    await this.#store.destroy(kind, id)
  }

  /** The one that strikes here, the first that was armed, and what it does; it is used once by that. */
  async strike(where: Where): Promise<StruckBy | undefined> {
    if (this.#changes.of('fault').size === 0) return undefined
    for (const armed of this.list()) {
      if (!fits(armed, where) || !(await this.#use(armed))) continue
      const fault: FaultKind = catalogue[armed.fault]
      const { status, delayMs } = armed
      const options = {
        ...(status === undefined ? {} : { status }),
        ...(delayMs === undefined ? {} : { delayMs }),
      }
      return { fault: armed.fault, struck: fault.struck(options), source: fault.source }
    }
    return undefined
  }

  /**
   * Of all who meet it at once, on whichever replica and by whatever clock, as many as it has
   * times.
   */
  async #use({ id, times }: ArmedFault): Promise<boolean> {
    for (;;) {
      const used = (await this.#store.find<number>(kind, id))?.value ?? 0
      if (used >= times) return false
      const next = used + 1
      const isLast = next === times
      const keep = {
        version: String(next),
        // As long as it is armed the count is known, wherever the world's clock is moved to.
        ...(isLast ? { expiresAt: this.#clock.now() + knownMs } : {}),
      }
      const isOurs =
        used === 0
          ? await this.#store.putIfAbsent(kind, id, next, keep)
          : await this.#store.swap(kind, id, String(used), next, keep)
      if (!isOurs) continue
      if (isLast) await this.#changes.change({ [`fault:${id}`]: null })
      return true
    }
  }
}

/** Where a fault says nothing, it strikes everywhere. */
const fits = (armed: ArmedFault, where: Where): boolean =>
  (['endpoint', 'clientId', 'personId', 'signInId'] as const).every(
    (part) => armed[part] === undefined || armed[part] === where[part],
  )
