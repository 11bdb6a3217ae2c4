import type { KoaContextWithOIDC } from 'oidc-provider'
import als from 'oidc-provider/lib/helpers/als.js'
import type { Clock } from '../../kernel/index.ts'

/** Whose time stands in what is signed. */
export type Stamps = 'real' | 'world'

export interface WorldTimeOptions {
  /** The world's clock, by which everything kept is judged. */
  clock: Clock
  /** Real time, in which the library lives. */
  realClock: Clock
  /** @default real */
  stamps?: (() => Stamps) | undefined
}

/**
 * What time it is in the world, for a library that lives in real time. All in whole seconds, as the
 * library counts: so that an age is what the world's clock says, to the second.
 */
export class WorldTime {
  readonly clock: Clock
  readonly #realClock: Clock
  readonly #stamps: () => Stamps
  readonly #ahead = new WeakMap<object, number>()

  constructor({ clock, realClock, stamps = () => 'real' }: WorldTimeOptions) {
    this.clock = clock
    this.#realClock = realClock
    this.#stamps = stamps
  }

  /** Whether what is signed carries the world's time. */
  get isInStamps(): boolean {
    return this.#stamps() === 'world'
  }

  /** The world's time. */
  now(): number {
    return secondsOf(this.clock)
  }

  realNow(): number {
    return secondsOf(this.#realClock)
  }

  /**
   * How far the world is ahead of real time: the same from the beginning of a request to its end.
   * Measured each time, it would change whenever real seconds tick over a world that stands still,
   * and what was read with one difference and written with another would drift.
   */
  ahead(): number {
    const moment = als.getStore()
    return (moment && this.#ahead.get(moment)) ?? this.#measure()
  }

  /** Holds {@link WorldTime.ahead} for a request, before anybody looks at a clock. */
  hold(ctx: object): void {
    this.#ahead.set(ctx, this.#measure())
  }

  /** Does something outside of the library's requests as one, as far as time goes. */
  asOne<T>(work: () => Promise<T>): Promise<T> {
    const ctx = {} as KoaContextWithOIDC
    this.hold(ctx)
    return als.run(ctx, work)
  }

  #measure(): number {
    return this.now() - this.realNow()
  }
}

const secondsOf = (clock: Clock): number => Math.floor(clock.now() / 1000)
