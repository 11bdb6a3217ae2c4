import type { RequestListener } from 'node:http'
import { createPeople, type People, type PeopleFile } from './accounts/index.ts'
import { createClients, type RelyingParty } from './clients/index.ts'
import type { Settings } from './config/index.ts'
import { createInteractions } from './interactions/index.ts'
import type { Clock, Log, Random, Store } from './kernel/index.ts'
import type { Pages } from './pages/index.ts'
import { createProvider, type KeyRing } from './provider/index.ts'
import { SignIns } from './signin/index.ts'

export interface WorldOptions {
  /** Names the world's cookies. */
  name: string
  issuer: string
  people: PeopleFile
  clients: readonly RelyingParty[]
  clientsFile: string
  portalUrl?: string
  settings: Settings
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
  /** Answers every request below the issuer's path. */
  listener: RequestListener
}

/** Builds the parts of one world and joins them. Nothing in it is shared but keys and templates. */
export function createWorld(options: WorldOptions): World {
  const { issuer, name, settings, store, clock, random, log, keys, pages, clientsFile } = options
  const people = createPeople({ file: options.people, clock })
  const clients = createClients(options.clients)
  const signIns = new SignIns({ people, store, clock, random, log, settings: settings.sign_in })
  const { provider, requests } = createProvider({
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
  const showPages = createInteractions({
    issuer,
    basePath,
    requests,
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
    listener: (request, response) => {
      const path = (request.url ?? '/').split('?', 1)[0]!
      const isPage = path === `${basePath}/` || path.startsWith(`${basePath}/sign-in/`)
      void (isPage ? showPages : speakOpenId)(request, response)
    },
  }
}
