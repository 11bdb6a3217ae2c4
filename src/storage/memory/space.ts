import { monotonicMs, type Changed, type Clock, type Dump, type Json } from '../../kernel/index.ts'
import { readDump, toDump, type DumpedRecord } from '../dumped.ts'
import { Waiters } from '../waiters.ts'
import type { Budget } from './budget.ts'
import { costOf, Log } from './log.ts'
import { Records, type MemoryRecord } from './records.ts'
import { Table } from './table.ts'

/** Tells tables apart that were made one after another. */
let epochs = 0

/**
 * What is kept under one namespace. A thousand of them stand side by side, so each part is made
 * when it is needed.
 */
export class Space {
  isEnded = false
  readonly #budget: Budget
  #records: Records | undefined
  #table: Table | undefined
  #logs: Map<string, Log> | undefined
  #waiters: Waiters | undefined
  /** Beyond all positions that there were. */
  #nextPosition = 1
  /** By whose time what has ended is swept out. */
  #clock: Clock | undefined
  #stores = 0

  constructor(budget: Budget) {
    this.#budget = budget
  }

  /** Whether nothing is in it and no store is open on it. */
  get isForgotten(): boolean {
    return this.#stores === 0 && this.#size === 0
  }

  /** One more store is open on it. */
  beginFor(clock: Clock): void {
    this.#clock = clock
    this.#stores++
  }

  /** One store less: who waits on another of them looks again, and waits on. */
  endOne(): void {
    this.#stores--
    this.#waiters?.wakeAll()
  }

  end(): void {
    this.isEnded = true
    this.clear()
    this.#waiters?.wakeAll()
  }

  get records(): Records {
    return (this.#records ??= new Records(this.#budget))
  }

  get waiters(): Waiters {
    return (this.#waiters ??= new Waiters())
  }

  change(entries: Readonly<Record<string, Json>>): void {
    this.#table ??= new Table(this.#budget, ++epochs)
    this.#table.change(entries)
  }

  /** Where its table stands. */
  get changedAt(): string {
    return Table.at(this.#table)
  }

  changesSince(at: string | undefined): Changed {
    return Table.since(this.#table, at)
  }

  log(name: string): Log | undefined {
    return this.#logs?.get(name)
  }

  note(name: string, value: Json, keepLast: number): void {
    this.#logToWrite(name).note(value, keepLast)
    this.#waiters?.wake(name)
  }

  sweep(): void {
    if (this.#clock) this.#records?.sweep(this.#clock.now())
  }

  sweepAgain(): void {
    if (this.#clock) this.#records?.sweepAgain(this.#clock.now())
  }

  /** Who follows its table and does not know of them yet is told everything anew. */
  forgetRemoved(): void {
    this.#table?.forgetRemoved()
  }

  clear(): void {
    this.#records?.clear()
    this.#budget.used -= this.#table?.size ?? 0
    for (const log of this.#logs?.values() ?? []) {
      this.#nextPosition = Math.max(this.#nextPosition, log.next)
      log.forget()
    }
    this.#records = undefined
    this.#table = undefined
    this.#logs = undefined
  }

  dump(now: number): Dump {
    const logs = [...(this.#logs ?? [])].map(([name, log]) => [
      name,
      log.notes(undefined).map(({ value }) => value),
    ])
    return toDump({
      at: now,
      records: this.#records?.all(now).map(dumped) ?? [],
      table: this.#table?.entries() ?? [],
      logs: Object.fromEntries(logs),
    })
  }

  /** @throws {@link StoreFull} When there is no room for it; nothing is changed then. */
  load(dump: Dump, now: number): void {
    const { records, table, logs } = readDump(dump)
    const noted = Object.entries(logs)
    // What goes from here makes room now or not at all: no longer once the dump is being written.
    this.sweepAgain()
    this.forgetRemoved()
    const size = noted.reduce(
      (sum, [, values]) => sum + costOf(values.length),
      records.length + table.length,
    )
    this.#budget.makeRoomFor(size - this.#size)
    this.clear()
    for (const { kind, id, value, claimedAt, ...keep } of records)
      this.records.write(kind, id, JSON.stringify(value), keep, now).claimedAt = claimedAt
    // Also where there is none in the dump, so that those who follow it learn of that.
    this.change({})
    for (const [key, value] of table) this.change({ [key]: value })
    for (const [name, values] of noted)
      for (const value of structuredClone(values)) this.note(name, value, values.length)
    this.#waiters?.wakeAll()
  }

  /** What it takes of the budget. */
  get #size(): number {
    const logs = [...(this.#logs?.values() ?? [])]
    return logs.reduce(
      (sum, { size }) => sum + size,
      (this.#records?.size ?? 0) + (this.#table?.size ?? 0),
    )
  }

  #logToWrite(name: string): Log {
    const there = this.#logs?.get(name)
    if (there) return there
    // Also beyond those of a namespace of this name that was forgotten as a whole.
    const first = Math.max(this.#nextPosition, Math.ceil(monotonicMs() * 1000))
    const made = new Log(this.#budget, first)
    this.#logs ??= new Map()
    this.#logs.set(name, made)
    return made
  }
}

function dumped({ kind, id, json, keep, claimedAt }: MemoryRecord): DumpedRecord {
  const value = JSON.parse(json) as Json
  return { kind, id, value, ...keep, ...(claimedAt === undefined ? {} : { claimedAt }) }
}
