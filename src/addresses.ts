import type { Config } from './config/index.ts'
import type { Door } from './door.ts'
import { openCertificate, type Certificate } from './entrance/index.ts'
import { systemClock } from './kernel/index.ts'

type Settings = Config['settings']

/** Where everything is, for those who call. */
export interface Addresses {
  issuer: string
  issuers: [string, ...string[]]
  internalUrl: string | undefined
  portalUrl: string | undefined
  portalInternalUrl: string | undefined
}

/** What the doors that were opened add to what the settings say. */
export interface Opened {
  certificate: Certificate | undefined
  provider: Door | undefined
  portal: Door | undefined
}

/** Each where the settings put it, and otherwise on this machine, at the port that was got. */
export function addressesOf(
  settings: Settings,
  { certificate, provider, portal }: Opened,
): Addresses {
  const localhost = `${certificate ? 'https' : 'http'}://localhost`
  const port = provider?.listening.port ?? settings.port
  const issuer = settings.issuer?.replace(/\/$/, '') ?? `${localhost}:${port}`
  const portalUrl = settings.portal_url ?? (portal && `${localhost}:${portal.listening.port}`)
  return {
    issuer,
    issuers: issuersOf(issuer, settings),
    internalUrl: settings.issuer_mode === 'split' ? settings.internal_url : undefined,
    portalUrl,
    portalInternalUrl: settings.portal_internal_url ?? portalUrl,
  }
}

/** The port that a URL leads to. */
export function portOf(url: string): number {
  const { port, protocol } = new URL(url)
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port)
}

/** In mode `follow`, each of the origins that are listed is an issuer of its own. */
function issuersOf(
  issuer: string,
  { issuer_mode: mode, follow_origins: origins }: Settings,
): [string, ...string[]] {
  const others = mode === 'follow' ? origins.filter((origin) => origin !== issuer) : []
  return [issuer, ...new Set(others)]
}

/** The certificate is for every name that the settings give us, beside those they list for it. */
export async function certificateFor(settings: Settings): Promise<Certificate | undefined> {
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

/** What to tell whoever starts a mock with an authority of its own. */
export const howToTrust = ({ authority }: Certificate, issuer: string): string =>
  `https has a certificate authority of its own. Node programs trust it with NODE_EXTRA_CA_CERTS=${authority!.file}; for others and for browsers it is at ${issuer}/ca.pem.`
