import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { PeopleFile, ReplaceablePeople } from '../accounts/index.ts'
import { Registration, type RelyingParty } from '../clients/index.ts'
import {
  MockClosed,
  openControl,
  worldDeeds,
  worldOperationNames,
  worldView,
  WorldNotFound,
  type ControlledWorld,
  type DeedContext,
  type Deeds,
  type NewWorld,
  type WorldView,
} from '../control/index.ts'
import {
  followChanges,
  systemRandom,
  WorldClock,
  type Changes,
  type Clock,
  type Store,
} from '../kernel/index.ts'
import { WorldKeys } from '../keys/index.ts'
import { clientProblems } from '../provider/index.ts'
import type { SignIns } from '../signin/index.ts'
import { createIssuer, type Issuer } from './issuer.ts'
import { buildParts, type Ground, type Parts } from './parts.ts'
import { takesLong, UnderWay } from './under-way.ts'
import { beginningOf, type WorldRecord } from './world-record.ts'
import type { WorldOptions } from './world-options.ts'
import { worksOf } from './works.ts'

/** An isolated mock: its own issuer, clock, people, relying parties, store, journal and sign-ins. */
export interface World {
  readonly name: string
  readonly issuer: string
  readonly people: ReplaceablePeople
  readonly clock: Clock
  readonly deeds: Deeds
  /** When it was last called here, in milliseconds of real time: 0 when it never was. */
  readonly usedAt: number
  /** What it is called, and what time it is there: looking does not use it. */
  view(): WorldView
  /** Learns what others changed. */
  refresh(): Promise<void>
  /** Whether it was made, and has not ended since. */
  isThere(): boolean
  /** Begins it with what was wanted of it. */
  begin(wanted: NewWorld): Promise<void>
  /** From now on these people and relying parties. Sign-ins, sessions and grants stay. */
  replace(changed: { people: PeopleFile; clients: readonly RelyingParty[] }): void
  /**
   * Answers every request below an issuer's path: its own, and in issuer mode `follow` those of the
   * other origins, each of which is an issuer over the same people, sign-ins and keys.
   */
  answerAs(origin: string, request: IncomingMessage, response: ServerResponse): void
  /** Forgets everything, for all who serve it. */
  clear(): Promise<void>
  /**
   * Serves it here no more.
   *
   * @param why What those hear who wait in it: that it has ended, without.
   */
  close(why?: Error): Promise<void>
}

/** Opens a world: what is kept of it is read by {@link World.refresh}, the rest is built when used. */
export function createWorld(options: WorldOptions): World {
  return new BuiltWorld(options)
}

class BuiltWorld implements World {
  readonly name: string
  readonly issuer: string
  readonly clock: WorldClock
  readonly deeds: Deeds
  #usedAt = 0
  /** Aborted when it ends, here at least. */
  readonly #end = new AbortController()
  readonly #underWay = new UnderWay(this.#end.signal, () => this.#use())
  readonly #options: WorldOptions
  readonly #store: Store
  readonly #snapshots: Store
  readonly #changes: Changes
  readonly #keys: WorldKeys
  readonly #issuers = new Map<string, Issuer>()
  readonly #controls = new Map<string, RequestListener>()
  #parts: Parts | undefined
  #driven: ControlledWorld | undefined

