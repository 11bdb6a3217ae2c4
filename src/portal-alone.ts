import { join } from 'node:path'
import type { Config } from './config/index.ts'
import { openDoor } from './door.ts'
import { openCertificate, withAssets } from './entrance/index.ts'
import { createTrustingFetch } from './http/index.ts'
import { packageRoot, systemClock, type Clock, type Log, type Random } from './kernel/index.ts'
import { createOperations } from './operations/index.ts'
import { createAssets, createPages } from './pages/index.ts'
import { openPortal, portalClientId } from './portal/index.ts'
import { portalSecretIn } from './reload.ts'

export interface PortalAloneOptions {
  config: Config
  clock: Clock
  random: Random
  log: Log
  /** Whether the log is told of every request. */
  logsRequests?: boolean
}

/** A demo portal that is listening. */
export interface RunningPortal {
  /** Where it sends people to sign in. */
  issuer: string
  portalUrl: string
  /** Lets requests in flight finish, then frees the port. */
  close(): Promise<void>
}

/** Serves the demo portal without a provider, which runs elsewhere. */
export async function startPortalAlone(options: PortalAloneOptions): Promise<RunningPortal> {
  const { config, clock, random } = options
  const { settings } = config
  const operations = createOperations(options)
  const issuer = settings.issuer?.replace(/\/$/, '') ?? `http://localhost:${settings.port}`
  const { discovery_url: discoveryUrl, host, portal_port: port } = settings
  const certificate = await openCertificate({
    tls: settings.tls,
    certFile: settings.tls_cert,
    keyFile: settings.tls_key,
    folder: settings.data_folder,
    names: [...settings.tls_names, ...namesIn(settings.portal_url)],
    clock: systemClock,
  })
  const door = await openDoor({ host, port, flag: '--portal-port', tls: certificate })
  try {
    const scheme = certificate ? 'https' : 'http'
    const portalUrl = settings.portal_url ?? `${scheme}://localhost:${door.listening.port}`
    const assets = createAssets()
    const called = [issuer, discoveryUrl].flatMap((url) => url ?? [])
    const portal = await openPortal({
      baseUrl: portalUrl,
      issuer,
      clientId: portalClientId,
      clientSecret: portalSecretIn(config.clients),
      services: config.services,
      pages: createPages({ viewsRoot: join(packageRoot, 'views'), assetsPath: assets.path }),
      clock,
      random,
      log: operations.log,
      acrNames: {
        level: settings.sign_in.account_level_names,
        authentication: settings.sign_in.authentication_level_names,
      },
      ...(discoveryUrl === undefined ? {} : { discoveryUrl }),
      ...(certificate && {
        fetch: createTrustingFetch(certificate.trusted, called) as typeof fetch,
      }),
    })
    const answer = withAssets(assets, portal.callback())
    door.serve(operations.watch(operations.answerHealth({}, answer), 'portal'))
    const close = async () => {
      operations.stop()
      await door.listening.close()
    }
    return { issuer, portalUrl, close }
  } catch (error) {
    await door.listening.close()
    throw error
  }
}

const namesIn = (url: string | undefined): string[] =>
  url === undefined ? [] : [new URL(url).hostname.replace(/^\[(.*)\]$/, '$1')]
