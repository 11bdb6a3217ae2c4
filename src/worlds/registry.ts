import { MockClosed, WorldNotFound, type NewWorld } from '../control/index.ts'
import {
  StoreUnavailable,
  systemRandom,
  type Clock,
  type Log,
  type Random,
  type Stores,
} from '../kernel/index.ts'
import { Registrations, WorldTaken, type Registered } from './registrations.ts'
import type { World } from './world.ts'

/** A world's parts that must be there before it can be built: what it remembers, and its clock. */
export interface RegistryOptions {
  stores: Stores
  /** Builds a world of that name, with what stands in its store. Not yet refreshed. */
  open: (place: { name: string; id: string; isMaker: boolean }) => World
  /** Judges which worlds are unused. */
  realClock: Clock
  random: Random
  log: Log
  /** Whether other replicas may serve the same worlds. */
  isShared: boolean
  /** How many worlds there may be at once, whichever replica serves them. */
  mostWorlds: number
}

/** How long a request may have been under way in a world that ends, in milliseconds. */
const lateMs = 5_000

/** How often worlds that nobody uses are looked for. */
const sweepEveryMs = 15_000

/** How much later than it happened others may learn that a world was used, in milliseconds. */
const newsMs = 2 * sweepEveryMs

/** A world that this process serves. */
interface Built {
  name: string
  id: string
  world: World
}

/**
 * The worlds beside the default one. Each is kept in the store, so that one made through one
 * replica is there on every other; what this process has built of it is only remembered here.
 *
 * A world is registered once it has begun, and is no longer before it is cleared: so whatever of
 * the two could not be done, what is registered is there as a whole.
 */
export class Registry {
  readonly #options: RegistryOptions
  readonly #registered: Registrations
  readonly #built = new Map<string, Built>()
  /** What may be left of worlds that nobody can find, by their ids. */
  readonly #leftovers = new Map<string, Built>()
  readonly #sweeper: NodeJS.Timeout
  #isClosed = false

  constructor(options: RegistryOptions) {
    this.#options = options
    this.#registered = new Registrations(options.stores.open('worlds', options.realClock))
    this.#sweeper = setInterval(() => void this.#sweepQuietly(), sweepEveryMs).unref()
  }

