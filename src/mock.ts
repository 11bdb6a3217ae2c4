import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { join, resolve } from 'node:path'
import type { Person } from './accounts/index.ts'
import type { RelyingParty } from './clients/index.ts'
import type { Config } from './config/index.ts'
import { listen, matchHost, readCookie, type Listening } from './http/index.ts'
import {
  packageRoot,
  type Clock,
  type Log,
  type Problem,
  type Random,
  type Store,
} from './kernel/index.ts'
import {
  createAssets,
  createPages,
  languageCookie,
  negotiateLanguage,
  type Assets,
  type Pages,
} from './pages/index.ts'
import { openPortal, portalClientId } from './portal/index.ts'
import { keepInFolder, keepInStore, openKeyRing } from './provider/index.ts'
import { openStore } from './storage/index.ts'
import { createWorld } from './world.ts'

export interface MockOptions {
  config: Config
  clock: Clock
  random: Random
  log: Log
}

/** The world whose issuer is the server's root. */
const defaultWorld = 'default'

/** A mock that is listening. */
export interface RunningMock {
  issuer: string
  /** Where the demo portal is, when it is served. */
  portalUrl?: string
  /** Whom one can sign in as. */
  personas(): Promise<readonly Person[]>
  /** Lets requests in flight finish, then frees the ports. */
  close(): Promise<void>
}

