import { join, resolve } from 'node:path'
import type { Person } from './accounts/index.ts'
import { withPortalUrls } from './clients/index.ts'
import { isOpen, type Config } from './config/index.ts'
import { createEntrance, openCertificate, withAssets, type Certificate } from './entrance/index.ts'
import { openDoor, type Door } from './door.ts'
import { createTrustingFetch } from './http/index.ts'
import {
  packageRoot,
  StoreUnavailable,
  systemClock,
  type Clock,
  type Log,
  type Random,
  type Store,
} from './kernel/index.ts'
import { createOperations, type Operations } from './operations/index.ts'
import { createAssets, createPages } from './pages/index.ts'
import { openPortal, portalClientId, type Portal } from './portal/index.ts'
import { keepInFolder, keepInStore, openKeyRing } from './provider/index.ts'
import { createReload, portalSecretIn } from './reload.ts'
import { openStore } from './storage/index.ts'
import { createWorld } from './world.ts'

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
  /**
   * Reads people, clients and services again and lets them count from now on. Sessions and sign-ins
   * stay. What else changed in the settings counts from the next start on.
   *
   * @throws {@link ConfigInvalid} When a file is wrong; what was in force stays in force then.
   */
  reload(): Promise<void>
  /** Lets requests in flight finish, then frees the ports. */
  close(): Promise<void>
}

