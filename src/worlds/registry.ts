import { MockClosed, WorldNotFound, type NewWorld } from '../control/index.ts'
import {
  LimitReached,
  MockVneidError,
  StoreUnavailable,
  systemRandom,
  type Clock,
  type Log,
  type Random,
  type Store,
  type Stores,
} from '../kernel/index.ts'
import type { World } from './world.ts'

/** A world of that name is there already. */
export class WorldTaken extends MockVneidError {
  override readonly code = 'ERR_WORLD_TAKEN'
  readonly world: string

  constructor(world: string) {
    super(`a world "${world}" is there already. End it first, or leave the name out.`)
    this.world = world
  }
}

/** A world's parts that must be there before it can be built: what it remembers, and its clock. */
export interface RegistryOptions {
  stores: Stores
  /** Builds a world of that name, with what stands in its store. Not yet refreshed. */
  open: (place: { name: string; id: string; isMaker: boolean }) => World
  /** Judges which worlds are unused. */
  realClock: Clock
  random: Random
  log: Log
  /** How many worlds this process serves at most. */
  mostWorlds: number
}

/** What all who share a store know of a world that was made. */
interface Registered {
  [key: string]: string | number
  name: string
  /** Tells worlds apart that have one name, one after the other. */
  id: string
  lastUsedAt: number
  idleSeconds: number
}

const kind = 'World'

/** How long a request may have been under way in a world that ends, in milliseconds. */
const lateMs = 5_000

/** How often worlds that nobody uses are looked for. */
const sweepEveryMs = 15_000

/**
 * The worlds beside the default one. Each is kept in the store, so that one made through one
 * replica is there on every other; what this process has built of it is only remembered here.
 */
export class Registry {
  readonly #options: RegistryOptions
  readonly #registry: Store
  readonly #built = new Map<string, World>()
  readonly #sweeper: NodeJS.Timeout
  #isClosed = false
  /** Worlds that are being made. */
  #making = 0

  constructor(options: RegistryOptions) {
    this.#options = options
    this.#registry = options.stores.open('worlds', options.realClock)
    this.#sweeper = setInterval(() => void this.#sweepQuietly(), sweepEveryMs).unref()
  }

  /**
   * Makes a world.
   *
   * @throws {@link WorldTaken} And {@link LimitReached}.
   */
  async create(wanted: NewWorld): Promise<World> {
    if (this.#isClosed) throw new MockClosed()
    const { random, mostWorlds, realClock, open } = this.#options
    if (this.#built.size + this.#making >= mostWorlds)
      throw new LimitReached(
        mostWorlds,
        `there are ${mostWorlds} worlds`,
        'End those that are not used any more.',
      )
    const name = wanted.name ?? `w-${random.bytes(6).toString('hex')}`
    if (name === 'default') throw new WorldTaken(name)
    const entry: Registered = {
      name,
      id: systemRandom.id(),
      lastUsedAt: realClock.now(),
      idleSeconds: wanted.idleSeconds ?? 3600,
    }
    this.#making++
    if (!(await this.#registry.putIfAbsent(kind, name, entry))) {
      this.#making--
      throw new WorldTaken(name)
    }
    const world = open({ name, id: entry.id, isMaker: true })
    try {
      await world.begin(wanted)
      this.#remember(name, world)
      return world
    } catch (error) {
      await this.#registry.destroy(kind, name)
      await world.clear()
      await world.close()
      throw error
    } finally {
      this.#making--
    }
  }

  /** The world as it is now, or `undefined` when it does not exist any more. */
  async find(name: string): Promise<World | undefined> {
    const built = this.#built.get(name)
    if (built) {
      await built.refresh()
      if (built.isThere()) return built
      this.#forget(name, built)
    }
    const registered = await this.#registry.find<Registered>(kind, name)
    if (registered === undefined) return undefined
    const world = this.#options.open({ name, id: registered.value.id, isMaker: false })
    await world.refresh()
    // Somebody else may have asked at the same time.
    const other = this.#built.get(name)
    if (!other && world.isThere()) {
      this.#remember(name, world)
      return world
    }
    await world.close()
    return other
  }

  /** @throws {@link WorldNotFound} */
  async get(name: string): Promise<World> {
    const world = await this.find(name)
    if (world) return world
    throw new WorldNotFound(name, await this.names())
  }

  async names(): Promise<string[]> {
    return (await this.#registry.list<Registered>(kind)).map(({ value }) => value.name)
  }

  /** Those that this process serves now. */
  all(): Iterable<World> {
    return this.#built.values()
  }

  /** One that this process serves now. */
  built(name: string): World | undefined {
    return this.#built.get(name)
  }

  /** @throws {@link WorldNotFound} */
  async end(name: string): Promise<void> {
    const world = await this.get(name)
    await this.#registry.destroy(kind, name)
    await world.clear()
    this.#forget(name, world)
    // Requests that were under way may have written a moment later, where nobody looks any more.
    setTimeout(() => void world.clear().catch(() => undefined), lateMs).unref()
  }

  /** Lets go of worlds that have ended, and ends those that nobody used for as long as they may. */
  async sweep(): Promise<void> {
    for (const [name, world] of this.#built) {
      await world.refresh()
      // Ended through another replica: whoever still waits in it here is let go.
      if (!world.isThere()) this.#forget(name, world)
    }
    const now = this.#options.realClock.now()
    for (const { value } of await this.#registry.list<Registered>(kind)) {
      const { name, idleSeconds } = value
      const lastUsedAt = Math.max(value.lastUsedAt, this.#built.get(name)?.usedAt ?? 0)
      if (now - lastUsedAt >= idleSeconds * 1000) await this.#endUnused(name)
      else if (lastUsedAt > value.lastUsedAt)
        await this.#registry.put(kind, name, { ...value, lastUsedAt })
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper)
    this.#isClosed = true
    await Promise.all([...this.#built.values()].map((world) => world.close()))
    this.#built.clear()
  }

  async #endUnused(name: string): Promise<void> {
    await this.end(name).catch((error: unknown) => {
      // Another replica was first.
      if (!(error instanceof WorldNotFound)) throw error
    })
    await this.#registry.destroy(kind, name)
  }

  async #sweepQuietly(): Promise<void> {
    try {
      await this.sweep()
    } catch (error) {
      if (!(error instanceof StoreUnavailable))
        this.#options.log({ event: 'server-error', where: 'worlds', error })
    }
  }

  #remember(name: string, world: World): void {
    this.#built.set(name, world)
  }

  #forget(name: string, world: World): void {
    if (this.#built.get(name) === world) this.#built.delete(name)
    void world.close()
  }
}
