import type { Changed, Json } from '../../kernel/index.ts'
import { tombstonesKept } from '../tombstones.ts'
import type { Budget } from './budget.ts'

/** A change of a key: the last one of it that is still in the table, or one that is out of date. */
interface Change {
  key: string
  /** How manieth change of this table it was. */
  number: number
  /** The value; nothing for a key that was removed. */
  json: string | undefined
}

/** What a namespace without a table says of it. */
const noTable = '0'

/**
 * The table of one namespace: the last change of each key, in the order of the changes. A new one
 * is made after it was cleared or loaded, and is told apart from the old one by its epoch.
 */
export class Table {
  readonly #budget: Budget
  readonly #epoch: number
  readonly #last = new Map<string, Change>()
  /** All changes in order, those among them that are out of date not yet thrown away. */
  #changes: Change[] = []
  #count = 0
  #removed = 0
  /** The latest change that was forgotten: whoever knows no more than that must be told everything. */
  #forgotten = 0
  #at: string

  constructor(budget: Budget, epoch: number) {
    this.#budget = budget
    this.#epoch = epoch
    this.#at = `${epoch}:0`
  }

  /** Where a table stands that may not be there. */
  static at(table: Table | undefined): string {
    return table ? table.#at : noTable
  }

  /** What was changed in a table that may not be there since `at`. */
  static since(table: Table | undefined, at: string | undefined): Changed {
    if (table) return table.#since(at)
    return { at: noTable, isWhole: at !== noTable, entries: [] }
  }

  change(entries: Readonly<Record<string, Json>>): void {
    const all = Object.entries(entries)
    // A key that was removed is new again: what is remembered of it may go to make the room.
    const isNew = ([key, value]: [string, Json]) =>
      value !== null && this.#last.get(key)?.json === undefined
    this.#budget.makeRoomFor(all.filter(isNew).length)
    for (const [key, value] of all)
      this.#set(key, value === null ? undefined : JSON.stringify(value))
    // Half of them, so that it need not be done for each.
    if (this.#removed > tombstonesKept) this.#forgetRemoved(tombstonesKept / 2)
    if (this.#changes.length > 2 * this.#last.size + 16) this.#compact()
    this.#at = `${this.#epoch}:${this.#count}`
  }

  /** Forgets which keys were removed. */
  forgetRemoved(): void {
    if (this.#removed > 0) this.#forgetRemoved(0)
  }

  entries(): [key: string, value: Json][] {
    return this.#after(0).flatMap(({ key, json }) =>
      json === undefined ? [] : [[key, JSON.parse(json) as Json]],
    )
  }

  /** What it takes of the budget: removed keys too, as long as they are remembered. */
  get size(): number {
    return this.#last.size
  }

  #since(at: string | undefined): Changed {
    if (at === this.#at) return { at, isWhole: false, entries: [] }
    const [epoch, number] = (at ?? '').split(':').map(Number)
    if (epoch !== this.#epoch || number === undefined || number < this.#forgotten)
      return { at: this.#at, isWhole: true, entries: this.entries() }
    const entries = this.#after(number).map(
      ({ key, json }) => [key, json === undefined ? null : (JSON.parse(json) as Json)] as const,
    )
    return { at: this.#at, isWhole: false, entries }
  }

  #set(key: string, json: string | undefined): void {
    const old = this.#last.get(key)
    if (json === undefined && old?.json === undefined) return
    if (old === undefined) this.#budget.used++
    else if (old.json === undefined) this.#removed--
    if (json === undefined) this.#removed++
    const change = { key, number: ++this.#count, json }
    this.#last.set(key, change)
    this.#changes.push(change)
  }

  /** The last change of each key that was changed after so many. */
  #after(number: number): Change[] {
    let from = 0
    let to = this.#changes.length
    while (from < to) {
      const middle = (from + to) >> 1
      if (this.#changes[middle]!.number > number) to = middle
      else from = middle + 1
    }
    return this.#changes.slice(from).filter((change) => this.#last.get(change.key) === change)
  }

  /** All but the last so many. */
  #forgetRemoved(kept: number): void {
    const removed = this.#after(0).filter(({ json }) => json === undefined)
    for (const { key, number } of removed.slice(0, removed.length - kept)) {
      this.#last.delete(key)
      this.#forgotten = number
      this.#removed--
      this.#budget.used--
    }
    this.#compact()
  }

  #compact(): void {
    this.#changes = this.#after(0)
  }
}
