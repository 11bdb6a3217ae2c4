import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import {
  createPeople,
  populationOf,
  type PeopleFile,
  type PopulationSettings,
  type ReplaceablePeople,
} from '../accounts/index.ts'
import {
  createClients,
  Registration,
  type RelyingParty,
  type ReplaceableClients,
} from '../clients/index.ts'
import {
  MockClosed,
  NextSignIns,
  openControl,
  worldDeeds,
  worldOperationNames,
  worldView,
  WorldNotFound,
  type ControlledWorld,
  type DeedContext,
  type Deeds,
  type NewWorld,
  type RootDeeds,
  type WorldView,
} from '../control/index.ts'
import { Faults } from '../faults/index.ts'
import type { Fetch } from '../http/index.ts'
import { openInteractions, type InteractionsSettings } from '../interactions/index.ts'
import { Journal } from '../journal/index.ts'
import {
  followChanges,
  seededRandom,
  systemRandom,
  WorldClock,
  type Changes,
  type Clock,
  type Log,
  type Random,
  type Store,
  type Stores,
} from '../kernel/index.ts'
import { WorldKeys, type KeyRing } from '../keys/index.ts'
import type { Pages } from '../pages/index.ts'
import {
  clientProblems,
  createProvider,
  type ProviderSettings,
  type WorldProvider,
} from '../provider/index.ts'
import { createMessages, SignIns, type SignInSettings } from '../signin/index.ts'
import { beginningOf, type WorldRecord } from './world-record.ts'
import { worksOf } from './works.ts'

/** What every world of a mock is made with. */
export interface WorldsShared {
  /** What the files say now. */
  files: () => { people: PeopleFile; clients: readonly RelyingParty[] }
  clientsFile: string
  settings: {
    sign_in: SignInSettings
    provider: ProviderSettings
    pages: InteractionsSettings
    journal_entries: number
    real_number_prefixes: boolean
    population: PopulationSettings
    population_seed: string
    outbound: readonly string[]
  }
  /** How relying parties are called. */
  fetch?: Fetch | undefined
  /** What a world inherits until it has its own. */
  keys: KeyRing
  pages: Pages
  stores: Stores
  /** Watches a store: the same store. */
  watched: (store: Store) => Store
  /** By what every world's clock goes. */
  clock: Clock
  realClock: Clock
  log: Log
  /** Who may drive worlds. */
  guard: { isOpen: boolean; token?: string | undefined }
  /** Aborted when the mock closes. */
  closing: AbortSignal
}

export interface WorldOptions extends WorldsShared {
  /** Names the world's cookies, and its place in the store. */
  name: string
  /** Below what path of the mock it is: nothing for the default world, `/w/<name>` for others. */
  path: string
  issuer: string
  /** Where servers call it, in issuer mode `split`. */
  internalUrl?: string | undefined
  portalUrl?: string | undefined
  /** By what chance its ids and codes are made, where no seed says it. */
  random: Random
  /** Whether it is made here: whoever finds one that others made does not repeat its seed. */
  isMaker: boolean
  /** Tells worlds apart that have one name, one after the other. */
  id: string
  /** Of the default world, which is there without being made. */
  rootDeeds?: RootDeeds
  /** Ends the world for all who serve it. */
  end: () => Promise<void>
}

/** An isolated mock: its own issuer, clock, people, relying parties, store, journal and sign-ins. */
export interface World {
  readonly name: string
  readonly issuer: string
  readonly people: ReplaceablePeople
  readonly clock: Clock
  readonly deeds: Deeds
  /** When it was last called, in milliseconds of real time. */
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
  close(): Promise<void>
}

/** Opens a world: what is kept of it is read by {@link World.refresh}, the rest is built when used. */
export function createWorld(options: WorldOptions): World {
  return new BuiltWorld(options)
}

/** What a world consists of, once it is known what it was made with. */
interface Parts {
  record: WorldRecord | undefined
  random: Random
  people: ReplaceablePeople
  clients: ReplaceableClients
  signIns: SignIns
  journal: Journal
  messages: ReturnType<typeof createMessages>
  nextSignIns: NextSignIns
  faults: Faults
  controlled: ControlledWorld
}

