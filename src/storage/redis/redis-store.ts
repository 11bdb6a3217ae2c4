import { AsyncLocalStorage } from 'node:async_hooks'
import {
  ClaimLost,
  StoreUnavailable,
  type Clock,
  type Json,
  type Keep,
  type Kept,
  type Reference,
  type Store,
} from '../../kernel/index.ts'
import { clientFor, hidePassword, type RedisClient } from './connect.ts'
import { commitScript, readScript } from './scripts.ts'
import { kept, Unit, type Operation, type Row } from './unit.ts'

/**
 * How long a record outlives its end in Redis, in milliseconds. Redis only cleans up: a world whose
 * clock stands still may still ask for what has ended in real time.
 */
const cleanUpAfterMs = 15 * 60 * 1000

export interface RedisStoreOptions {
  /** `redis://…` and its relatives. */
  address: string
  /** Begins every key. Worlds and mocks that share one Redis differ by it. */
  prefix: string
  clock: Clock
}

interface Scripts {
  mockVneidRead(prefix: string, name: string): Promise<[string, string, string, string, string][]>
  mockVneidCommit(prefix: string, operations: string, now: string): Promise<number>
}

/**
 * Connects to Redis and keeps a world there, so that any replica can go on where another stopped.
 *
 * @throws {@link StoreUnavailable} When nobody answers.
 */
export async function openRedisStore(options: RedisStoreOptions): Promise<Store> {
  const client = clientFor(options.address)
  // ioredis reconnects by itself; each command says what went wrong, so nothing is lost here.
  client.on('error', () => {})
  client.defineCommand('mockVneidRead', { numberOfKeys: 1, lua: readScript })
  client.defineCommand('mockVneidCommit', { numberOfKeys: 1, lua: commitScript })
  const store = new RedisStore(client, options)
  try {
    await client.connect()
    await client.ping()
    return store
  } catch (error) {
    client.disconnect()
    throw new StoreUnavailable(hidePassword(options.address), error)
  }
}

class RedisStore implements Store {
  readonly #client: RedisClient
  readonly #scripts: Scripts
  readonly #clock: Clock
  readonly #address: string
  readonly #prefix: string
  readonly #units = new AsyncLocalStorage<Unit>()

  constructor(client: RedisClient, { address, prefix, clock }: RedisStoreOptions) {
    this.#client = client
    this.#scripts = client as unknown as Scripts
    this.#clock = clock
    this.#address = hidePassword(address)
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
    const name = nameOf(kind, id)
    const { operation, row, pointers } = this.#put(kind, name, value, keep)
    const unit = this.#units.getStore()
    if (unit) unit.write(name, row, operation, pointers)
    else await this.#commit([operation])
  }

  async putIfAbsent(kind: string, id: string, value: Json, keep: Keep = {}): Promise<boolean> {
    return this.#putUnder(kind, id, value, keep, ['absent', nameOf(kind, id)])
  }

  async swap(
    kind: string,
    id: string,
    version: string,
    value: Json,
    keep: Keep = {},
  ): Promise<boolean> {
    return this.#putUnder(kind, id, value, keep, ['version', nameOf(kind, id), version])
  }

