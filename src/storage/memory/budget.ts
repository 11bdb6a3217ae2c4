import { StoreFull } from '../../kernel/index.ts'

/**
 * How much a family of stores may keep together: whoever can make us remember something could
 * otherwise take all memory. A record counts as one, a key of a table as one, and of notes in a log
 * four count as one.
 */
export class Budget {
  used = 0
  readonly maxRecords: number
  readonly #sweep: () => void

  constructor(maxRecords: number, sweep: () => void) {
    this.maxRecords = maxRecords
    this.#sweep = sweep
  }

  get isFull(): boolean {
    return this.used >= this.maxRecords
  }

  /**
   * What has ended makes room; what has not is never given up for something newer.
   *
   * @throws {@link StoreFull} When there is no room for so many more.
   */
  makeRoomFor(more: number): void {
    if (this.used + more <= this.maxRecords) return
    this.#sweep()
    if (this.used + more > this.maxRecords) throw new StoreFull(this.maxRecords)
  }
}
