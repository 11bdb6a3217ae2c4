import type { Clock } from '../kernel/index.ts'
import { documentUrlOf, readAddress, realService, withoutCredentials } from './address.ts'
import { tryAuthorization } from './authorization.ts'
import { examineClientSecret } from './client-secret.ts'
import { examineClock } from './clock-skew.ts'
import { unknown, worstOf, type Diagnosis, type Finding } from './diagnosis.ts'
import { discover, type Discovery } from './discovery.ts'
import { endpointsOf, examineEndpoints, examineProxyHeaders } from './endpoints.ts'
import { realServiceOf } from './hosts.ts'
import { examineIssuer } from './issuer-name.ts'
import { examineKeys } from './keys.ts'
import { examinePkce } from './pkce.ts'
import { createProbe, type Probe } from './probe.ts'
import { examineProxies, type Environment } from './proxies.ts'
import { plain } from './quote.ts'
import { examineCookies } from './sign-in-page.ts'

export interface ExamineOptions {
  /** The portal's client. Without it, what depends on the client is not tried. */
  clientId?: string
  /** Its secret, sent to the token endpoint and nowhere else, and never repeated. */
  clientSecret?: string
  /** Where the portal expects people back. */
  expectedRedirectUri?: string
  /** From where to look. */
  from?: 'here'
  /** What time it is here: the provider's clock is compared with it. */
  clock: Clock
  /**
   * How to ask.
   *
   * @default the platform's own
   */
  fetch?: typeof fetch
  /** The variables that the portal would have, for proxies and certificates. */
  environment?: Environment
}

/**
 * Looks at a provider as a relying party would, and says what is wrong, why it matters and what to
 * do. Never throws for what it finds, and asks about ten questions of at most three seconds each.
 */
export async function examine(issuer: string, options: ExamineOptions): Promise<Diagnosis> {
  const findings = (await findingsOf(issuer, options)).map(({ what, why, fix, ...finding }) => ({
    ...finding,
    what: plain(what),
    why: plain(why),
    fix: plain(fix),
  }))
  const given = plain(withoutCredentials(issuer))
  return { issuer: given, from: options.from ?? 'here', verdict: worstOf(findings), findings }
}

async function findingsOf(given: string, options: ExamineOptions): Promise<Finding[]> {
  const { environment = {}, clock } = options
  const address = readAddress(given)
  if (address.issuer === undefined) return [...address.findings]
  const probe = createProbe({ fetch: options.fetch ?? fetch, clock })
  const { discovery, finding } = await discover(address.issuer, probe, environment)
  const issuerUrl = new URL(documentUrlOf(address.issuer))
  if (!discovery) {
    const proxies = examineProxies([issuerUrl], environment)
    const suspects = proxies.verdict === 'ok' ? [] : [proxies]
    return [...address.findings, finding, ...suspects]
  }
  const urls = [issuerUrl, ...endpointsOf(discovery).map(({ url }) => url)]
  return [
    ...address.findings,
    examineProxies(urls, environment),
    finding,
    examineIssuer(discovery),
    ...(await examineEndpoints(discovery, probe)),
    await examineKeys(discovery, probe),
    examineClock(discovery.answer),
    examinePkce(discovery),
    ...(await asClient(discovery, options, probe)),
  ]
}

/** What only shows when one asks as a registered client. */
async function asClient(
  discovery: Discovery,
  { clientId, clientSecret, expectedRedirectUri: redirectUri }: ExamineOptions,
  probe: Probe,
): Promise<Finding[]> {
  if (clientId === undefined || clientId === '')
    return [...examineProxyHeaders(discovery, undefined), noClient()]
  const { findings, page } = await tryAuthorization(discovery, { clientId, redirectUri }, probe)
  const service = page && realServiceOf(page.url)
  const leadsAway = page && service !== undefined ? [realService(page.url, service)] : []
  const cookies =
    page && service === undefined ? [await examineCookies(page.answer, page.url, probe)] : []
  const isUnknown = findings.some(({ id, verdict }) => id === 'client' && verdict === 'wrong')
  const secret =
    clientSecret === undefined || clientSecret === '' || isUnknown
      ? undefined
      : await examineClientSecret(discovery, { clientId, clientSecret }, redirectUri, probe)
  return [
    ...examineProxyHeaders(discovery, page?.url),
    ...findings,
    ...leadsAway,
    ...cookies,
    ...(secret ? [secret] : []),
  ]
}

const noClient = () =>
  unknown('client', {
    what: 'client, redirect URI, cookies and secret were not tried, because no client was given.',
    why: 'They show only in a request of a registered client.',
    fix: 'Run this again with --client <client_id> --redirect-uri <callback of the portal>, and the secret.',
  })
