import type { Changed, Dump, Json, Keep, Kept, Listed, Noted, Store } from '../../kernel/index.ts'
import { toDump } from '../dumped.ts'
import type { Connection } from './connection.ts'
import { changing, commitsOf } from './loading.ts'
import { Logs } from './logs.ts'
import { decoded } from './names.ts'
import { Namespace, type NamespaceOptions } from './namespace.ts'
import { Records } from './records.ts'
import { dumped } from './rows.ts'
import type { Cleared, ListRow } from './scripts/scripts.ts'

/** The store port over Redis: any replica can go on where another stopped. */
export class RedisStore implements Store {
  readonly #connection: Connection
  readonly #namespace: Namespace
  readonly #records: Records
  readonly #logs: Logs
  #isClosed = false

  constructor(options: NamespaceOptions) {
    this.#connection = options.connection
    this.#namespace = new Namespace(options)
    this.#records = new Records(this.#namespace)
    this.#logs = new Logs(this.#namespace, options.watch)
  }

  find<T extends Json>(kind: string, id: string): Promise<Kept<T> | undefined> {
    return this.#records.find<T>(kind, id)
  }

  findBy<T extends Json>(
    kind: string,
    pointer: string,
    value: string,
  ): Promise<Kept<T> | undefined> {
    return this.#records.findBy<T>(kind, pointer, value)
  }

  put(kind: string, id: string, value: Json, keep?: Keep): Promise<void> {
    return this.#records.put(kind, id, value, keep)
  }

  putIfAbsent(kind: string, id: string, value: Json, keep?: Keep): Promise<boolean> {
    return this.#records.putIfAbsent(kind, id, value, keep)
  }

  swap(kind: string, id: string, version: string, value: Json, keep?: Keep): Promise<boolean> {
    return this.#records.swap(kind, id, version, value, keep)
  }

  claim(kind: string, id: string): Promise<boolean> {
    return this.#records.claim(kind, id)
  }

  destroy(kind: string, id: string): Promise<void> {
    return this.#records.destroy(kind, id)
  }

  destroyGroup(group: string): Promise<void> {
    return this.#records.destroyGroup(group)
  }

  list<T extends Json>(kind: string): Promise<readonly Listed<T>[]> {
    return this.#records.list<T>(kind)
  }

  async change(entries: Readonly<Record<string, Json>>, onlyAt?: string): Promise<boolean> {
    const operations = Object.entries(entries).map(changing)
    if (onlyAt !== undefined) operations.unshift(['unchanged', ...placeOf(onlyAt)])
    return operations.length === 0 || (await this.#namespace.commit(operations)) === undefined
  }

  /** Without an earlier answer it is asked about a table that never was. */
  async changesSince(at: string = ''): Promise<Changed> {
    const [askedEpoch, askedCount] = placeOf(at)
    const [epoch, count, isWhole, rows] = await this.#namespace.ask((connection) =>
      connection.changes(this.#namespace.prefix, askedEpoch, askedCount),
    )
    return {
      at: `${epoch}:${count}`,
      isWhole: isWhole === 1,
      entries: rows.map(([key, json]) => [
        decoded(key),
        json === '' ? null : (JSON.parse(json) as Json),
      ]),
    }
  }

  note(log: string, value: Json, keepLast: number): Promise<void> {
    return this.#logs.note(log, value, keepLast)
  }

  notes<T extends Json>(
    log: string,
    options?: { after?: string; limit?: number },
  ): Promise<readonly Noted<T>[]> {
    return this.#logs.notes<T>(log, options)
  }

  async waitForNote(
    log: string,
    options: { after: string | undefined; timeoutMs: number; signal?: AbortSignal },
  ): Promise<void> {
    if (!this.#isClosed) await this.#logs.wait(log, options)
  }

  forgetNotes(log: string): Promise<void> {
    return this.#logs.forget(log)
  }

  async forgetEnded(): Promise<void> {
    const { prefix, clock } = this.#namespace
    const now = String(clock.now())
    while (await this.#namespace.ask((connection) => connection.forgetSomeEnded(prefix, now)));
  }

  async clear(): Promise<void> {
    await this.#clear('all')
  }

  async dump(): Promise<Dump> {
    const { prefix, clock } = this.#namespace
    const kinds = await this.#namespace.ask((connection) => connection.kinds(prefix))
    const logs = await this.#namespace.ask((connection) => connection.logs(prefix))
    const rows: ListRow[] = []
    for (const kind of kinds) rows.push(...(await this.#records.all(kind)))
    const notes: Record<string, Json[]> = {}
    for (const log of logs.map(decoded))
      notes[log] = (await this.#logs.notes(log)).map(({ value }) => value)
    const now = clock.now()
    return toDump({
      at: now,
      records: rows.flatMap((row) => dumped(row, now) ?? []),
      table: (await this.changesSince()).entries,
      logs: notes,
    })
  }

  async load(dump: Dump): Promise<void> {
    const commits = commitsOf(dump, this.#namespace.clock.now())
    await this.#clear('all but the table')
    for (const operations of commits) await this.#namespace.commit(operations)
  }

  unit<T>(work: () => Promise<T>): Promise<T> {
    return this.#namespace.within(work)
  }

  isReady(): Promise<boolean> {
    return this.#connection.isReady(`${this.#namespace.prefix}:ready`)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#logs.wakeAll()
  }

  /** Some at a time, so that nobody waits: who asks meanwhile sees what is left. */
  async #clear(what: Cleared): Promise<void> {
    const { prefix } = this.#namespace
    while (await this.#namespace.ask((connection) => connection.clearSome(prefix, what)));
  }
}

/** The epoch of a table and the number of its last change. */
function placeOf(at: string): [epoch: string, count: string] {
  const [, epoch = '?', count = '0'] = /^(.*):(\d+)$/.exec(at) ?? []
  return [epoch, count]
}
