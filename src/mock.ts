import type { RequestListener } from 'node:http'
import { join, resolve } from 'node:path'
import type { Person } from './accounts/index.ts'
import { addressesOf, certificateFor, howToTrust, portOf, type Addresses } from './addresses.ts'
import { withPortalUrls, type RelyingParty } from './clients/index.ts'
import { isOpen, type Config } from './config/index.ts'
import { sendMisdirected, type MockWorlds } from './control/index.ts'
import { openDoor, type Door } from './door.ts'
import { createEntrance, withAssets, type Certificate } from './entrance/index.ts'
import { createTrustingFetch, type Fetch } from './http/index.ts'
import { openWorlds } from './worlds/index.ts'
import {
  packageRoot,
  StoreUnavailable,
  systemClock,
  type Clock,
  type Log,
  type Random,
  type Stores,
} from './kernel/index.ts'
import {
  followKeyRing,
  keepInFolder,
  keepInStore,
  openKeyRing,
  type FollowedKeys,
} from './keys/index.ts'
import { createOperations, type Operations } from './operations/index.ts'
import { createAssets, createPages, type Assets, type Pages } from './pages/index.ts'
import { openPortal, portalClientId, type Portal } from './portal/index.ts'
import { createReload, portalSecretIn } from './reload.ts'
import { openStores } from './storage/index.ts'

export interface MockOptions {
  config: Config
  clock: Clock
  random: Random
  log: Log
  /** Reads the files again that the configuration came from. */
  loadAgain: () => Config
  /**
   * Whether the log is told of every request.
   *
   * @default false
   */
  logsRequests?: boolean
  /**
   * Whether ports are opened, or only a listener handed out.
   *
   * @default true
   */
  listens?: boolean
}

/** A mock that is there. */
export interface RunningMock extends MockWorlds {
  issuer: string
  /** Where the demo portal is, when it is served. */
  portalUrl?: string
  /** The bearer token of the control API, where others than this machine can call. */
  controlToken?: string
  /** Answers every request to the provider: for a server of your own, with `listen: false`. */
  listener: RequestListener
  /** Whom one can sign in as. */
  personas(): Promise<readonly Person[]>
  /**
   * Reads people, clients and services again and lets them count from now on. Sessions and sign-ins
   * stay. What else changed in the settings counts from the next start on.
   *
   * @throws {@link ConfigInvalid} When a file is wrong; what was in force stays in force then.
   */
  reload(): Promise<void>
  /** Lets requests in flight finish, then frees the ports. However often: all wait for the same. */
  close(): Promise<void>
}

/** Puts everything together: one HTTP server with its worlds, and the demo portal beside it. */
export async function startMock(options: MockOptions): Promise<RunningMock> {
  const { settings } = options.config
  const operations = createOperations(options)
  const closeLast: (() => Promise<void>)[] = []
  const closeAll = async () => {
    for (const closeOne of closeLast.splice(0).toReversed()) await closeOne()
  }
  let closed: Promise<void> | undefined
  const close = () => (closed ??= closeAll())
  try {
    const stores = await openStores({
      address: settings.store,
      prefix: settings.store_prefix,
      maxRecords: settings.max_records,
    })
    closeLast.push(() => stores.close())
    const doors: Door[] = []
    closeLast.push(async () => {
      await Promise.all(doors.map(({ listening }) => listening.close()))
    })
    const certificate = await certificateFor(settings)
    const { host, port, portal_port: portalPort } = settings
    if (options.listens !== false) {
      doors.push(await openDoor({ host, port, flag: '--port', tls: certificate }))
      if (settings.portal)
        doors.push(
          await openDoor({ host, port: portalPort, flag: '--portal-port', tls: certificate }),
        )
    }
    closeLast.push(async () => operations.stop())
    const closing = new AbortController()
    closeLast.push(async () => closing.abort())
    const [provider, portal] = doors
    const part = {
      ...options,
      operations,
      stores,
      certificate,
      provider,
      portal,
      closing,
      closeLast,
    }
    return { ...(await serve(part)), close, [Symbol.asyncDispose]: close }
  } catch (error) {
    await close()
    throw error
  }
}

interface Served extends MockOptions {
  operations: Operations
  stores: Stores
  certificate: Certificate | undefined
  /** Where requests come in; nowhere, without. */
  provider: Door | undefined
  portal: Door | undefined
  closing: AbortController
  /** What ends with the mock, the last first. */
  closeLast: (() => Promise<void>)[]
}

type Serving = Omit<RunningMock, 'close' | typeof Symbol.asyncDispose>