/** What a world is to those who call it by one name. */
interface Issuer {
  provider: WorldProvider
  keys: object
  answer: (request: IncomingMessage, response: ServerResponse) => void
}

class BuiltWorld implements World {
  readonly name: string
  readonly issuer: string
  readonly clock: WorldClock
  readonly deeds: Deeds
  #usedAt: number
  /** How many wait for something to happen. */
  #waiting = 0
  readonly #options: WorldOptions
  readonly #store: Store
  readonly #snapshots: Store
  readonly #changes: Changes
  readonly #keys: WorldKeys
  readonly #issuers = new Map<string, Issuer>()
  readonly #controls = new Map<string, RequestListener>()
  /** Aborted when it ends, here at least. */
  readonly #end = new AbortController()
  #parts: Parts | undefined

  constructor(options: WorldOptions) {
    const { name, issuer, stores, watched, clock } = options
    this.name = name
    this.issuer = issuer
    this.#options = options
    this.#usedAt = options.realClock.now()
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
    return this.#waiting > 0 ? this.#options.realClock.now() : this.#usedAt
  }

  get people(): ReplaceablePeople {
    return this.#built.people
  }

  view(): WorldView {
    return worldView(this.#built.controlled)
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
    this.#usedAt = this.#options.realClock.now()
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

  async close(): Promise<void> {
    this.#end.abort(new WorldNotFound(this.name, []))
    await Promise.all([this.#store.close(), this.#snapshots.close()])
  }

  get #isDefault(): boolean {
    return this.#options.path === ''
  }

  get #record(): WorldRecord | undefined {
    return this.#changes.get('world') as unknown as WorldRecord | undefined
  }

  get #built(): Parts {
    return (this.#parts ??= this.#build())
  }

  #build(): Parts {
    const options = this.#options
    const record = this.#record
    const { settings } = options
    const file = options.files()
    const shared = { store: this.#store, clock: this.clock, log: options.log }
    const random = this.#random(record)
    const changes = this.#changes
    const people = createPeople({
      ...(record?.people === 'none'
        ? { file: nobody }
        : {
            file: file.people,
            population: populationOf(settings.population, settings.population_seed),
          }),
      clock: this.clock,
      changes,
      random,
      realNumberPrefixes: settings.real_number_prefixes,
      ...(record === undefined ? {} : { beganAt: record.beganAt }),
    })
    const clients = createClients(record?.clients === 'none' ? [] : file.clients, changes)
    const kept = { ...shared, keepLast: settings.journal_entries }
    const [journal, messages] = [new Journal(kept), createMessages(kept)]
    const signIns = new SignIns({
      ...shared,
      people,
      random,
      journal,
      messages,
      settings: signInSettingsOf(settings.sign_in, record),
    })
    const nextSignIns = new NextSignIns({ ...shared, changes, random })
    const faults = new Faults({ ...shared, changes, random })
    const parts = {
      record,
      random,
      people,
      clients,
      signIns,
      journal,
      messages,
      nextSignIns,
      faults,
    }
    return { ...parts, controlled: this.#controlled(parts) }
  }

  /** Two replicas of one seed would make the same ids: only the one where it was made follows it. */
  #random(record: WorldRecord | undefined): Random {
    if (record?.seed === undefined) return this.#options.random
    const { isMaker } = this.#options
    return seededRandom(isMaker ? record.seed : `${record.seed}\n${systemRandom.id()}`)
  }

  #controlled(parts: Omit<Parts, 'controlled'>): ControlledWorld {
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
      clock,
      seed: parts.record?.seed,
      changes: this.#changes,
      store: this.#store,
      snapshots: this.#snapshots,
      keys: this.#keys,
      registration: new Registration({ ...parts, changes: this.#changes, problemsOf }),
      works: () => works,
      realNow: () => realClock.now(),
      reset: () => this.#reset(),
      end,
    }
  }

  /** Every deed is done in the world as it is now, whoever changed it. */
  #deeds(): Deeds {
    let built: { parts: Parts; deeds: Deeds } | undefined
    const now = async () => {
      if (this.#options.closing.aborted) throw new MockClosed()
      this.#usedAt = this.#options.realClock.now()
      await this.refresh()
      if (!this.isThere()) throw new WorldNotFound(this.name, [])
      const parts = this.#built
      if (built?.parts !== parts) built = { parts, deeds: worldDeeds(parts.controlled) }
      return built.deeds
    }
    const each = worldOperationNames.map((name) => [
      name,
      async (input: never, { signal }: DeedContext) => {
        const deed = (await now())[name] as (input: never, context: DeedContext) => unknown
        if (!waits.has(name)) return deed(input, { signal })
        return this.#wait(name, signal, (until) => deed(input, { signal: until }))
      },
    ])
    return { ...(Object.fromEntries(each) as Deeds), ...this.#options.rootDeeds }
  }

  /** Whoever waits for something in a world uses it, and waits no longer when it ends. */
  async #wait(name: string, signal: AbortSignal, deed: (until: AbortSignal) => unknown) {
    const until = AbortSignal.any([signal, this.#end.signal])
    this.#waiting++
    const isOver = () => {
      this.#waiting--
      this.#usedAt = this.#options.realClock.now()
    }
    // A stream is over when nobody reads on.
    if (name === 'events') until.addEventListener('abort', isOver, { once: true })
    try {
      return await deed(until)
    } finally {
      if (name !== 'events') isOver()
    }
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
    const made = this.#createIssuer(issuer)
    this.#issuers.set(issuer, made)
    return made
  }

  #createIssuer(issuer: string): Issuer {
    const options = this.#options
    const { path: basePath, internalUrl, settings } = options
    const { record, ...parts } = this.#built
    const defaultJourney = signInSettingsOf(settings.sign_in, record).journey
    const keys = this.#keys.ring()
    const shared = {
      ...parts,
      issuer,
      store: this.#store,
      clock: this.clock,
      log: options.log,
      pages: options.pages,
    }
    const provider = createProvider({
      ...shared,
      internalUrl,
      fetch: options.fetch,
      outbound: settings.outbound,
      world: this.name,
      clientsFile: options.clientsFile,
      stamps: () => (this.#changes.get('stamps') === 'world' ? 'world' : 'real'),
      isSeeded: record?.seed !== undefined,
      keys,
      defaultJourney,
      settings: settings.provider,
    })
    const showPages = openInteractions({
      ...shared,
      basePath,
      requests: provider.requests,
      sharedData: provider.sharedData,
      hasTestData: settings.pages.test_data,
      codeSeconds: settings.sign_in.code_seconds,
      ...(options.portalUrl === undefined ? {} : { portalUrl: options.portalUrl }),
    })
    const speakOpenId = provider.provider.callback()
    const ownPages = [basePath, `${basePath}/`, `${basePath}/shared-data`]
    const isPage = (path: string) =>
      ownPages.includes(path) || path.startsWith(`${basePath}/sign-in/`)
    return {
      provider,
      keys: this.#keys.version(),
      answer: (request, response) => {
        if (isPage((request.url ?? '/').split('?', 1)[0]!)) return showPages(request, response)
        if (basePath !== '') {
          // As a server would that the library is mounted in.
          Object.assign(request, { baseUrl: basePath })
          request.url = request.url!.slice(basePath.length)
        }
        void speakOpenId(request, response)
      },
    }
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
      const { people } = this.#built
      await this.#store.load(await scratch.dump())
      await this.#changes.refresh()
      if (this.#record) people.beginAt(this.#record.beganAt)
    } finally {
      await scratch.clear()
      await scratch.close()
    }
  }
}

/** What may take long, because it waits for something to happen. */
const waits: ReadonlySet<string> = new Set([
  'events',
  'journal.take',
  'messages.take',
  'signIns.wait',
])

const nobody: PeopleFile = { people: [], organizations: [] }

const acrValuesOf = ({ levelNames }: SignIns) =>
  Object.values(levelNames).flatMap(Object.values<string>)

/** What a world says of its sign-ins goes before what the settings say. */
const signInSettingsOf = (
  settings: SignInSettings,
  record: WorldRecord | undefined,
): SignInSettings => ({
  ...settings,
  ...(record?.journey === undefined ? {} : { journey: record.journey }),
  ...(record?.codes === undefined ? {} : { codes: record.codes }),
})
