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
  /** When the record ceases to exist, in milliseconds of the world's clock. Kept for ever without. */
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
  /**
   * One unit of work, a request's: a store may hold its writes back and do them together at the
   * end, all or none. Reads within it see its own writes.
   *
   * @throws When a record it claimed was claimed by someone else meanwhile; nothing is written
   *   then.
   */
  unit<T>(work: () => Promise<T>): Promise<T>
  /** Whether the store answers. */
  isReady(): Promise<boolean>
  close(): Promise<void>
}