  constructor(options: WorldOptions) {
    const { name, issuer, stores, watched, clock } = options
    this.name = name
    this.issuer = issuer
    this.#options = options
    // The store is judged by the clock, which goes as the store's changes say.
    this.clock = new WorldClock(clock, () => this.#changes?.get('clock') as never)
    const place = this.#isDefault ? 'default' : `w:${name}:${options.id}`
    this.#store = watched(stores.open(place, this.clock))
    this.#snapshots = stores.open(`s:${place}`, options.realClock)
    this.#changes = followChanges(this.#store)
    this.#keys = new WorldKeys({ inherited: options.keys, changes: this.#changes })
    this.deeds = this.#deeds()
  }

  /** Whoever waits in it uses it. */
  get usedAt(): number {
    return this.#underWay.isAny ? this.#options.realClock.now() : this.#usedAt
  }

  get people(): ReplaceablePeople {
    return this.#built.people
  }

  view(): WorldView {
    return worldView(this.#asDriven)
  }

  refresh(): Promise<void> {
    return this.#changes.refresh()
  }

  isThere(): boolean {
    if (this.#isDefault) return true
    return this.#record !== undefined
  }

  async begin(wanted: NewWorld): Promise<void> {
    await this.#changes.change(beginningOf(wanted, this.#options))
    if (wanted.keys) await this.#keys.use(wanted.keys)
  }

  replace({ people, clients }: { people: PeopleFile; clients: readonly RelyingParty[] }): void {
    const { record, ...parts } = this.#built
    if (record?.people !== 'none') parts.people.replace(people)
    if (record?.clients !== 'none') parts.clients.replace(clients)
  }

  answerAs(origin: string, request: IncomingMessage, response: ServerResponse): void {
    const issuer = `${origin}${this.#options.path}`
    this.#use()
    const path = (request.url ?? '/').split('?', 1)[0]!.slice(this.#options.path.length)
    if (path === '/_mock' || path.startsWith('/_mock/'))
      return this.#controlOf(issuer)(request, response)
    this.#issuerOf(issuer).answer(request, response)
  }

  async clear(): Promise<void> {
    await this.#snapshots.clear()
    await this.#store.clear()
    await this.#changes.refresh()
  }

  async close(why: Error = new WorldNotFound(this.name, [])): Promise<void> {
    this.#end.abort(why)
    await Promise.all([this.#store.close(), this.#snapshots.close()])
  }

  get #isDefault(): boolean {
    return this.#options.path === ''
  }

  get #record(): WorldRecord | undefined {
    return this.#changes.get('world') as unknown as WorldRecord | undefined
  }

  get #ground(): Ground {
    return { store: this.#store, clock: this.clock, changes: this.#changes }
  }

  get #asDriven(): ControlledWorld {
    return (this.#driven ??= this.#controlled())
  }

  get #built(): Parts {
    return (this.#parts ??= buildParts(this.#options, this.#ground, this.#record))
  }

  /** As far as it can be driven. */
  #controlled(): ControlledWorld {
    const { record, ...parts } = this.#built
    const { name, issuer, clock } = this
    const { realClock, end } = this.#options
    const problemsOf = (client: Parameters<typeof clientProblems>[0][number]) =>
      clientProblems(
        [client],
        acrValuesOf(parts.signIns),
        this.#keys.ring().signing.map(({ alg }) => alg),
      )
    const works = worksOf({
      issuer,
      provider: () => this.#issuerOf(issuer).provider,
      listener: (request, response) => this.#issuerOf(issuer).answer(request, response),
    })

    return {
      ...parts,
      name,
      issuer,
      ...this.#ground,
      clock,
      seed: record?.seed,
      snapshots: this.#snapshots,
      keys: this.#keys,
      registration: new Registration({ ...parts, changes: this.#changes, problemsOf }),
      works: () => works,
      realClock,
      reset: () => this.#reset(),
      end,
    }
  }

  /** Every deed is done in the world as it is now, whoever changed it. */
  #deeds(): Deeds {
    let deeds: Deeds | undefined
    const now = async () => {
      if (this.#options.closing.aborted) throw new MockClosed()
      this.#use()
      await this.refresh()
      if (!this.isThere()) throw new WorldNotFound(this.name, [])
      return (deeds ??= worldDeeds(this.#asDriven))
    }
    const each = worldOperationNames.map((name) => [
      name,
      async (input: never, { signal }: DeedContext) => {
        const deed = (await now())[name] as (input: never, context: DeedContext) => unknown
        if (!takesLong(name)) return deed(input, { signal })
        return this.#underWay.during(name, signal, (until) => deed(input, { signal: until }))
      },
    ])
    return { ...(Object.fromEntries(each) as Deeds), ...this.#options.rootDeeds }
  }

  #use(): void {
    this.#usedAt = this.#options.realClock.now()
  }

  #controlOf(issuer: string): RequestListener {
    const known = this.#controls.get(issuer)
    if (known) return known
    const { guard, log, closing } = this.#options
    const control = openControl({ ...guard, issuer, deeds: this.deeds, log, closing })
    this.#controls.set(issuer, control)
    return control
  }

  #issuerOf(issuer: string): Issuer {
    const known = this.#issuers.get(issuer)
    if (known?.keys === this.#keys.version()) return known
    const made = createIssuer(issuer, this.#options, this.#ground, this.#built, this.#keys)
    this.#issuers.set(issuer, made)
    return made
  }

  /** Everything as at the beginning, in one step, so that nobody finds the world gone meanwhile. */
  async #reset(): Promise<void> {
    const { stores, realClock } = this.#options
    const record = this.#record
    const keys = this.#changes.get('keys')
    const scratch = stores.open(`x:${systemRandom.id()}`, realClock)
    try {
      const beginning = record ? beginningOf(record, { ...this.#options, record }) : {}
      await scratch.change({ ...beginning, ...(keys === undefined ? {} : { keys }) })
      const { chance } = this.#built
      await this.#store.load(await scratch.dump())
      await this.#changes.refresh()
      chance?.goTo(0)
    } finally {
      await scratch.clear()
      await scratch.close()
    }
  }
}

const acrValuesOf = ({ levelNames }: SignIns) =>
  Object.values(levelNames).flatMap(Object.values<string>)
