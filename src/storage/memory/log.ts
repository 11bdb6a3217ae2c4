import type { Json, Noted } from '../../kernel/index.ts'
import type { Budget } from './budget.ts'

/** What notes take of the budget. They are kept as they are and found by nothing: four are a record. */
export const costOf = (notes: number): number => Math.ceil(notes / 4)

/**
 * A bounded log. Writing is what must cost nothing: the value is kept as it is and copied for
 * whoever reads it, and what is too old is cut off many at a time.
 */
export class Log {
  readonly #budget: Budget
  #values: Json[] = []
  /** How many of the values have gone beyond the end, and are only not cut off yet. */
  #gone = 0
  /** The position of the first of the values. */
  #first: number
  #charged = 0

  /** @param first The position that its first note gets. */
  constructor(budget: Budget, first: number) {
    this.#budget = budget
    this.#first = first
  }

  /** The position that its next note gets. */
  get next(): number {
    return this.#first + this.#values.length
  }

  /** What it takes of the budget. */
  get size(): number {
    return this.#charged
  }

  note(value: Json, keepLast: number): void {
    this.#values.push(value)
    const tooMany = this.#values.length - this.#gone - keepLast
    if (tooMany > 0) this.#gone += tooMany
    this.#charge()
    if (this.#gone > 64 && this.#gone * 4 > this.#values.length) this.#cut()
  }

  isBeyond(after: string | undefined): boolean {
    return this.#indexAfter(after) < this.#values.length
  }

  notes(after: string | undefined, limit: number = Infinity): Noted[] {
    const from = this.#indexAfter(after)
    return structuredClone(this.#values.slice(from, from + limit)).map((value, index) => ({
      position: positionOf(this.#first + from + index),
      value,
    }))
  }

  forget(): void {
    this.#gone = this.#values.length
    this.#cut()
    this.#charge()
  }

  #indexAfter(after: string | undefined): number {
    return after === undefined ? this.#gone : Math.max(this.#gone, Number(after) - this.#first + 1)
  }

  /** Where there is no room at all, its own oldest make room: a log is bounded anyway. */
  #charge(): void {
    const cost = costOf(this.#values.length - this.#gone)
    if (cost > this.#charged && this.#charged > 0 && !this.#budget.hasRoomFor(1)) {
      this.#gone++
      return
    }
    this.#budget.used += cost - this.#charged
    this.#charged = cost
  }

  #cut(): void {
    this.#values = this.#values.slice(this.#gone)
    this.#first += this.#gone
    this.#gone = 0
  }
}

/** All of one length, so that they compare as text. */
const positionOf = (number: number) => String(number).padStart(16, '0')