/** Puts everything together: one HTTP server with its default world, and the demo portal beside it. */
export async function startMock(options: MockOptions): Promise<RunningMock> {
  const { settings } = options.config
  const operations = createOperations(options)
  const closeLast: (() => Promise<void>)[] = []
  const close = async () => {
    for (const closeOne of closeLast.splice(0).toReversed()) await closeOne()
  }
  try {
    const opened = await openStore({
      address: settings.store,
      prefix: `${settings.store_prefix}:${defaultWorld}`,
      clock: options.clock,
      maxRecords: settings.max_records,
    })
    const store = operations.timed(opened)
    closeLast.push(() => store.close())
    const doors: Door[] = []
    closeLast.push(async () => {
      await Promise.all(doors.map(({ listening }) => listening.close()))
    })
    const certificate = await certificateFor(settings)
    const { host, port, portal_port: portalPort } = settings
    doors.push(await openDoor({ host, port, flag: '--port', tls: certificate }))
    if (settings.portal)
      doors.push(
        await openDoor({ host, port: portalPort, flag: '--portal-port', tls: certificate }),
      )
    closeLast.push(async () => operations.stop())
    const [provider, portal] = doors as [Door, ...Door[]]
    return {
      ...(await serve({ ...options, operations, store, certificate, provider, portal })),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

interface Served extends MockOptions {
  operations: Operations
  store: Store
  certificate: Certificate | undefined
  provider: Door
  portal: Door | undefined
}

/** Serves at the provider's door, and at the portal's where there is one. */
async function serve(served: Served): Promise<Omit<RunningMock, 'close'>> {
  const { config, clock, random, operations, store, certificate, provider, portal } = served
  const { log } = operations
  const { settings } = config
  const localhost = `${certificate ? 'https' : 'http'}://localhost`
  const issuer = settings.issuer?.replace(/\/$/, '') ?? `${localhost}:${provider.listening.port}`
  const issuers = issuersOf(issuer, settings)
  const internalUrl = settings.issuer_mode === 'split' ? settings.internal_url : undefined
  const portalUrl = settings.portal_url ?? (portal && `${localhost}:${portal.listening.port}`)
  const portalInternalUrl = settings.portal_internal_url ?? portalUrl
  const ours = [...issuers, internalUrl, portalUrl, portalInternalUrl].flatMap((url) => url ?? [])
  const trusting = certificate && createTrustingFetch(certificate.trusted, ours)
  const assets = createAssets()
  const pages = createPages({ viewsRoot: join(packageRoot, 'views'), assetsPath: assets.path })
  const keeper =
    settings.store === 'memory' ? keepInFolder(resolve(settings.data_folder)) : keepInStore(store)
  const keys = await openKeyRing({ keeper, random })
  const portalUrls = {
    '{portal}': portalUrl ?? 'http://localhost:3007',
    '{portal-internal}': portalInternalUrl ?? 'http://localhost:3007',
  }
  const clientsOf = (from: Config) =>
    from.clients.map((client) => withPortalUrls(client, portalUrls))
  const clients = clientsOf(config)
  const world = createWorld({
    name: defaultWorld,
    issuer,
    internalUrl,
    fetch: trusting,
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
  const entrance = createEntrance(
    {
      issuers,
      internalUrl,
      port: provider.listening.port,
      trustedProxies: settings.trusted_proxies,
      pages,
      assets,
      authority: certificate?.authority?.cert,
    },
    (name, request, response) =>
      operations.serveMetrics(request, response) || world.answerAs(name, request, response),
  )
  const checks = {
    store: () => store.isReady(),
    keys: async () => {
      await keys.warm()
      return true
    },
  }
  provider.serve(operations.watch(operations.answerHealth(checks, entrance)))
  let answers: Portal | undefined
  if (portal && portalUrl) {
    answers = await openPortal({
      baseUrl: portalUrl,
      issuer,
      clientId: portalClientId,
      clientSecret: portalSecretIn(clients),
      services: config.services,
      pages,
      clock,
      random,
      log,
      ...(trusting && { fetch: trusting as typeof fetch }),
      acrNames: {
        level: settings.sign_in.account_level_names,
        authentication: settings.sign_in.authentication_level_names,
      },
    })
    const answer = withAssets(assets, answers.callback())
    portal.serve(operations.watch(operations.answerHealth({}, answer), 'portal'))
  }
  if (certificate?.authority) log({ event: 'notice', message: howToTrust(certificate, issuer) })
  // After listening, so that nobody waits for it: the first signature does, if it comes that soon.
  setImmediate(() => {
    keys.warm().catch((error: unknown) => {
      // Out of reach for a moment: whoever needs a key next tries again.
      if (!(error instanceof StoreUnavailable)) log({ event: 'server-error', where: 'keys', error })
    })
  })
  return {
    issuer,
    ...(portalUrl === undefined ? {} : { portalUrl }),
    personas: () => world.people.personas(),
    reload: createReload({ ...served, world, portal: answers, clientsOf, log }),
  }
}

/** In mode `follow`, each of the origins that are listed is an issuer of its own. */
function issuersOf(
  issuer: string,
  { issuer_mode: mode, follow_origins: origins }: Config['settings'],
): [string, ...string[]] {
  const others = mode === 'follow' ? origins.filter((origin) => origin !== issuer) : []
  return [issuer, ...new Set(others)]
}

/** The certificate is for every name that the settings give us, beside those they list for it. */
async function certificateFor(settings: Config['settings']): Promise<Certificate | undefined> {
  const { host, issuer, internal_url, follow_origins, portal_url, portal_internal_url } = settings
  const urls = [issuer, internal_url, ...follow_origins, portal_url, portal_internal_url]
  const named = urls.flatMap((url) =>
    url === undefined ? [] : new URL(url).hostname.replace(/^\[(.*)\]$/, '$1'),
  )
  const bound = ['loopback', '0.0.0.0', '::'].includes(host) ? [] : [host]
  return openCertificate({
    tls: settings.tls,
    certFile: settings.tls_cert,
    keyFile: settings.tls_key,
    folder: settings.data_folder,
    names: [...settings.tls_names, ...named, ...bound],
    clock: systemClock, // a world may live in another year than those who check certificates
  })
}

const howToTrust = ({ authority }: Certificate, issuer: string) =>
  `https has a certificate authority of its own. Node programs trust it with NODE_EXTRA_CA_CERTS=${authority!.file}; for others and for browsers it is at ${issuer}/ca.pem.`
