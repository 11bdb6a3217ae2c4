import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { createPeople, type People } from '../../src/accounts/index.ts'
import { createClients, type RelyingParty as Registered } from '../../src/clients/index.ts'
import { loadConfig } from '../../src/config/index.ts'
import { openInteractions } from '../../src/interactions/index.ts'
import { Journal } from '../../src/journal/index.ts'
import {
  packageRoot,
  systemRandom,
  type Log,
  type Random,
  type Store,
} from '../../src/kernel/index.ts'
import type { KeyRing } from '../../src/keys/index.ts'
import { createAssets, createPages } from '../../src/pages/index.ts'
import {
  createProvider,
  planSignIn,
  type NextSignIns,
  type Plan,
  type ProviderSettings,
  type Stamps,
  type WorldProvider,
} from '../../src/provider/index.ts'
import { createMessages, SignIns } from '../../src/signin/index.ts'
import { createMemoryStore } from '../../src/storage/index.ts'
import { processRing } from '../keys/rings.ts'
import { FrozenClock } from './frozen-clock.ts'

export interface ProviderParts {
  /** Where it is known, if not where it listens. */
  issuer?: string
  clock?: FrozenClock
  stamps?: Stamps
  random?: Random
  isSeeded?: boolean
  nextSignIns?: NextSignIns
  keys?: KeyRing
  /** Beside those of the file. */
  clients?: readonly Registered[]
  settings?: Partial<ProviderSettings>
  /** What the store does otherwise than a store in memory. */
  storeWith?: (store: Store) => Partial<Store>
}

export interface OpenedProvider extends WorldProvider {
  issuer: string
  port: number
  clock: FrozenClock
  journal: Journal
  people: People
  store: Store
  /** The next authorization request is made with this plan. */
  plan(plan: Plan): void
}

const closers: (() => Promise<void>)[] = []
const broken: unknown[] = []

afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()))
  const [error] = broken.splice(0)
  if (error !== undefined) throw error
})

/**
 * The provider of one world and its pages, listening. Closed after the test, which fails if it
 * logged an error.
 */
export async function openProvider(given: ProviderParts = {}): Promise<OpenedProvider> {
  const { clock = new FrozenClock(), random = systemRandom, stamps = 'real' } = given
  const config = loadConfig({ flags: {}, environment: {}, clock })
  const { settings } = config
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const issuer = given.issuer ?? `http://localhost:${port}`
  const memory = createMemoryStore({ clock })
  const store = otherwise(memory, given.storeWith?.(memory))
  const people = createPeople({ file: config.people, clock })
  const clients = createClients([...config.clients, ...(given.clients ?? [])])
  const journal = new Journal({ store, clock })
  const messages = createMessages({ store, clock })
  const log: Log = (event) => {
    if (event.event === 'server-error') broken.push(event.error)
  }
  const pages = createPages({
    viewsRoot: join(packageRoot, 'views'),
    assetsPath: createAssets().path,
  })
  const signIns = new SignIns({
    people,
    store,
    clock,
    random,
    log,
    journal,
    messages,
    settings: settings.sign_in,
  })
  const parts = { issuer, people, clients, signIns, store, clock, random, log, pages, journal }
  const opened = createProvider({
    ...parts,
    world: 'test',
    clientsFile: config.clientsFile,
    nextSignIns: given.nextSignIns,
    stamps: () => stamps,
    isSeeded: given.isSeeded,
    keys: given.keys ?? processRing,
    defaultJourney: settings.sign_in.journey,
    settings: { ...settings.provider, ...given.settings },
  })
  const showPages = openInteractions({
    ...parts,
    basePath: '',
    requests: opened.requests,
    sharedData: opened.sharedData,
    hasTestData: true,
    codeSeconds: settings.sign_in.code_seconds,
  })
  const plans: Plan[] = []
  const speak = opened.provider.callback()
  server.on('request', (request, response) => {
    const { url = '' } = request
    const plan = url.startsWith('/auth?') ? plans.shift() : undefined
    if (plan) planSignIn(request, plan)
    const answer = url.startsWith('/sign-in/') ? showPages : speak
    answer(request, response)
  })
  closers.push(async () => {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
    await memory.close()
  })
  return {
    ...opened,
    issuer,
    port,
    clock,
    journal,
    people,
    store,
    plan: (plan) => void plans.push(plan),
  }
}

const otherwise = (store: Store, changed: Partial<Store> = {}): Store =>
  new Proxy(store, {
    get: (target, name) =>
      changed[name as keyof Store] ?? (target[name as keyof Store] as () => unknown).bind(target),
  })