  async claim(kind: string, id: string): Promise<boolean> {
    const name = nameOf(kind, id)
    const unit = this.#units.getStore()
    if (unit === undefined) return (await this.#commit([['claim', name]])) === undefined
    const row = await this.#row(name)
    const now = this.#clock.now()
    const found = kept(row, now)
    if (row === undefined || found === undefined || found.claimedAt !== undefined) return false
    unit.claim(name, row, now)
    return true
  }

  async destroy(kind: string, id: string): Promise<void> {
    const name = nameOf(kind, id)
    const unit = this.#units.getStore()
    if (unit) unit.destroy(name)
    else await this.#commit([['destroy', name]])
  }

  /** At once, even within a unit: only the store knows who belongs to the group. */
  async destroyGroup(group: string): Promise<void> {
    const unit = this.#units.getStore()
    unit?.operations.push(['destroyGroup', encodeURIComponent(group)])
    if (unit) await this.#flush(unit)
    else await this.#commit([['destroyGroup', encodeURIComponent(group)]])
  }

  async unit<T>(work: () => Promise<T>): Promise<T> {
    const unit = new Unit()
    const result = await this.#units.run(unit, work)
    await this.#flush(unit)
    return result
  }

  async isReady(): Promise<boolean> {
    try {
      return (await this.#client.ping()) === 'PONG'
    } catch {
      return false
    }
  }

  async close(): Promise<void> {
    await this.#client.quit().catch(() => this.#client.disconnect())
  }

  async #keptAt<T extends Json>(asked: string): Promise<Kept<T> | undefined> {
    return kept(await this.#row(asked), this.#clock.now()) as Kept<T> | undefined
  }

  async #row(asked: string): Promise<Row | undefined> {
    const unit = this.#units.getStore()
    const known = unit?.look(asked) ?? (unit ? undefined : 'unread')
    if (known !== 'unread') return known
    const rows = await this.#ask(() => this.#scripts.mockVneidRead(this.#prefix, asked))
    const read = rows.map(([name, key, json, expiresAt, claimedAt]) => ({
      asked: name,
      row: key === '' ? undefined : rowOf(key, json, expiresAt, claimedAt),
    }))
    for (const { asked: name, row } of read) unit?.remember(name, row)
    return unit ? asRead(unit.look(asked)) : read[0]?.row
  }

  async #putUnder(
    kind: string,
    id: string,
    value: Json,
    keep: Keep,
    condition: Operation,
  ): Promise<boolean> {
    const name = nameOf(kind, id)
    const { operation, row, pointers } = this.#put(kind, name, value, keep)
    const failed = await this.#commit([condition, operation])
    if (failed !== undefined) return false
    this.#units.getStore()?.write(name, row, operation, pointers)
    this.#units.getStore()?.operations.pop()
    return true
  }

  #put(kind: string, name: string, value: Json, keep: Keep) {
    const json = JSON.stringify(value)
    const pointers = Object.entries(keep.pointers ?? {}).map(([pointer, text]) =>
      pointerOf(kind, pointer, text),
    )
    const related = (keep.related ?? []).map(referenceOf)
    const { expiresAt } = keep
    const left = expiresAt === undefined ? undefined : expiresAt - this.#clock.now()
    const operation: Operation = [
      'put',
      name,
      json,
      expiresAt === undefined ? '' : String(expiresAt),
      keep.group === undefined ? '' : encodeURIComponent(keep.group),
      keep.version ?? '',
      left === undefined ? '' : String(Math.max(0, left) + cleanUpAfterMs),
      pointers.length === 0 ? '' : JSON.stringify(pointers.map((pointer) => pointer.slice(1))),
      related.length === 0 ? '' : JSON.stringify(related),
    ]
    const row: Row = { name, json, ...(expiresAt === undefined ? {} : { expiresAt }) }
    return { operation, row, pointers }
  }

  async #flush(unit: Unit): Promise<void> {
    const operations = [...unit.operations]
    if (operations.length === 0) return
    unit.clear()
    const failed = await this.#commit(operations)
    if (failed === undefined) return
    const [kind = '', id = ''] = failed[1].split(':').map(decodeURIComponent)
    throw new ClaimLost(kind, id)
  }

  /** Writes all or nothing, and returns the condition that did not hold. */
  async #commit(operations: readonly Operation[]): Promise<Operation | undefined> {
    const now = String(this.#clock.now())
    const failed = await this.#ask(() =>
      this.#scripts.mockVneidCommit(this.#prefix, JSON.stringify(operations), now),
    )
    return failed === 0 ? undefined : operations[failed - 1]
  }

  async #ask<T>(command: () => Promise<T>): Promise<T> {
    try {
      return await command()
    } catch (error) {
      throw new StoreUnavailable(this.#address, error)
    }
  }
}

const nameOf = (kind: string, id: string) => [kind, id].map(encodeURIComponent).join(':')

/** A pointer's name begins with `@`, which no record's does. */
const pointerOf = (...parts: string[]) => `@${parts.map(encodeURIComponent).join(':')}`

const referenceOf = ({ kind, pointer, value }: Reference) =>
  pointer === undefined ? nameOf(kind, value) : pointerOf(kind, pointer, value)

const asRead = (row: Row | undefined | 'unread') => (row === 'unread' ? undefined : row)

function rowOf(name: string, json: string, expiresAt: string, claimedAt: string): Row {
  return {
    name,
    json,
    ...(expiresAt === '' ? {} : { expiresAt: Number(expiresAt) }),
    ...(claimedAt === '' ? {} : { claimedAt: Number(claimedAt) }),
  }
}
