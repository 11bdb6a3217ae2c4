import type { Keep } from '../../kernel/index.ts'
import type { Budget } from './budget.ts'

/** A record: its value as text, so that whoever reads it gets a copy. */
export interface MemoryRecord {
  readonly kind: string
  readonly id: string
  json: string
  keep: Keep
  claimedAt: number | undefined
}

/**
 * Expired records are found by the quarter minute in which they end, so sweeping costs what it
 * frees.
 */
const bucketMs = 15_000

/** The records of one namespace, with what they are found by. Whoever asks says what time it is. */
export class Records {
  readonly #budget: Budget
  /** By kind and id, each in the order in which they were first put. */
  readonly #kinds = new Map<string, Map<string, MemoryRecord>>()
  readonly #pointers = new Map<string, MemoryRecord>()
  readonly #groups = new Map<string, Set<MemoryRecord>>()
  readonly #buckets = new Map<number, Set<MemoryRecord>>()
  #sweptBucket = NaN

  constructor(budget: Budget) {
    this.#budget = budget
  }

  find(kind: string, id: string, now: number): MemoryRecord | undefined {
    return alive(this.#kinds.get(kind)?.get(id), now)
  }

  findBy(kind: string, pointer: string, value: string, now: number): MemoryRecord | undefined {
    return alive(this.#pointers.get(pointerKey(kind, pointer, value)), now)
  }

  list(kind: string, now: number): MemoryRecord[] {
    return [...(this.#kinds.get(kind)?.values() ?? [])].filter((record) => alive(record, now))
  }

  all(now: number): MemoryRecord[] {
    return [...this.#kinds.keys()].flatMap((kind) => this.list(kind, now))
  }

  /** A claim outlives a rewrite, and so does the place among the others. */
  write(kind: string, id: string, json: string, keep: Keep, now: number): MemoryRecord {
    const ofKind = this.#ofKind(kind)
    const old = ofKind.get(id)
    if (old !== undefined && alive(old, now)) {
      this.#unindex(old)
      old.json = json
      old.keep = keep
      this.#index(old)
      return old
    }
    if (old) this.remove(old)
    else this.#budget.makeRoomFor(1)
    const record: MemoryRecord = { kind, id, json, keep, claimedAt: undefined }
    ofKind.set(id, record)
    this.#budget.used++
    this.#index(record)
    return record
  }

  destroy(kind: string, id: string): void {
    const record = this.#kinds.get(kind)?.get(id)
    if (record) this.remove(record)
  }

  destroyGroup(group: string): void {
    for (const record of this.#groups.get(group) ?? []) this.remove(record)
  }

  remove(record: MemoryRecord): void {
    this.#kinds.get(record.kind)?.delete(record.id)
    this.#budget.used--
    this.#unindex(record)
  }

  /** What they take of the budget. */
  get size(): number {
    return [...this.#kinds.values()].reduce((sum, ofKind) => sum + ofKind.size, 0)
  }

  clear(): void {
    this.#budget.used -= this.size
    for (const map of [this.#kinds, this.#pointers, this.#groups, this.#buckets]) map.clear()
  }

  /** Forgets all that has ended, to the millisecond. */
  forgetEnded(now: number): void {
    for (const [bucket, records] of this.#buckets)
      if (bucket * bucketMs <= now)
        for (const record of records) if (!alive(record, now)) this.remove(record)
  }

  /** Forgets what has ended. It only frees memory: every read judges for itself. */
  sweep(now: number): void {
    this.#sweptBucket = bucketOf(now)
    for (const [bucket, records] of this.#buckets)
      if ((bucket + 1) * bucketMs <= now) for (const record of records) this.remove(record)
  }

  /** The same, unless it would find nothing that the last time did not. */
  sweepAgain(now: number): void {
    if (this.#sweptBucket !== bucketOf(now)) this.sweep(now)
  }

  #ofKind(kind: string): Map<string, MemoryRecord> {
    const there = this.#kinds.get(kind)
    if (there) return there
    const made = new Map<string, MemoryRecord>()
    this.#kinds.set(kind, made)
    return made
  }

  #index(record: MemoryRecord): void {
    const { pointers, group, expiresAt } = record.keep
    if (pointers !== undefined)
      for (const pointer in pointers)
        this.#pointers.set(pointerKey(record.kind, pointer, pointers[pointer]!), record)
    if (group !== undefined) join(this.#groups, group, record)
    if (expiresAt !== undefined) join(this.#buckets, bucketOf(expiresAt), record)
  }

  #unindex(record: MemoryRecord): void {
    const { pointers, group, expiresAt } = record.keep
    if (pointers !== undefined)
      for (const pointer in pointers) {
        const key = pointerKey(record.kind, pointer, pointers[pointer]!)
        if (this.#pointers.get(key) === record) this.#pointers.delete(key)
      }
    if (group !== undefined) leave(this.#groups, group, record)
    if (expiresAt !== undefined) leave(this.#buckets, bucketOf(expiresAt), record)
  }
}

function alive(record: MemoryRecord | undefined, now: number): MemoryRecord | undefined {
  return record !== undefined && (record.keep.expiresAt ?? Infinity) > now ? record : undefined
}

const pointerKey = (kind: string, pointer: string, value: string) => `${kind}\n${pointer}\n${value}`

const bucketOf = (expiresAt: number) => Math.floor(expiresAt / bucketMs)

function join<K>(sets: Map<K, Set<MemoryRecord>>, name: K, member: MemoryRecord): void {
  const set = sets.get(name)
  if (set) set.add(member)
  else sets.set(name, new Set([member]))
}

function leave<K>(sets: Map<K, Set<MemoryRecord>>, name: K, member: MemoryRecord): void {
  const set = sets.get(name)
  if (set?.delete(member) && set.size === 0) sets.delete(name)
}
