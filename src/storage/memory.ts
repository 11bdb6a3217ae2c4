import {
  StoreFull,
  type Clock,
  type Json,
  type Keep,
  type Kept,
  type Store,
} from '../kernel/index.ts'

interface Entry {
  json: string
  keep: Keep
  claimedAt?: number
}

/** How often what has expired is swept out. It only frees memory: every read judges for itself. */
const sweepEveryMs = 15_000

/**
 * Expired records are found by the quarter minute in which they end, so sweeping costs what it
 * frees.
 */
const bucketMs = 15_000

export interface MemoryStoreOptions {
  clock: Clock
  /**
   * How many records may be kept at once: whoever can make us remember something could otherwise
   * take all memory.
   *
   * @default no bound
   */
  maxRecords?: number
}

/**
 * A store in this process's memory: exact expiry by the given clock, nothing evicted, gone at exit.
 * When it is full, new records are refused with {@link StoreFull}.
 */
export function createMemoryStore({ clock, maxRecords = Infinity }: MemoryStoreOptions): Store {
  return new MemoryStore(clock, maxRecords)
}

class MemoryStore implements Store {
  readonly #clock: Clock
  readonly #entries = new Map<string, Entry>()
  readonly #pointers = new Map<string, string>()
  readonly #groups = new Map<string, Set<string>>()
  readonly #buckets = new Map<number, Set<string>>()
  readonly #sweeper: NodeJS.Timeout
  readonly #maxRecords: number
  #sweptBucket = NaN

  constructor(clock: Clock, maxRecords: number) {
    this.#clock = clock
    this.#maxRecords = maxRecords
    this.#sweeper = setInterval(() => this.#sweep(), sweepEveryMs).unref()
  }

  async find<T extends Json>(kind: string, id: string): Promise<Kept<T> | undefined> {
    return this.#read<T>(keyOf(kind, id))
  }

  async findBy<T extends Json>(
    kind: string,
    pointer: string,
    value: string,
  ): Promise<Kept<T> | undefined> {
    const key = this.#pointers.get(keyOf(kind, pointer, value))
    return key === undefined ? undefined : this.#read<T>(key)
  }

  async put(kind: string, id: string, value: Json, keep: Keep = {}): Promise<void> {
    this.#write(kind, id, value, keep)
  }

  async putIfAbsent(kind: string, id: string, value: Json, keep: Keep = {}): Promise<boolean> {
    if (this.#alive(keyOf(kind, id))) return false
    this.#write(kind, id, value, keep)
    return true
  }

  async swap(
    kind: string,
    id: string,
    version: string,
    value: Json,
    keep: Keep = {},
  ): Promise<boolean> {
    if (this.#alive(keyOf(kind, id))?.keep.version !== version) return false
    this.#write(kind, id, value, keep)
    return true
  }

  async claim(kind: string, id: string): Promise<boolean> {
    const entry = this.#alive(keyOf(kind, id))
    if (entry === undefined || entry.claimedAt !== undefined) return false
    entry.claimedAt = this.#clock.now()
    return true
  }

  async destroy(kind: string, id: string): Promise<void> {
    this.#remove(keyOf(kind, id))
  }

  async destroyGroup(group: string): Promise<void> {
    for (const key of this.#groups.get(group) ?? []) this.#remove(key)
  }

  /** Every write is done at once and cannot fail: there is nothing to hold back. */
  unit<T>(work: () => Promise<T>): Promise<T> {
    return work()
  }

  async isReady(): Promise<boolean> {
    return true
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper)
    for (const map of [this.#entries, this.#pointers, this.#groups, this.#buckets]) map.clear()
  }

  #read<T extends Json>(key: string): Kept<T> | undefined {
    const entry = this.#alive(key)
    if (entry === undefined) return undefined
    const value = JSON.parse(entry.json) as T
    return entry.claimedAt === undefined ? { value } : { value, claimedAt: entry.claimedAt }
  }

  #alive(key: string): Entry | undefined {
    const entry = this.#entries.get(key)
    return entry && (entry.keep.expiresAt ?? Infinity) > this.#clock.now() ? entry : undefined
  }

  /** A claim outlives a rewrite: what was used once stays used. */
  #write(kind: string, id: string, value: Json, keep: Keep): void {
    const key = keyOf(kind, id)
    const claimedAt = this.#alive(key)?.claimedAt
    if (this.#entries.size >= this.#maxRecords && !this.#entries.has(key)) this.#makeRoom()
    this.#remove(key)
    this.#entries.set(key, {
      json: JSON.stringify(value),
      keep,
      ...(claimedAt === undefined ? {} : { claimedAt }),
    })
    for (const [pointer, name] of Object.entries(keep.pointers ?? {}))
      this.#pointers.set(keyOf(kind, pointer, name), key)
    if (keep.group !== undefined) join(this.#groups, keep.group, key)
    if (keep.expiresAt !== undefined) join(this.#buckets, bucketOf(keep.expiresAt), key)
  }

  #remove(key: string): void {
    const entry = this.#entries.get(key)
    if (entry === undefined) return
    this.#entries.delete(key)
    const kind = key.slice(0, key.indexOf('\n'))
    for (const [pointer, name] of Object.entries(entry.keep.pointers ?? {})) {
      const pointerKey = keyOf(kind, pointer, name)
      if (this.#pointers.get(pointerKey) === key) this.#pointers.delete(pointerKey)
    }
    if (entry.keep.group !== undefined) leave(this.#groups, entry.keep.group, key)
    if (entry.keep.expiresAt !== undefined)
      leave(this.#buckets, bucketOf(entry.keep.expiresAt), key)
  }

  /** What has ended makes room; what has not is never given up for something newer. */
  #makeRoom(): void {
    if (this.#sweptBucket !== bucketOf(this.#clock.now())) this.#sweep()
    if (this.#entries.size >= this.#maxRecords) throw new StoreFull(this.#maxRecords)
  }

  #sweep(): void {
    const now = this.#clock.now()
    this.#sweptBucket = bucketOf(now)
    for (const [bucket, keys] of this.#buckets)
      if ((bucket + 1) * bucketMs <= now) for (const key of keys) this.#remove(key)
  }
}

const keyOf = (...parts: string[]) => parts.join('\n')

const bucketOf = (expiresAt: number) => Math.floor(expiresAt / bucketMs)

function join<K>(sets: Map<K, Set<string>>, name: K, member: string): void {
  const set = sets.get(name)
  if (set) set.add(member)
  else sets.set(name, new Set([member]))
}

function leave<K>(sets: Map<K, Set<string>>, name: K, member: string): void {
  const set = sets.get(name)
  if (set?.delete(member) && set.size === 0) sets.delete(name)
}
