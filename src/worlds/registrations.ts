import {
  followChanges,
  LimitReached,
  MockVneidError,
  type Changes,
  type Json,
  type Store,
} from '../kernel/index.ts'

/** A world of that name is there already. */
export class WorldTaken extends MockVneidError {
  override readonly code = 'ERR_WORLD_TAKEN'
  readonly world: string

  constructor(world: string) {
    super(`a world "${world}" is there already. End it first, or leave the name out.`)
    this.world = world
  }
}

/** What all who share a store know of a world that was made. */
export interface Registered {
  [key: string]: string | number
  name: string
  /** Tells worlds apart that have one name, one after the other. */
  id: string
  madeAt: number
  lastUsedAt: number
  idleSeconds: number
}

/** The worlds that there are, as somebody decides by them who changes them. */
interface Roll {
  readonly size: number
  get(name: string): Registered | undefined
  set(registered: Registered): void
  remove(name: string): void
}

interface Decision {
  by: (roll: Roll) => void
  resolve: () => void
  reject: (error: unknown) => void
}

/**
 * The worlds beside the default one, as all who share a store agree on them: one table, which each
 * follows. Whatever is decided by it (a name is free, there are not too many, whose it is to end
 * one) is decided again when somebody else was first.
 */
export class Registrations {
  readonly #changes: Changes
  readonly #waiting: Decision[] = []
  #isWriting = false

  constructor(store: Store) {
    this.#changes = followChanges(store)
  }

  /** Learns what others changed. */
  refresh(): Promise<void> {
    return this.#changes.refresh()
  }

  get(name: string): Registered | undefined {
    return this.#changes.get(keyOf(name)) as Registered | undefined
  }

  /** All of them in the order in which they were made. */
  all(): Registered[] {
    const all = [...this.#changes.of(what).values()] as unknown as Registered[]
    return all.toSorted((one, other) => one.madeAt - other.madeAt)
  }

  /**
   * Puts a world on the list.
   *
   * @throws {@link WorldTaken} And {@link LimitReached}.
   */
  add(registered: Registered, mostWorlds: number): Promise<void> {
    return this.#decide((roll) => {
      if (roll.get(registered.name)) throw new WorldTaken(registered.name)
      if (roll.size >= mostWorlds)
        throw new LimitReached(
          mostWorlds,
          `there are ${mostWorlds} worlds`,
          'End those that are not used any more.',
        )
      roll.set(registered)
    })
  }

  /**
   * Nobody finds it from now on. Of all who remove it, one is told that it was there until now.
   *
   * @param isWanted Asked by what is known of it then: it stays, and was not removed, where not.
   */
  async remove(
    { name, id }: Pick<Registered, 'name' | 'id'>,
    isWanted: (registered: Registered) => boolean = () => true,
  ): Promise<boolean> {
    let isRemoved = false
    await this.#decide((roll) => {
      const registered = roll.get(name)
      isRemoved = registered?.id === id && isWanted(registered)
      if (isRemoved) roll.remove(name)
    })
    return isRemoved
  }

  /** When these were last used, as far as they are still there. */
  async sayUsed(used: readonly Registered[]): Promise<void> {
    await this.#decide((roll) => {
      for (const registered of used) {
        const { id, lastUsedAt = Infinity } = roll.get(registered.name) ?? {}
        if (id === registered.id && lastUsedAt < registered.lastUsedAt) roll.set(registered)
      }
    })
  }

  /**
   * Changes the list by what there is now. What is asked for while something is being written is
   * decided together and written at once, so that nobody waits for more than one other turn.
   *
   * @param by May be asked more than once. What it throws is thrown, and it has changed nothing.
   */
  #decide(by: (roll: Roll) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ by, resolve, reject })
      if (!this.#isWriting) void this.#write()
    })
  }

  async #write(): Promise<void> {
    this.#isWriting = true
    while (this.#waiting.length > 0) await this.#writeAllWaiting()
    this.#isWriting = false
  }

  async #writeAllWaiting(): Promise<void> {
    let told: (() => void)[] = []
    try {
      await this.#changes.update(() => {
        const roll = new Draft(this.#changes)
        told = this.#waiting.map((decision) => decided(decision, roll))
        return roll.changed
      })
      this.#waiting.splice(0, told.length)
      for (const tell of told) tell()
    } catch (error) {
      // Whoever came meanwhile would hear the same, and later.
      for (const { reject } of this.#waiting.splice(0)) reject(error)
    }
  }
}

/** What is to be told to whoever decided, once it is written. */
function decided({ by, resolve, reject }: Decision, roll: Roll): () => void {
  try {
    by(roll)
    return resolve
  } catch (error) {
    return () => reject(error)
  }
}

/** The list with what was decided since, not yet written. */
class Draft implements Roll {
  readonly changed: Record<string, Json> = {}
  size: number
  readonly #changes: Changes

  constructor(changes: Changes) {
    this.#changes = changes
    this.size = changes.of(what).size
  }

  get(name: string): Registered | undefined {
    const key = keyOf(name)
    const registered = key in this.changed ? this.changed[key] : this.#changes.get(key)
    return (registered ?? undefined) as Registered | undefined
  }

  set(registered: Registered): void {
    if (this.get(registered.name) === undefined) this.size++
    this.changed[keyOf(registered.name)] = registered
  }

  remove(name: string): void {
    if (this.get(name) === undefined) return
    this.size--
    this.changed[keyOf(name)] = null
  }
}

const what = 'world'
const keyOf = (name: string) => `${what}:${name}`
