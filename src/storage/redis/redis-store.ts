import { AsyncLocalStorage } from 'node:async_hooks'
import {
  ClaimLost,
  StoreUnavailable,
  systemRandom,
  type Clock,
  type Json,
  type Keep,
  type Kept,
  type Reference,
  type Store,
} from '../../kernel/index.ts'
import { Connection, type ReadRow } from './connection.ts'
import { abandonedAfterMs } from './scripts.ts'
import { holds, kept, Unit, type Condition, type Operation, type Row } from './unit.ts'

export interface RedisStoreOptions {
  /** `redis://…` and its relatives. */
  address: string
  /** Begins every key. Worlds and mocks that share one Redis differ by it. */
  prefix: string
  clock: Clock
}

/**
 * Connects to Redis and keeps a world there, so that any replica can go on where another stopped.
 *
 * @throws {@link StoreAddressInvalid} When the address is none.
 * @throws {@link StoreUnavailable} When nobody answers.
 */
export async function openRedisStore(options: RedisStoreOptions): Promise<Store> {
  return new RedisStore(await Connection.open(options.address), options)
}

class RedisStore implements Store {
  readonly #connection: Connection
  readonly #clock: Clock
  readonly #prefix: string
  readonly #units = new AsyncLocalStorage<Unit>()
  /** Differs between processes even where chance is repeatable: commits are told apart by it. */
  readonly #processId = systemRandom.id()
  #commits = 0

  constructor(connection: Connection, { prefix, clock }: RedisStoreOptions) {
    this.#connection = connection
    this.#clock = clock
    // The braces keep all keys of one world in one slot of a Cluster.
    this.#prefix = `{${prefix}}`
  }

  async find<T extends Json>(kind: string, id: string): Promise<Kept<T> | undefined> {
    return this.#keptAt<T>(nameOf(kind, id))
  }

  async findBy<T extends Json>(
    kind: string,
    pointer: string,
    value: string,
  ): Promise<Kept<T> | undefined> {
    return this.#keptAt<T>(pointerOf(kind, pointer, value))
  }

  async put(kind: string, id: string, value: Json, keep: Keep = {}): Promise<void> {
    const { row, pointers, operation } = this.#writing(kind, id, value, keep)
    const unit = this.#units.getStore()
    if (unit) unit.write(row, pointers, operation)
    else await this.#commit([operation])
  }

  async putIfAbsent(kind: string, id: string, value: Json, keep: Keep = {}): Promise<boolean> {
    return this.#putUnder(['absent', nameOf(kind, id)], kind, id, value, keep)
  }

  async swap(
    kind: string,
    id: string,
    version: string,
    value: Json,
    keep: Keep = {},
  ): Promise<boolean> {
    return this.#putUnder(['version', nameOf(kind, id), version], kind, id, value, keep)
  }

