import type { RequestListener } from 'node:http'
import { createPeople, type People, type PeopleFile } from './accounts/index.ts'
import { createClients, type RelyingParty } from './clients/index.ts'
import { openInteractions, type InteractionsSettings } from './interactions/index.ts'
import type { Clock, Log, Problem, Random, Store } from './kernel/index.ts'
import type { Pages } from './pages/index.ts'
import { createProvider, type KeyRing, type ProviderSettings } from './provider/index.ts'
import { SignIns, type SignInSettings } from './signin/index.ts'

export interface WorldOptions {
  /** Names the world's cookies. */
  name: string
  issuer: string
  people: PeopleFile
  clients: readonly RelyingParty[]
  clientsFile: string
  portalUrl?: string
  settings: { sign_in: SignInSettings; provider: ProviderSettings; pages: InteractionsSettings }
  /** What the world inherits until it has its own. */
  keys: KeyRing
  pages: Pages
  store: Store
  clock: Clock
  random: Random
  log: Log
}

/** An isolated mock: its own issuer, clock, people, relying parties, store and sign-ins. */
export interface World {
  issuer: string
  people: People
  /** What makes its relying parties unusable. */
  problems: readonly Problem[]
  /** Answers every request below the issuer's path. */
  listener: RequestListener
}

/** Builds the parts of one world and joins them. Nothing in it is shared but keys and templates. */
export function createWorld(options: WorldOptions): World {
  const { issuer, name, settings, store, clock, random, log, keys, pages, clientsFile } = options
  const people = createPeople({ file: options.people, clock })
  const clients = createClients(options.clients)
  const signIns = new SignIns({ people, store, clock, random, log, settings: settings.sign_in })
  const { provider, requests, problemsOf } = createProvider({
    issuer,
    world: name,
    people,
    clients,
    clientsFile,
    signIns,
    store,
    clock,
    random,
    log,
    keys,
    pages,
    defaultJourney: settings.sign_in.journey,
    settings: settings.provider,
  })
  const basePath = new URL(issuer).pathname.replace(/\/$/, '')
  const showPages = openInteractions({
    issuer,
    basePath,
    requests,
    store,
    signIns,
    people,
    clients,
    pages,
    clock,
    log,
    hasTestData: settings.pages.test_data,
    codeSeconds: settings.sign_in.code_seconds,
    ...(options.portalUrl === undefined ? {} : { portalUrl: options.portalUrl }),
  })
  const speakOpenId = provider.callback()
  return {
    issuer,
    people,
    problems: problemsOf(options.clients),
    listener: (request, response) => {
      const path = (request.url ?? '/').split('?', 1)[0]!
      const isPage = path === `${basePath}/` || path.startsWith(`${basePath}/sign-in/`)
      const answer = isPage ? showPages : speakOpenId
      answer(request, response)
    },
  }
}
