import type { Json, Kept, StoreUnavailable } from '../../kernel/index.ts'

/** What must hold for anything of a commit to be written. */
export type Condition =
  | ['absent', name: string]
  | ['version', name: string, version: string]
  | ['claim', name: string]
  | ['unchanged', epoch: string, count: string]

/** One write, or one condition of it, in the order in which they will be done. */
export type Operation =
  | Condition
  | [
      'put',
      name: string,
      json: string,
      expiresAt: string,
      group: string,
      version: string,
      ttlMs: string,
      pointers: string,
      related: string,
    ]
  | ['destroy', name: string]
  | ['destroyGroup', group: string]
  | ['claimed', name: string, claimedAt: string]
  | ['change', key: string, json: string]
  | ['loading']
  | ['newTable']
  | ['note', log: string, json: string, keepLast: string]
  | ['forgetNotes', log: string]

/** A record as the store has it: still as text, so that whoever reads it gets a copy. */
export interface Row {
  name: string
  json: string
  expiresAt?: number
  claimedAt?: number
  group?: string
  version?: string
}

/**
 * What one request has read and will write. Reads look here first; writes wait for the end, where
 * they are done together or not at all.
 */
export class Unit {
  /** Whose it is, and within which other it began: stores of one family share one place for them. */
  readonly of: object
  readonly outer: Unit | undefined
  readonly operations: Operation[] = []
  /** Once the store was out of reach, this request asks it nothing more. */
  failure: StoreUnavailable | undefined
  readonly #rows = new Map<string, Row | undefined>()
  readonly #names = new Map<string, string>()
  readonly #own = new Map<string, 'kept' | 'queued'>()
  readonly #endedGroups = new Set<string>()

  constructor(of: object, outer: Unit | undefined) {
    this.of = of
    this.outer = outer
  }

  /**
   * The row of a name or pointer: `undefined` when it is known to be absent, `'unread'` when it is
   * not known.
   */
  look(name: string): Row | undefined | 'unread' {
    const record = this.#names.get(name) ?? name
    return this.#rows.has(record) ? this.#rows.get(record) : 'unread'
  }

  /** Whether this very request has written the record, and whether the store has it already. */
  own(name: string): 'kept' | 'queued' | undefined {
    return this.#own.get(name)
  }

  /** Remembers what was read, under the name that was asked for and under its own. */
  remember(asked: string, row: Row | undefined): void {
    if (row === undefined) {
      if (!this.#rows.has(asked)) this.#rows.set(asked, undefined)
      return
    }
    if (asked !== row.name) this.#names.set(asked, row.name)
    const isEnded = row.group !== undefined && this.#endedGroups.has(row.group)
    if (!this.#rows.has(row.name)) this.#rows.set(row.name, isEnded ? undefined : row)
  }

  /** The records whose names begin so as this request sees them, where the store has these. */
  listed(prefix: string, rows: readonly Row[]): Row[] {
    for (const row of rows) this.remember(row.name, row)
    const own = [...this.#own.keys()].filter((name) => name.startsWith(prefix))
    const names = new Set([...rows.map(({ name }) => name), ...own])
    return [...names].flatMap((name) => this.#rows.get(name) ?? [])
  }

  write(row: Row, pointers: readonly string[], operation: Operation): void {
    this.#note(row, pointers, 'queued')
    this.operations.push(operation)
  }

  /** A write that the store has done already, because its answer was needed at once. */
  written(row: Row, pointers: readonly string[]): void {
    this.#note(row, pointers, 'kept')
  }

  /** What was known of a record is out of date: whoever reads it again asks the store. */
  forget(name: string): void {
    this.#rows.delete(name)
  }

  claim(row: Row, now: number): void {
    this.#rows.set(row.name, { ...row, claimedAt: now })
    this.operations.push(['claim', row.name])
  }

  destroy(name: string): void {
    this.#rows.set(name, undefined)
    this.#own.set(name, 'queued')
    this.operations.push(['destroy', name])
  }

  destroyGroup(group: string): void {
    for (const row of this.#rows.values())
      if (row?.group === group) {
        this.#rows.set(row.name, undefined)
        this.#own.set(row.name, 'queued')
      }
    this.#endedGroups.add(group)
    this.operations.push(['destroyGroup', group])
  }

  #note(row: Row, pointers: readonly string[], own: 'kept' | 'queued'): void {
    // What was used once stays used, whatever is written over it.
    const claimedAt = this.#rows.get(row.name)?.claimedAt
    this.#rows.set(row.name, claimedAt === undefined ? row : { ...row, claimedAt })
    this.#own.set(row.name, own)
    for (const pointer of pointers) this.#names.set(pointer, row.name)
  }
}

/** A row as the port hands it out, judged by the world's clock. */
export function kept(row: Row | undefined, now: number): Kept | undefined {
  if (row === undefined || !isAlive(row, now)) return undefined
  const value = JSON.parse(row.json) as Json
  return row.claimedAt === undefined ? { value } : { value, claimedAt: row.claimedAt }
}

/** Whether a condition holds for a row that this request has written itself. */
export function holds([what, , version]: Condition, row: Row | undefined, now: number): boolean {
  const alive = row !== undefined && isAlive(row, now)
  if (what === 'absent') return !alive
  return alive && (what === 'version' ? row.version === version : row.claimedAt === undefined)
}

const isAlive = ({ expiresAt = Infinity }: Row, now: number) => expiresAt > now