  /** Within a unit the claim is made at its end, with everything that depends on it. */
  async claim(kind: string, id: string): Promise<boolean> {
    const name = nameOf(kind, id)
    const unit = this.#units.getStore()
    if (unit === undefined) return (await this.#commit([['claim', name]])) === undefined
    const row = await this.#row(name)
    const now = this.#clock.now()
    if (row === undefined || !holds(['claim', name], row, now)) return false
    unit.claim(row, now)
    return true
  }

  async destroy(kind: string, id: string): Promise<void> {
    const name = nameOf(kind, id)
    const unit = this.#units.getStore()
    if (unit) unit.destroy(name)
    else await this.#commit([['destroy', name]])
  }

  async destroyGroup(group: string): Promise<void> {
    const name = encodeURIComponent(group)
    const unit = this.#units.getStore()
    if (unit) unit.destroyGroup(name)
    else await this.#commit([['destroyGroup', name]])
  }

  async unit<T>(work: () => Promise<T>): Promise<T> {
    const unit = new Unit()
    return this.#units.run(unit, async () => {
      const result = await work()
      if (unit.failure) throw unit.failure
      if (unit.operations.length === 0) return result
      const failed = await this.#commit(unit.operations)
      if (failed === undefined) return result
      const [kind = '', id = ''] = failed[1].split(':').map(decodeURIComponent)
      throw new ClaimLost(kind, id)
    })
  }

  isReady(): Promise<boolean> {
    return this.#connection.isReady()
  }

  close(): Promise<void> {
    return this.#connection.close()
  }

  async #keptAt<T extends Json>(asked: string): Promise<Kept<T> | undefined> {
    return kept(await this.#row(asked), this.#clock.now()) as Kept<T> | undefined
  }

  async #row(asked: string): Promise<Row | undefined> {
    const unit = this.#units.getStore()
    const known = unit === undefined ? 'unread' : unit.look(asked)
    if (known !== 'unread') return known
    const rows = await this.#ask(() => this.#connection.read(this.#prefix, asked))
    if (unit === undefined) return rows[0] && rowOf(rows[0])
    for (const row of rows) unit.remember(row[0], rowOf(row))
    const found = unit.look(asked)
    return found === 'unread' ? undefined : found
  }

  /** At once, since the answer decides what happens next; unless this request wrote it itself. */
  async #putUnder(
    condition: Condition,
    kind: string,
    id: string,
    value: Json,
    keep: Keep,
  ): Promise<boolean> {
    const { row, pointers, operation } = this.#writing(kind, id, value, keep)
    const unit = this.#units.getStore()
    const own = unit?.own(row.name)
    if (unit === undefined || own === undefined) {
      const isDone = (await this.#commit([condition, operation])) === undefined
      if (isDone) unit?.written(row, pointers)
      else unit?.forget(row.name)
      return isDone
    }
    const present = unit.look(row.name)
    if (!holds(condition, present === 'unread' ? undefined : present, this.#clock.now()))
      return false
    if (own === 'kept') unit.operations.push(condition)
    unit.write(row, pointers, operation)
    return true
  }

  #writing(kind: string, id: string, value: Json, keep: Keep) {
    const name = nameOf(kind, id)
    const json = JSON.stringify(value)
    const { expiresAt, version } = keep
    const group = keep.group === undefined ? undefined : encodeURIComponent(keep.group)
    const pointers = Object.entries(keep.pointers ?? {}).map(([pointer, text]) =>
      pointerOf(kind, pointer, text),
    )
    const left = expiresAt === undefined ? undefined : Math.max(0, expiresAt - this.#clock.now())
    const operation: Operation = [
      'put',
      name,
      json,
      expiresAt === undefined ? '' : String(expiresAt),
      group ?? '',
      version ?? '',
      left === undefined ? '' : String(left + abandonedAfterMs),
      asList(pointers.map((pointer) => pointer.slice(1))),
      asList((keep.related ?? []).map(referenceOf)),
    ]
    const row: Row = {
      name,
      json,
      ...(expiresAt === undefined ? {} : { expiresAt }),
      ...(group === undefined ? {} : { group }),
      ...(version === undefined ? {} : { version }),
    }
    return { row, pointers, operation }
  }

  /** Writes all or nothing, and returns the condition that did not hold. */
  async #commit(operations: readonly Operation[]): Promise<Operation | undefined> {
    const id = `${this.#processId}:${++this.#commits}`
    const now = String(this.#clock.now())
    const text = JSON.stringify(operations)
    const failed = await this.#ask(() => this.#connection.commit(this.#prefix, text, now, id))
    return failed === 0 ? undefined : operations[failed - 1]
  }

  /** A request that found the store out of reach is over, whatever it tries next. */
  async #ask<T>(question: () => Promise<T>): Promise<T> {
    const unit = this.#units.getStore()
    if (unit?.failure) throw unit.failure
    try {
      return await question()
    } catch (error) {
      if (unit && error instanceof StoreUnavailable) unit.failure = error
      throw error
    }
  }
}

const nameOf = (kind: string, id: string) => [kind, id].map(encodeURIComponent).join(':')

/** A pointer's name begins with `@`, which no record's does. */
const pointerOf = (...parts: string[]) => `@${parts.map(encodeURIComponent).join(':')}`

const referenceOf = ({ kind, pointer, value }: Reference) =>
  pointer === undefined ? nameOf(kind, value) : pointerOf(kind, pointer, value)

const asList = (names: readonly string[]) => (names.length === 0 ? '' : JSON.stringify(names))

function rowOf([, name, json, expiresAt, claimedAt, group, version]: ReadRow): Row | undefined {
  if (name === '') return undefined
  return {
    name,
    json,
    ...(expiresAt === '' ? {} : { expiresAt: Number(expiresAt) }),
    ...(claimedAt === '' ? {} : { claimedAt: Number(claimedAt) }),
    ...(group === '' ? {} : { group }),
    ...(version === '' ? {} : { version }),
  }
}