/** Puts everything together: one HTTP server with its default world, and the demo portal beside it. */
export async function startMock(options: MockOptions): Promise<RunningMock> {
  const { settings } = options.config
  const closeLast: (() => Promise<void>)[] = []
  const close = async () => {
    for (const closeOne of closeLast.splice(0).toReversed()) await closeOne()
  }
  try {
    const store = await openStore({
      address: settings.store,
      prefix: `${settings.store_prefix}:${defaultWorld}`,
      clock: options.clock,
    })
    closeLast.push(() => store.close())
    const doors: Door[] = []
    closeLast.push(async () => {
      await Promise.all(doors.map(({ listening }) => listening.close()))
    })
    doors.push(await openDoor(settings.host, settings.port, '--port'))
    if (settings.portal)
      doors.push(await openDoor(settings.host, settings.portal_port, '--portal-port'))
    return { ...(await serve(options, store, doors[0]!, doors[1])), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Serves at the provider's door, and at the portal's where there is one. */
async function serve(
  { config, clock, random, log }: MockOptions,
  store: Store,
  provider: Door,
  portal: Door | undefined,
): Promise<Omit<RunningMock, 'close'>> {
  const { settings } = config
  const issuer =
    settings.issuer?.replace(/\/$/, '') ?? `http://localhost:${provider.listening.port}`
  const portalUrl = settings.portal_url ?? (portal && `http://localhost:${portal.listening.port}`)
  const assets = createAssets()
  const pages = createPages({ viewsRoot: join(packageRoot, 'views'), assetsPath: assets.path })
  const keeper =
    settings.store === 'memory' ? keepInFolder(resolve(settings.data_folder)) : keepInStore(store)
  const keys = await openKeyRing({ keeper, random })
  const clients = withPortalUrls(config.clients, {
    '{portal}': portalUrl ?? 'http://localhost:3007',
    '{portal-internal}': settings.portal_internal_url ?? portalUrl ?? 'http://localhost:3007',
  })
  const world = createWorld({
    name: defaultWorld,
    issuer,
    people: config.people,
    clients,
    clientsFile: config.clientsFile,
    settings: isOpen(settings)
      ? settings
      : { ...settings, provider: { ...settings.provider, automatic_sign_in: false } },
    keys,
    pages,
    store,
    clock,
    random,
    log,
    ...(portalUrl === undefined ? {} : { portalUrl }),
  })
  const problems = [
    ...world.problems,
    ...(isOpen(settings) ? [] : publishedSecrets(config.clients)),
  ]
  if (problems.length > 0) throw config.refuseClients(problems)
  provider.serve(
    guardHost({ issuer, port: provider.listening.port, pages }, withAssets(assets, world.listener)),
  )
  if (portal && portalUrl) {
    const client = clients.find(({ client_id: id }) => id === portalClientId)
    const answers = await openPortal({
      baseUrl: portalUrl,
      issuer,
      clientId: portalClientId,
      clientSecret: client?.client_secret ?? '',
      services: config.services,
      pages,
      clock,
      random,
      log,
      acrNames: {
        level: settings.sign_in.account_level_names,
        authentication: settings.sign_in.authentication_level_names,
      },
    })
    portal.serve(withAssets(assets, answers.callback()))
  }
  // After listening, so that nobody waits for it: the first signature does, if it comes that soon.
  setImmediate(() => {
    keys.warm().catch((error: unknown) => log({ event: 'server-error', where: 'keys', error }))
  })
  return {
    issuer,
    ...(portalUrl === undefined ? {} : { portalUrl }),
    personas: () => world.people.personas(),
  }
}

/** Whether whoever reaches us may be anybody: only this machine does, or the operator said so. */
function isOpen({ host, control }: Config['settings']): boolean {
  return control === 'open' || host === 'loopback' || /^(127\.|::1$|localhost$)/.test(host)
}

/** Secrets that stand in this product's own files, so that everybody knows them. */
const published = new Set(['demo-portal-secret', 'test-rp-secret', 'dev-secret'])

function publishedSecrets(clients: readonly RelyingParty[]): Problem[] {
  return clients.flatMap(({ client_secret: secret = '' }, index) =>
    published.has(secret)
      ? [
          {
            path: ['clients', index, 'client_secret'],
            message:
              'is known to everybody, and others than this machine can call. Give another, or say --control open where only you can reach it',
          },
        ]
      : [],
  )
}

interface Door {
  listening: Listening
  serve(listener: RequestListener): void
}

/**
 * Listens first, since the port says what the issuer is, and serves when there is something to
 * serve.
 */
async function openDoor(host: string, port: number, flag: string): Promise<Door> {
  let listener: RequestListener = (_request, response) => {
    response.writeHead(503, { 'Retry-After': '1' }).end()
  }
  const listening = await listen((request, response) => listener(request, response), {
    host,
    port,
    flag,
  })
  return {
    listening,
    serve: (next) => {
      listener = next
    },
  }
}

/** `{portal}` in the clients file is wherever the demo portal is. */
function withPortalUrls(
  clients: readonly RelyingParty[],
  urls: Readonly<Record<string, string>>,
): RelyingParty[] {
  const text = JSON.stringify(clients).replaceAll(
    /\{portal(?:-internal)?\}/g,
    (place) => urls[place] ?? place,
  )
  return JSON.parse(text) as RelyingParty[]
}

function withAssets(assets: Assets, next: RequestListener): RequestListener {
  return (request, response) => {
    const isAsset = request.url?.startsWith('/assets/') && assets.serve(request, response)
    if (!isAsset) next(request, response)
  }
}

/** Paths that programs call: there, another name for this machine does no harm. */
const programPath = /^\/(\.well-known\/|jwks|token|me\b|request\b|assets\/)/

/**
 * Lets the library see the issuer's own Host, never one from the wire, and refuses every other: it
 * would issue under a false name, and a page from elsewhere could reach us by DNS rebinding.
 */
function guardHost(
  { issuer, port, pages }: { issuer: string; port: number; pages: Pages },
  next: RequestListener,
): RequestListener {
  const host = new URL(issuer).host
  return (request, response) => {
    const match = matchHost(request, issuer, port)
    if (match === 'foreign' || (match === 'loopback' && !programPath.test(request.url ?? '')))
      return refuseHost(request, response, issuer, pages)
    request.headers.host = host
    next(request, response)
  }
}

function refuseHost(
  request: IncomingMessage,
  response: ServerResponse,
  issuer: string,
  pages: Pages,
): void {
  const called = `http://${request.headers.host ?? ''}`
  const description = `this is ${issuer}, not ${called}. Call it by that name.`
  if (!request.headers.accept?.includes('text/html')) {
    const body = { error: 'misdirected_request', error_description: description }
    response.writeHead(421, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
    return
  }
  const language = negotiateLanguage({ cookie: readCookie(request, languageCookie) })
  const link = `${issuer}${request.url?.startsWith('/') ? request.url : '/'}`
  const { html, headers } = pages.render({
    view: 'errors/wrong-host',
    language,
    data: { called, issuer, link },
  })
  response.writeHead(421, headers).end(html)
}
