import {
  LimitReached,
  type Changes,
  type Clock,
  type Json,
  type Random,
  type Store,
} from '../kernel/index.ts'
import type { PlannedSignIn } from './controlled-world.ts'

/** Sign-ins that were decided before anybody began them, for all who serve the world. */
export class NextSignIns {
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

  /** The next sign-in at that relying party, or at any, goes so. */
  async decide(plan: PlannedSignIn, clientId: string | undefined): Promise<string> {
    if (this.#changes.of('next').size >= mostWaiting)
      throw new LimitReached(
        mostWaiting,
        `this world has ${mostWaiting} decided sign-ins that nobody began`,
        'Begin some, or reset.',
      )
    const id = this.#random.id()
    const decided: Decided = { plan, ...(clientId === undefined ? {} : { clientId }) }
    await this.#changes.change({ [`next:${id}`]: decided as unknown as Json })
    return id
  }

  /** The oldest that fits, for exactly one of all who begin at once. */
  async take(clientId: string): Promise<PlannedSignIn | undefined> {
    for (const [id, value] of this.#changes.of('next')) {
      const decided = value as unknown as Decided
      if (decided.clientId !== undefined && decided.clientId !== clientId) continue
      const expiresAt = this.#clock.now() + knownMs
      if (!(await this.#store.putIfAbsent('NextTaken', id, true, { expiresAt }))) continue
      await this.#changes.change({ [`next:${id}`]: null })
      return decided.plan
    }
    return undefined
  }
}

interface Decided {
  plan: PlannedSignIn
  clientId?: string
}

const mostWaiting = 10_000

/** How long it is known that one was taken, in milliseconds: until every replica has heard. */
const knownMs = 60 * 60 * 1000
