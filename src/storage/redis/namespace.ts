import type { AsyncLocalStorage } from 'node:async_hooks'
import { ClaimLost, StoreUnavailable, type Clock } from '../../kernel/index.ts'
import type { Connection } from './connection.ts'
import { partsOf } from './names.ts'
import type { NoteWatch } from './note-watch.ts'
import { Unit, type Condition, type Operation } from './unit.ts'

/** What stores of one family share, and what is each one's own. */
export interface NamespaceOptions {
  connection: Connection
  watch: NoteWatch
  units: AsyncLocalStorage<Unit>
  /** Begins every key of this world. */
  prefix: string
  clock: Clock
}

/** One world's place in Redis: how it is asked and written to there, within a unit and without. */
export class Namespace {
  readonly prefix: string
  readonly clock: Clock
  readonly #connection: Connection
  readonly #watch: NoteWatch
  readonly #units: AsyncLocalStorage<Unit>

  constructor({ connection, watch, units, prefix, clock }: NamespaceOptions) {
    this.#connection = connection
    this.#watch = watch
    this.#units = units
    this.prefix = prefix
    this.clock = clock
  }

  /** The unit of this store that is under way, beneath those of others that began within it. */
  get unit(): Unit | undefined {
    let unit = this.#units.getStore()
    while (unit && unit.of !== this) unit = unit.outer
    return unit
  }

  /** Does the work, then writes what it left in its unit. */
  async within<T>(work: () => Promise<T>): Promise<T> {
    const unit = new Unit(this, this.#units.getStore())
    return this.#units.run(unit, async () => {
      const result = await work()
      if (unit.failure) throw unit.failure
      if (unit.operations.length === 0) return result
      const failed = await this.commit(unit.operations)
      if (failed === undefined) return result
      const [kind = '', id = ''] = partsOf(failed[1])
      throw new ClaimLost(kind, id)
    })
  }

  /** Writes all or nothing, and returns the condition that did not hold. */
  async commit(operations: readonly Operation[]): Promise<Condition | undefined> {
    const now = String(this.clock.now())
    const text = JSON.stringify(operations)
    const failed = await this.ask((connection) => connection.commit(this.prefix, text, now))
    if (failed !== 0) return operations[failed - 1] as Condition
    for (const [what, log] of operations) if (what === 'note') this.#watch.wake(this.logKey(log))
    return undefined
  }

  /** Waits for the end of the unit; without one it is done at once. */
  async queue(operation: Operation): Promise<void> {
    const unit = this.unit
    if (unit) unit.operations.push(operation)
    else await this.commit([operation])
  }

  /** A request that found the store out of reach is over, whatever it tries next. */
  async ask<T>(question: (connection: Connection) => Promise<T>): Promise<T> {
    const unit = this.unit
    if (unit?.failure) throw unit.failure
    try {
      return await question(this.#connection)
    } catch (error) {
      if (unit && error instanceof StoreUnavailable) unit.failure = error
      throw error
    }
  }

  /** @param log As it is written in operations. */
  logKey(log: string): string {
    return `${this.prefix}:l:${log}`
  }
}
