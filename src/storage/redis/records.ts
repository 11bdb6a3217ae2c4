import type { Json, Keep, Kept, Listed } from '../../kernel/index.ts'
import { encoded, nameOf, pointerOf } from './names.ts'
import type { Namespace } from './namespace.ts'
import { listed, listedRow, rowOf, writing } from './rows.ts'
import type { ListRow } from './scripts/scripts.ts'
import { holds, kept, type Condition, type Row } from './unit.ts'

/** The records of one world. Within a unit they are read once, and written at its end. */
export class Records {
  readonly #namespace: Namespace

  constructor(namespace: Namespace) {
    this.#namespace = namespace
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
    const { row, pointers, operation } = writing(kind, id, value, keep, this.#namespace.clock.now())
    const { unit } = this.#namespace
    if (unit) unit.write(row, pointers, operation)
    else await this.#namespace.commit([operation])
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
    const { unit } = this.#namespace
    if (unit === undefined) return (await this.#namespace.commit([['claim', name]])) === undefined
    const row = await this.#row(name)
    const now = this.#namespace.clock.now()
    if (row === undefined || !holds(['claim', name], row, now)) return false
    unit.claim(row, now)
    return true
  }

  async destroy(kind: string, id: string): Promise<void> {
    const name = nameOf(kind, id)
    const { unit } = this.#namespace
    if (unit) unit.destroy(name)
    else await this.#namespace.commit([['destroy', name]])
  }

  async destroyGroup(group: string): Promise<void> {
    const name = encoded(group)
    const { unit } = this.#namespace
    if (unit) unit.destroyGroup(name)
    else await this.#namespace.commit([['destroyGroup', name]])
  }

  async list<T extends Json>(kind: string): Promise<readonly Listed<T>[]> {
    const rows = (await this.all(encoded(kind))).map(listedRow)
    const now = this.#namespace.clock.now()
    const seen = this.#namespace.unit?.listed(`${encoded(kind)}:`, rows) ?? rows
    return seen.flatMap((row) => (listed(row, now) as Listed<T> | undefined) ?? [])
  }

  /** Every record of a kind that Redis has, ended or not. */
  async all(kind: string): Promise<ListRow[]> {
    const rows = new Map<string, ListRow>()
    let after = '0'
    while (after !== '') {
      const from = after
      const page = await this.#namespace.ask((connection) =>
        connection.list(this.#namespace.prefix, kind, from),
      )
      for (const row of page[1]) rows.set(row[0], row)
      after = page[0]
    }
    return [...rows.values()]
  }

  async #keptAt<T extends Json>(asked: string): Promise<Kept<T> | undefined> {
    return kept(await this.#row(asked), this.#namespace.clock.now()) as Kept<T> | undefined
  }

  async #row(asked: string): Promise<Row | undefined> {
    const { unit } = this.#namespace
    const known = unit === undefined ? 'unread' : unit.look(asked)
    if (known !== 'unread') return known
    const rows = await this.#namespace.ask((connection) =>
      connection.read(this.#namespace.prefix, asked),
    )
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
    const { row, pointers, operation } = writing(kind, id, value, keep, this.#namespace.clock.now())
    const { unit } = this.#namespace
    const own = unit?.own(row.name)
    if (unit === undefined || own === undefined) {
      const isDone = (await this.#namespace.commit([condition, operation])) === undefined
      if (isDone) unit?.written(row, pointers)
      else unit?.forget(row.name)
      return isDone
    }
    const present = unit.look(row.name)
    if (!holds(condition, present === 'unread' ? undefined : present, this.#namespace.clock.now()))
      return false
    if (own === 'kept') unit.operations.push(condition)
    unit.write(row, pointers, operation)
    return true
  }
}
