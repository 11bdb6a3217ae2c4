import type { Clock } from './clock.ts'

/** How a world's clock goes: as a change that everybody who serves it knows. */
export interface ClockState {
  /** How far it is ahead of the machine's clock, in milliseconds; behind when negative. */
  aheadMs: number
  /** The moment it stands at, in milliseconds since the Unix epoch, while it is frozen. */
  frozenAt?: number
}

/** The clock of one world, which can be frozen, set and advanced without touching any other. */
export class WorldClock implements Clock {
  readonly #base: Clock
  readonly #state: () => ClockState | undefined

  /**
   * @param base The clock it goes by.
   * @param state How it goes now; as the base does, without.
   */
  constructor(base: Clock, state: () => ClockState | undefined) {
    this.#base = base
    this.#state = state
  }

  now(): number {
    return this.#nowAt(this.#base.now())
  }

  /** What time it is, and how far that is ahead of another clock at the same moment. */
  besides(other: Clock): { now: number; aheadMs: number } {
    const otherNow = other.now()
    const now = this.#nowAt(other === this.#base ? otherNow : this.#base.now())
    return { now, aheadMs: now - otherNow }
  }

  get isFrozen(): boolean {
    return this.#state()?.frozenAt !== undefined
  }

  /** Stands still at a moment: now, without. */
  frozen(at?: number): ClockState {
    const baseNow = this.#base.now()
    const frozenAt = at ?? this.#nowAt(baseNow)
    return { aheadMs: frozenAt - baseNow, frozenAt }
  }

  /** Is at that moment now, and stands still there if it stood still. */
  setTo(at: number): ClockState {
    const aheadMs = at - this.#base.now()
    return this.isFrozen ? { aheadMs, frozenAt: at } : { aheadMs }
  }

  /** Is that much later, in milliseconds, however it goes. */
  advanced(ms: number): ClockState {
    const { aheadMs = 0, frozenAt } = this.#state() ?? {}
    return frozenAt === undefined
      ? { aheadMs: aheadMs + ms }
      : { aheadMs: aheadMs + ms, frozenAt: frozenAt + ms }
  }

  /** Goes on from where it stands. */
  thawed(): ClockState {
    const baseNow = this.#base.now()
    return { aheadMs: this.#nowAt(baseNow) - baseNow }
  }

  /** Every difference is one between two clocks at the same moment: each is read once for it. */
  #nowAt(baseNow: number): number {
    const state = this.#state()
    return state === undefined ? baseNow : (state.frozenAt ?? baseNow + state.aheadMs)
  }
}