/** Serves at the provider's door, and at the portal's where there is one. */
async function serve(served: Served): Promise<Serving> {
  const { config, clock, operations, stores, certificate, provider, portal, closeLast } = served
  const { log } = operations
  const { settings } = config
  const addresses = addressesOf(served.config.settings, { certificate, provider, portal })
  const { issuer, issuers, internalUrl, portalUrl, portalInternalUrl } = addresses
  const ours = [...issuers, internalUrl, portalUrl, portalInternalUrl].flatMap((url) => url ?? [])
  const trusting = certificate && createTrustingFetch(certificate.trusted, ours)
  const assets = createAssets()
  const pages = createPages({ viewsRoot: join(packageRoot, 'views'), assetsPath: assets.path })
  const keys = await keysOf(served)
  closeLast.push(async () => keys.stop())
  const portalUrls = {
    '{portal}': portalUrl ?? 'http://localhost:3007',
    '{portal-internal}': portalInternalUrl ?? 'http://localhost:3007',
  }
  const clientsOf = (from: Config) =>
    from.clients.map((client) => withPortalUrls(client, portalUrls))
  const token = isOpen(settings) ? undefined : await controlTokenOf(served, keys)
  const worlds = await openWorlds({
    ...addresses,
    clientsFile: config.clientsFile,
    settings: isOpen(settings)
      ? settings
      : { ...settings, provider: { ...settings.provider, automatic_sign_in: false } },
    fetch: trusting,
    keys: () => keys.ring(),
    pages,
    stores,
    watched: (store) => operations.timed(store),
    clock,
    realClock: systemClock,
    random: served.random,
    log,
    guard: { isOpen: token === undefined, token },
    closing: served.closing.signal,
    files: { people: config.people, clients: clientsOf(config) },
    isShared: settings.store !== 'memory',
    mostWorlds: settings.max_worlds,
  })
  closeLast.push(() => worlds.close())
  const entrance = createEntrance(
    {
      issuers,
      internalUrl,
      port: provider?.listening.port ?? portOf(issuer),
      trustedProxies: settings.trusted_proxies,
      pages,
      assets,
      authority: certificate?.authority?.cert,
      refuseControl: sendMisdirected,
    },
    (name, request, response) =>
      operations.serveMetrics(request, response) || worlds.answerAs(name, request, response),
  )
  const checks = {
    store: () => stores.isReady(),
    keys: async () => {
      await keys.ring().warm()
      return true
    },
  }
  const listener = operations.watch(operations.answerHealth(checks, entrance))
  provider?.serve(listener)
  const answers = await servePortal(served, {
    addresses,
    pages,
    assets,
    clients: clientsOf(config),
    trusting,
  })
  if (certificate?.authority) log({ event: 'notice', message: howToTrust(certificate, issuer) })
  // After listening, so that nobody waits for it: the first signature does, if it comes that soon.
  setImmediate(() => {
    keys
      .ring()
      .warm()
      .catch((error: unknown) => {
        // Out of reach for a moment: whoever needs a key next tries again.
        if (!(error instanceof StoreUnavailable))
          log({ event: 'server-error', where: 'keys', error })
      })
  })
  return {
    ...worlds.door,
    ...(portalUrl === undefined || portal === undefined ? {} : { portalUrl }),
    ...(token === undefined ? {} : { controlToken: token }),
    listener,
    personas: () => worlds.personas(),
    reload: createReload({
      ...served,
      replace: (changed) => worlds.replace(changed),
      portal: answers,
      clientsOf,
      log,
    }),
  }
}

/** Replicas must sign alike, so theirs are where everything else is, and no reset touches them. */
async function keysOf({ config: { settings }, operations, stores, random }: Served): Promise<Keys> {
  const { log } = operations
  if (settings.store !== 'memory') {
    const keeper = keepInStore(stores.open('keys', systemClock))
    return followKeyRing({ keeper, random, log })
  }
  const keeper = keepInFolder(resolve(settings.data_folder))
  const ring = await openKeyRing({ keeper, random })
  return { ring: () => ring, keep: async (_name, value) => value, stop: () => {} }
}

type Keys = Pick<FollowedKeys, 'ring' | 'keep' | 'stop'>

/**
 * Where others can call, whoever drives the mock must show it. Replicas agree on one that is made
 * up, since whoever calls does not know which of them answers.
 */
async function controlTokenOf(served: Served, keys: Keys): Promise<string> {
  const { config, random } = served
  const { log } = served.operations
  const { control_token: said } = config.settings
  if (said !== undefined) return said
  const token = String(await keys.keep('control-token', random.bytes(24).toString('base64url')))
  const message = `others than this machine can call, so the control API needs a token: ${token}. Set one with MOCK_VNEID_CONTROL_TOKEN, or say --control open where only you can reach it.`
  log({ event: 'notice', message })
  return token
}

interface PortalParts {
  addresses: Addresses
  pages: Pages
  assets: Assets
  clients: readonly RelyingParty[]
  trusting: Fetch | undefined
}

/** Serves the demo portal at its door, where it has one. */
async function servePortal(
  { config: { settings, services }, operations, portal, clock, random }: Served,
  { addresses, pages, assets, clients, trusting }: PortalParts,
): Promise<Portal | undefined> {
  const { issuer, portalUrl } = addresses
  if (portal === undefined || portalUrl === undefined) return undefined
  const answers = await openPortal({
    baseUrl: portalUrl,
    issuer,
    clientId: portalClientId,
    clientSecret: portalSecretIn(clients),
    services,
    pages,
    clock,
    random,
    log: operations.log,
    ...(trusting && { fetch: trusting as typeof fetch }),
    acrNames: {
      level: settings.sign_in.account_level_names,
      authentication: settings.sign_in.authentication_level_names,
    },
  })
  const answer = withAssets(assets, answers.callback())
  portal.serve(operations.watch(operations.answerHealth({}, answer), 'portal'))
  return answers
}
