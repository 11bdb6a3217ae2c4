import type { Json, Kept } from '../../kernel/index.ts'

/** One write, or one condition of it, in the order in which they will be done. */
export type Operation =
  | ['absent', name: string]
  | ['version', name: string, version: string]
  | ['claim', name: string]
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

/** A record as the store has it: still as text, so that whoever reads it gets a copy. */
export interface Row {
  name: string
  json: string
  expiresAt?: number
  claimedAt?: number
}

/**
 * What one request has read and will write. Reads look here first; writes wait for the end, where
 * they are done together or not at all.
 */
export class Unit {
  readonly operations: Operation[] = []
  readonly #rows = new Map<string, Row | undefined>()
  readonly #names = new Map<string, string>()

  /**
   * The row of a name or pointer: `undefined` when it is known to be absent, `'unread'` when it is
   * not known.
   */
  look(name: string): Row | undefined | 'unread' {
    const record = this.#names.get(name) ?? name
    return this.#rows.has(record) ? this.#rows.get(record) : 'unread'
  }

  /** Remembers what was read, under the name that was asked for and under its own. */
  remember(asked: string, row: Row | undefined): void {
    if (row === undefined) {
      if (!this.#rows.has(asked)) this.#rows.set(asked, undefined)
      return
    }
    if (asked !== row.name) this.#names.set(asked, row.name)
    if (!this.#rows.has(row.name)) this.#rows.set(row.name, row)
  }

  write(name: string, row: Row, operation: Operation, pointers: readonly string[]): void {
    this.#rows.set(name, row)
    for (const pointer of pointers) this.#names.set(pointer, name)
    this.operations.push(operation)
  }

  claim(name: string, row: Row, now: number): void {
    this.#rows.set(name, { ...row, claimedAt: now })
    this.operations.push(['claim', name])
  }

  destroy(name: string): void {
    this.#rows.set(name, undefined)
    this.operations.push(['destroy', name])
  }

  /** Everything written is in the store now; what was read may have changed with it. */
  clear(): void {
    this.operations.length = 0
    this.#rows.clear()
    this.#names.clear()
  }
}

/** A row as the port hands it out, judged by the world's clock. */
export function kept(row: Row | undefined, now: number): Kept | undefined {
  if (row === undefined || (row.expiresAt ?? Infinity) <= now) return undefined
  const value = JSON.parse(row.json) as Json
  return row.claimedAt === undefined ? { value } : { value, claimedAt: row.claimedAt }
}
