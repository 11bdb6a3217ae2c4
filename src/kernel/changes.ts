import { StoreUnavailable } from './store-errors.ts'
import type { Json, Store } from './store.ts'

/**
 * What was changed in a world while it runs (its clock, people, relying parties, keys), as
 * everybody who serves it knows it: read without waiting, and followed by {@link Changes.refresh}
 * once at the beginning of each request. Keys are `<what>:<name>`, such as `person:child-13`, or a
 * single word.
 */
export interface Changes {
  /** Learns what others changed: one round trip, and nothing else when nothing was. */
  refresh(): Promise<void>
  /** Changes keys for everybody, all at once; `null` removes one. */
  change(entries: Readonly<Record<string, Json>>): Promise<void>
  /**
   * Changes what was decided by what there is, one decision after the other, whoever serves the
   * world: when somebody else changed anything meanwhile, it is decided again. So of two who add
   * one each to a count, both count. What is thrown is thrown, and nothing is changed.
   */
  update(decide: Decide): Promise<void>
  get(key: string): Json | undefined
  /** Names and values of all keys `<what>:<name>`, in the order of their last change. */
  of(what: string): ReadonlyMap<string, Json>
  /** Another object each time something of that kind changed: what caches go by. */
  versionOf(what: string): object
  /** Is told each name of that kind that changed, and its value now; `null` when it is gone. */
  follow(what: string, told: (name: string, value: Json) => void): void
}

/** Says what changes by what there is; nothing does when it is empty. */
type Decide = () => Readonly<Record<string, Json>> | Promise<Readonly<Record<string, Json>>>

type Table = Pick<Store, 'change' | 'changesSince'>

/** Follows the table of a world's store. */
export function followChanges(store: Table): Changes {
  return new FollowedChanges(store)
}

/** What is under one `<what>`. */
interface Kind {
  values: Map<string, Json>
  version: object
}

const nothing: ReadonlyMap<string, Json> = new Map()
const unchanged: object = {}

class FollowedChanges implements Changes {
  readonly #store: Table
  readonly #kinds = new Map<string, Kind>()
  readonly #followers = new Map<string, ((name: string, value: Json) => void)[]>()
  #at: string | undefined
  #lastUpdate: Promise<unknown> = Promise.resolve()

  constructor(store: Table) {
    this.#store = store
  }

  async refresh(): Promise<void> {
    const asked = this.#at
    const { at, isWhole, entries } = await this.#store.changesSince(asked)
    // Somebody in this process asked at the same time, and was answered first.
    if (this.#at !== asked) return this.refresh()
    this.#at = at
    if (isWhole) this.#forget(new Set(entries.map(([key]) => key)))
    for (const [key, value] of entries) this.#take(key, value)
  }

  async change(entries: Readonly<Record<string, Json>>): Promise<void> {
    await this.#store.change(entries)
    await this.#hear(entries)
  }

  /** In turn here, so that only other processes make anybody decide again. */
  update(decide: Decide): Promise<void> {
    const updated = this.#lastUpdate.then(() => this.#update(decide))
    this.#lastUpdate = updated.catch(() => undefined)
    return updated
  }

  get(key: string): Json | undefined {
    const [what, name] = partsOf(key)
    return this.#kinds.get(what)?.values.get(name)
  }

  of(what: string): ReadonlyMap<string, Json> {
    return this.#kinds.get(what)?.values ?? nothing
  }

  versionOf(what: string): object {
    return this.#kinds.get(what)?.version ?? unchanged
  }

  follow(what: string, told: (name: string, value: Json) => void): void {
    this.#followers.set(what, [...(this.#followers.get(what) ?? []), told])
    for (const [name, value] of this.of(what)) told(name, value)
  }

  async #update(decide: Decide): Promise<void> {
    let isDone = false
    while (!isDone) {
      await this.refresh()
      const at = this.#at
      const entries = await decide()
      if (Object.keys(entries).length === 0) return
      isDone = await this.#store.change(entries, at)
      if (isDone) await this.#hear(entries)
    }
  }

  /** It is done, and whoever asked for it hears so, even if the store is out of reach by now. */
  async #hear(entries: Readonly<Record<string, Json>>): Promise<void> {
    try {
      await this.refresh()
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error
      for (const [key, value] of Object.entries(entries)) this.#take(key, value)
    }
  }

  #forget(stillThere: ReadonlySet<string>): void {
    for (const [what, { values }] of this.#kinds)
      for (const name of values.keys()) {
        const key = name === '' ? what : `${what}:${name}`
        if (!stillThere.has(key)) this.#take(key, null)
      }
  }

  #take(key: string, value: Json): void {
    const [what, name] = partsOf(key)
    const kind = this.#kinds.get(what) ?? { values: new Map<string, Json>(), version: unchanged }
    this.#kinds.set(what, kind)
    kind.version = {}
    kind.values.delete(name)
    if (value !== null) kind.values.set(name, value)
    for (const told of this.#followers.get(what) ?? []) told(name, value)
  }
}

function partsOf(key: string): [what: string, name: string] {
  const colon = key.indexOf(':')
  return colon < 0 ? [key, ''] : [key.slice(0, colon), key.slice(colon + 1)]
}
