import { StoreFull } from '../../kernel/index.ts'

/** What makes room where there is none. */
export interface RoomMakers {
  /** Forgets what has ended. */
  sweep: () => void
  /** Forgets which keys were removed from tables. */
  forgetRemoved: () => void
}

/**
 * How much a family of stores may keep together: whoever can make us remember something could
 * otherwise take all memory. A record counts as one, a key of a table as one, and of notes in a log
 * four count as one. A key that was removed counts for as long as that is remembered: until
 * something else needs the room.
 */
export class Budget {
  used = 0
  readonly maxRecords: number
  readonly #makers: RoomMakers

  constructor(maxRecords: number, makers: RoomMakers) {
    this.maxRecords = maxRecords
    this.#makers = makers
  }

  /**
   * Whether there is room for so many more. What has ended makes room, and what only says that
   * something was removed; what has not ended is never given up for something newer.
   */
  hasRoomFor(more: number): boolean {
    const { sweep, forgetRemoved } = this.#makers
    const hasRoom = () => this.used + more <= this.maxRecords
    if (hasRoom()) return true
    sweep()
    if (hasRoom()) return true
    forgetRemoved()
    return hasRoom()
  }

  /** @throws {@link StoreFull} When there is no room for so many more. */
  makeRoomFor(more: number): void {
    if (!this.hasRoomFor(more)) throw new StoreFull(this.maxRecords)
  }
}