  /**
   * Makes a world.
   *
   * @throws {@link WorldTaken} And `LimitReached`.
   */
  async create(wanted: NewWorld): Promise<World> {
    if (this.#isClosed) throw new MockClosed()
    const { random, realClock, open } = this.#options
    const name = wanted.name ?? `w-${random.bytes(6).toString('hex')}`
    if (name === 'default') throw new WorldTaken(name)
    const id = systemRandom.id()
    const built = { name, id, world: open({ name, id, isMaker: true }) }
    const now = realClock.now()
    const { idleSeconds = 3600 } = wanted
    try {
      await built.world.begin(wanted)
      await this.#register({ name, id, madeAt: now, lastUsedAt: now, idleSeconds })
    } catch (error) {
      // Nobody waits for that: the store may be out of reach for longer.
      void this.#clearAway(built)
      throw error
    }
    this.#built.set(name, built)
    return built.world
  }

  /** The world as it is now, or `undefined` when it does not exist any more. */
  async find(name: string): Promise<World | undefined> {
    return (await this.#find(name))?.world
  }

  /** @throws {@link WorldNotFound} */
  async get(name: string): Promise<World> {
    return (await this.#get(name)).world
  }

  async names(): Promise<string[]> {
    await this.#registered.refresh()
    return this.#registered.all().map(({ name }) => name)
  }

  /** Those that this process serves now. */
  *all(): Iterable<World> {
    for (const { world } of this.#built.values()) yield world
  }

  /** One that this process serves now. */
  built(name: string): World | undefined {
    return this.#built.get(name)?.world
  }

  /**
   * Ends a world. Of all who end it, one has done it.
   *
   * @throws {@link WorldNotFound}
   */
  async end(name: string): Promise<void> {
    const built = await this.#get(name)
    if (!(await this.#registered.remove(built))) throw await this.#notFound(name)
    await this.#hasEnded(built)
  }

  /** Lets go of worlds that have ended, and ends those that nobody used for as long as they may. */
  async sweep(): Promise<void> {
    await this.#registered.refresh()
    // Ended through another replica: whoever still waits in it here is let go.
    for (const built of this.#built.values())
      if (this.#registered.get(built.name)?.id !== built.id) this.#leftovers.set(built.id, built)
    await Promise.all([...this.#leftovers.values()].map((built) => this.#clearAway(built)))
    const all = this.#registered.all()
    const used = all
      .map((registered) => ({ ...registered, lastUsedAt: this.#lastUsedAt(registered) }))
      .filter(({ lastUsedAt }, at) => lastUsedAt > all[at]!.lastUsedAt)
    // Before anything is ended, which takes its time: others wait for this news.
    if (used.length > 0) await this.#registered.sayUsed(used)
    const isUnused = (registered: Registered) => this.#isUnused(registered)
    for (const registered of all.filter(isUnused))
      if (await this.#registered.remove(registered, isUnused))
        await this.#hasEnded(this.#served(registered))
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper)
    this.#isClosed = true
    const why = new MockClosed()
    await Promise.all([...this.all()].map((world) => world.close(why)))
    this.#built.clear()
  }

  async #find(name: string): Promise<Built | undefined> {
    const built = this.#built.get(name)
    if (built) {
      await built.world.refresh()
      if (built.world.isThere()) return built
      this.#letGo(built)
    }
    await this.#registered.refresh()
    const registered = this.#registered.get(name)
    if (registered === undefined) return undefined
    const opened = this.#open(registered)
    await opened.world.refresh()
    // Somebody else may have asked at the same time.
    const other = this.#built.get(name)
    if (!other && opened.world.isThere()) {
      this.#built.set(name, opened)
      return opened
    }
    await opened.world.close()
    return other
  }

  async #get(name: string): Promise<Built> {
    const built = await this.#find(name)
    if (built) return built
    throw await this.#notFound(name)
  }

  async #notFound(name: string): Promise<WorldNotFound> {
    return new WorldNotFound(
      name,
      (await this.names()).filter((other) => other !== name),
    )
  }

  async #register(registered: Registered): Promise<void> {
    const { name } = registered
    const { mostWorlds } = this.#options
    try {
      await this.#registered.add(registered, mostWorlds)
    } catch (error) {
      const other = this.#registered.get(name)
      if (!(error instanceof WorldTaken) || !other || (await this.#find(name))) throw error
      // The store has lost it, and kept its name.
      await this.#registered.remove(other)
      await this.#registered.add(registered, mostWorlds)
    }
  }

  #lastUsedAt({ name, id, lastUsedAt }: Registered): number {
    const built = this.#built.get(name)
    return built?.id === id ? Math.max(lastUsedAt, built.world.usedAt) : lastUsedAt
  }

  /** For as long as it may be, and as others may need to say that they used it. */
  #isUnused(registered: Registered): boolean {
    const { isShared, realClock } = this.#options
    const mayBeMs = registered.idleSeconds * 1000 + (isShared ? newsMs : 0)
    return realClock.now() - this.#lastUsedAt(registered) >= mayBeMs
  }

  async #hasEnded(built: Built): Promise<void> {
    await this.#clearAway(built)
    // Requests that were under way may have written a moment later, where nobody looks any more.
    setTimeout(() => void built.world.clear().catch(() => undefined), lateMs).unref()
  }

  #served(registered: Registered): Built {
    const built = this.#built.get(registered.name)
    return built?.id === registered.id ? built : this.#open(registered)
  }

  #open({ name, id }: Registered): Built {
    return { name, id, world: this.#options.open({ name, id, isMaker: false }) }
  }

  /** Forgets all of a world that is not to be found; later, where the store is out of reach. */
  async #clearAway(built: Built): Promise<void> {
    const { id, world } = built
    this.#leftovers.set(id, built)
    try {
      // Whoever heard that the store is out of reach may have been registered all the same.
      await this.#registered.remove(built)
      await world.clear()
      this.#leftovers.delete(id)
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) this.#leftovers.delete(id)
      this.#logUnlessOut(error)
    } finally {
      this.#letGo(built)
    }
  }

  async #sweepQuietly(): Promise<void> {
    await this.sweep().catch((error: unknown) => this.#logUnlessOut(error))
  }

  #logUnlessOut(error: unknown): void {
    if (!(error instanceof StoreUnavailable))
      this.#options.log({ event: 'server-error', where: 'worlds', error })
  }

  #letGo(built: Built): void {
    if (this.#built.get(built.name) === built) this.#built.delete(built.name)
    void built.world.close()
  }
}
