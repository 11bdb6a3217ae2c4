import type { Clock } from './clock.ts'

/** What may be kept: anything that survives JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined }

/** A record by its id, or by one of its pointers. */
export interface Reference {
  kind: string
  /** The pointer's name; the record's own id without. */
  pointer?: string
  value: string
}

/** How a record is kept. */
export interface Keep {
  /**
   * When the record ceases to exist, in milliseconds of the world's clock. Kept for ever without.
   * What has ceased to is gone, also when the clock is set back ({@link Store.forgetEnded}).
   */
  expiresAt?: number
  /** Records of one group end together: the tokens of a grant. */
  group?: string
  /** Other names to find the record by, such as the `uid` of a session. */
  pointers?: Readonly<Record<string, string>>
  /** Records that whoever reads this one will want next: a store may bring them along. */
  related?: readonly Reference[]
  /** What {@link Store.swap} compares: a word that changes with each version of the record. */
  version?: string
}

/** A record as it comes back: a copy, so that changing it changes nothing that is kept. */
export interface Kept<T extends Json = Json> {
  value: T
  /** When someone claimed it, in milliseconds of the world's clock. */
  claimedAt?: number
}

/** A record among others of its kind. */
export interface Listed<T extends Json = Json> extends Kept<T> {
  id: string
  /** In milliseconds of the world's clock. */
  expiresAt?: number
  group?: string
  version?: string
}

/** What was changed in a table since somebody last asked. */
export interface Changed {
  /** What to ask with the next time. */
  at: string
  /** Whether this is all there is, so that whatever was known before is to be forgotten. */
  isWhole: boolean
  /** Each key that changed, with its value now, in the order of the changes; `null` for removed. */
  entries: readonly (readonly [key: string, value: Json])[]
}

/** Something that was written down, and where it stands among the others. */
export interface Noted<T extends Json = Json> {
  /** Later ones have greater positions, as strings. */
  position: string
  value: T
}

/** Everything that a world keeps, at one moment: for {@link Store.load} of the same kind of store. */
export type Dump = Json

/**
 * Where one world keeps what it must remember. Every maker of a store passes one contract
 * (`test/storage/contract.ts`): reads are copies, expiry is exact by the world's clock, nothing is
 * evicted silently, and of several who claim one record at once exactly one wins.
 */
export interface Store {
  find<T extends Json = Json>(kind: string, id: string): Promise<Kept<T> | undefined>
  findBy<T extends Json = Json>(
    kind: string,
    pointer: string,
    value: string,
  ): Promise<Kept<T> | undefined>
  put(kind: string, id: string, value: Json, keep?: Keep): Promise<void>
  /** Keeps the record only if none of that id is there; says whether it did. */
  putIfAbsent(kind: string, id: string, value: Json, keep?: Keep): Promise<boolean>
  /** Replaces the record only if it is still of `version`; says whether it did. */
  swap(kind: string, id: string, version: string, value: Json, keep?: Keep): Promise<boolean>
  /** Marks the record as used. The first to ask wins, for ever; everyone else is told `false`. */
  claim(kind: string, id: string): Promise<boolean>
  destroy(kind: string, id: string): Promise<void>
  destroyGroup(group: string): Promise<void>
  /** Every living record of a kind, in the order in which they were first put. */
  list<T extends Json = Json>(kind: string): Promise<readonly Listed<T>[]>
  /**
   * Changes keys of the world's table, all of them at once; `null` removes one. The table is what
   * everybody who serves the world must know of it, so each follows it by
   * {@link Store.changesSince}. Outside of any unit: it counts at once.
   *
   * @param onlyAt Where the table must still stand, by {@link Changed.at}: if anything in it was
   *   changed since, nothing is changed now.
   * @returns Whether it was done.
   */
  change(entries: Readonly<Record<string, Json>>, onlyAt?: string): Promise<boolean>
  /**
   * What was changed since {@link Changed.at} of an earlier answer, in one round trip; all there is
   * without one, and when the table was cleared or loaded meanwhile.
   */
  changesSince(at?: string): Promise<Changed>
  /**
   * Writes down at the end of a log of this world, and lets its oldest go beyond `keepLast`. Cheap:
   * in a unit it waits for the end, and in memory nothing is copied, so the value must not be
   * changed afterwards.
   */
  note(log: string, value: Json, keepLast: number): Promise<void>
  /** What stands in a log after a position (from its beginning without), the oldest first: copies. */
  notes<T extends Json = Json>(
    log: string,
    options?: { after?: string; limit?: number },
  ): Promise<readonly Noted<T>[]>
  /**
   * Resolves when something may stand in the log after the position, or when the time is over or
   * the signal is aborted, whichever is first. Outside of any unit. `after` must be a position of
   * this log, or `undefined` for its beginning.
   */
  waitForNote(
    log: string,
    options: { after: string | undefined; timeoutMs: number; signal?: AbortSignal },
  ): Promise<void>
  /** Empties a log. Positions go on growing. */
  forgetNotes(log: string): Promise<void>
  /**
   * Forgets for good the records that have ended by now. Whoever sets the world's clock back does
   * this first: what has ended does not come back then. Without, it may or may not, since a store
   * makes room whenever it likes. Outside of any unit.
   */
  forgetEnded(): Promise<void>
  /** Forgets everything: records, table and logs. */
  clear(): Promise<void>
  /** All records, the table and the logs. */
  dump(): Promise<Dump>
  /** Everything as it was in a dump, and nothing else. Positions in logs go on growing. */
  load(dump: Dump): Promise<void>
  /**
   * One unit of work, a request's: a store may hold its writes back and do them together at the
   * end, all or none. Reads within it see its own writes. Whatever says what came of it (`swap`,
   * `putIfAbsent`, `change`) is done at once; a `claim` is granted by what is known, and a loss
   * comes to light at the end.
   *
   * @throws When a record it claimed was claimed by someone else meanwhile; nothing is written
   *   then.
   */
  unit<T>(work: () => Promise<T>): Promise<T>
  /** Whether the store answers. */
  isReady(): Promise<boolean>
  /** Ends this store; of several of one family, the others go on. */
  close(): Promise<void>
}

/** Stores side by side, each a namespace that sees nothing of the others, over one connection. */
export interface Stores {
  /** The store of a namespace, judged by its own clock. Opening costs nothing. */
  open(namespace: string, clock: Clock): Store
  /** Whether they answer. */
  isReady(): Promise<boolean>
  /** Ends all of them, and the connection. */
  close(): Promise<void>
}
