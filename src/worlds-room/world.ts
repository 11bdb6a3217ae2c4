import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { createPeople, type People, type PeopleFile } from './accounts/index.ts'
import { createClients, type Clients, type RelyingParty } from './clients/index.ts'
import type { Fetch } from './http/index.ts'
import { openInteractions, type InteractionsSettings } from './interactions/index.ts'
import type { Clock, Log, Random, Store } from './kernel/index.ts'
import type { Pages } from './pages/index.ts'
import { createProvider, type KeyRing, type ProviderSettings } from './provider/index.ts'
import { SignIns, type SignInSettings } from './signin/index.ts'

export interface WorldOptions {
  /** Names the world's cookies. */
  name: string
  issuer: string
  /** Where servers call it, in issuer mode `split`. */
  internalUrl?: string | undefined
  /** How relying parties are called. */
  fetch?: Fetch | undefined
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
  /** From now on these people and relying parties. Sign-ins, sessions and grants stay. */
  replace(changed: { people: PeopleFile; clients: readonly RelyingParty[] }): void
  /**
   * Answers every request below an issuer's path: its own, and in issuer mode `follow` those of the
   * other origins, each of which is an issuer over the same people, sign-ins and keys.
   */
  answerAs(issuer: string, request: IncomingMessage, response: ServerResponse): void
}

/** Builds the parts of one world and joins them. Nothing in it is shared but keys and templates. */
export function createWorld(options: WorldOptions): World {
  const people = createPeople({ file: options.people, clock: options.clock })
  const clients = createClients(options.clients)
  const parts = {
    people,
    clients,
    signIns: new SignIns({ ...options, people, settings: options.settings.sign_in }),
  }
  const issuers = new Map([[options.issuer, createIssuer(options, parts)]])
  return {
    issuer: options.issuer,
    people,
    replace: (changed) => {
      people.replace(changed.people)
      clients.replace(changed.clients)
    },
    answerAs: (issuer, request, response) => {
      const listener = issuers.get(issuer) ?? createIssuer({ ...options, issuer }, parts)
      issuers.set(issuer, listener)
      listener(request, response)
    },
  }
}

interface Parts {
  people: People
  clients: Clients
  signIns: SignIns
}

/** What a world is to those who call it by one name. */
function createIssuer(options: WorldOptions, { people, clients, signIns }: Parts): RequestListener {
  const { issuer, name, settings, store, clock, random, log, keys, pages, clientsFile } = options
  const { provider, requests } = createProvider({
    issuer,
    internalUrl: options.internalUrl,
    fetch: options.fetch,
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
  return (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0]!
    const isPage = path === `${basePath}/` || path.startsWith(`${basePath}/sign-in/`)
    const answer = isPage ? showPages : speakOpenId
    answer(request, response)
  }
}
