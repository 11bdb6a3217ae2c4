import type {
  Changed,
  Clock,
  Dump,
  Json,
  Keep,
  Kept,
  Listed,
  Noted,
  Store,
} from '../../kernel/index.ts'
import type { MemoryRecord } from './records.ts'
import type { Space } from './space.ts'

/** The store port over a {@link Space}. What was written with one is there for the next. */
export class MemoryStore implements Store {
  readonly #space: Space
  readonly #clock: Clock
  readonly #onClose: () => void
  #isClosed = false

  constructor(space: Space, clock: Clock, onClose: () => void) {
    this.#space = space
    this.#clock = clock
    this.#onClose = onClose
  }

  async find<T extends Json>(kind: string, id: string): Promise<Kept<T> | undefined> {
    return kept<T>(this.#space.records.find(kind, id, this.#clock.now()))
  }

  async findBy<T extends Json>(
    kind: string,
    pointer: string,
    value: string,
  ): Promise<Kept<T> | undefined> {
    return kept<T>(this.#space.records.findBy(kind, pointer, value, this.#clock.now()))
  }

  async put(kind: string, id: string, value: Json, keep: Keep = {}): Promise<void> {
    this.#space.records.write(kind, id, JSON.stringify(value), keep, this.#clock.now())
  }

  async putIfAbsent(kind: string, id: string, value: Json, keep: Keep = {}): Promise<boolean> {
    const now = this.#clock.now()
    if (this.#space.records.find(kind, id, now)) return false
    this.#space.records.write(kind, id, JSON.stringify(value), keep, now)
    return true
  }

  async swap(
    kind: string,
    id: string,
    version: string,
    value: Json,
    keep: Keep = {},
  ): Promise<boolean> {
    const now = this.#clock.now()
    if (this.#space.records.find(kind, id, now)?.keep.version !== version) return false
    this.#space.records.write(kind, id, JSON.stringify(value), keep, now)
    return true
  }

  async claim(kind: string, id: string): Promise<boolean> {
    const now = this.#clock.now()
    const record = this.#space.records.find(kind, id, now)
    if (record === undefined || record.claimedAt !== undefined) return false
    record.claimedAt = now
    return true
  }

  async destroy(kind: string, id: string): Promise<void> {
    this.#space.records.destroy(kind, id)
  }

  async destroyGroup(group: string): Promise<void> {
    this.#space.records.destroyGroup(group)
  }

  async list<T extends Json>(kind: string): Promise<readonly Listed<T>[]> {
    return this.#space.records.list(kind, this.#clock.now()).map((record) => listed<T>(record))
  }

  async change(entries: Readonly<Record<string, Json>>, onlyAt?: string): Promise<boolean> {
    if (onlyAt !== undefined && onlyAt !== this.#space.changedAt) return false
    this.#space.change(entries)
    return true
  }

  async changesSince(at?: string): Promise<Changed> {
    return this.#space.changesSince(at)
  }

  async note(log: string, value: Json, keepLast: number): Promise<void> {
    this.#space.note(log, value, keepLast)
  }

  async notes<T extends Json>(
    log: string,
    { after, limit }: { after?: string; limit?: number } = {},
  ): Promise<readonly Noted<T>[]> {
    return (this.#space.log(log)?.notes(after, limit) ?? []) as Noted<T>[]
  }

  async waitForNote(
    log: string,
    options: { after: string | undefined; timeoutMs: number; signal?: AbortSignal },
  ): Promise<void> {
    if (this.#isClosed || this.#space.isEnded || this.#space.log(log)?.isBeyond(options.after))
      return
    await this.#space.waiters.wait(log, options)
  }

  async forgetNotes(log: string): Promise<void> {
    this.#space.log(log)?.forget()
  }

  async forgetEnded(): Promise<void> {
    this.#space.records.forgetEnded(this.#clock.now())
  }

  async clear(): Promise<void> {
    this.#space.clear()
  }

  async dump(): Promise<Dump> {
    return this.#space.dump(this.#clock.now())
  }

  async load(dump: Dump): Promise<void> {
    this.#space.load(dump, this.#clock.now())
  }

  /** Every write is done at once; only where there is no more room does what follows it fail. */
  unit<T>(work: () => Promise<T>): Promise<T> {
    return work()
  }

  async isReady(): Promise<boolean> {
    return true
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#space.endOne()
    this.#onClose()
  }
}

function kept<T extends Json>(record: MemoryRecord | undefined): Kept<T> | undefined {
  if (record === undefined) return undefined
  const value = JSON.parse(record.json) as T
  return record.claimedAt === undefined ? { value } : { value, claimedAt: record.claimedAt }
}

function listed<T extends Json>(record: MemoryRecord): Listed<T> {
  const { expiresAt, group, version } = record.keep
  return {
    id: record.id,
    ...kept<T>(record)!,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(group === undefined ? {} : { group }),
    ...(version === undefined ? {} : { version }),
  }
}
