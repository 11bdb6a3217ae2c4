import { realService } from './address.ts'
import { inShort } from './connection.ts'
import { ok, unknown, wrong, type Finding } from './diagnosis.ts'
import { textIn, type Discovery } from './discovery.ts'
import { realServiceOf } from './hosts.ts'
import { isAnswer, type Probe } from './probe.ts'
import { list, plain, quote } from './quote.ts'
import { wrongHost } from './wrong-host.ts'

/** Called by a portal's server. The keys have a check of their own. */
const backChannel = [
  'token_endpoint',
  'userinfo_endpoint',
  'revocation_endpoint',
  'introspection_endpoint',
  'pushed_authorization_request_endpoint',
] as const

/** Opened by a browser, which may stand in another network than we do. */
const frontChannel = ['authorization_endpoint', 'end_session_endpoint'] as const

type Key = (typeof backChannel)[number] | (typeof frontChannel)[number] | 'jwks_uri'

interface Endpoint {
  key: Key
  url: URL
}

/** No more hosts than these are asked whether they are there. */
const maxHosts = 4

/** The endpoints that discovery lists and that are addresses at all. */
export function endpointsOf({ document }: Pick<Discovery, 'document'>): Endpoint[] {
  return [...backChannel, ...frontChannel, 'jwks_uri' as const].flatMap((key) => {
    const text = textIn(document, key) ?? ''
    return /^https?:/.test(text) && URL.canParse(text) ? [{ key, url: new URL(text) }] : []
  })
}

/** Whether each endpoint is an address, is where it can be reached, and is no real service. */
export async function examineEndpoints(discovery: Discovery, probe: Probe): Promise<Finding[]> {
  const endpoints = endpointsOf(discovery)
  const here = discovery.answer.url.origin
  const elsewhere = new Map(
    endpoints
      .filter(({ key, url }) => url.origin !== here && key !== 'jwks_uri')
      .toReversed() // of several at one host, a server’s own is asked rather than a browser's
      .map((endpoint) => [endpoint.url.origin, endpoint]),
  )
  const asked = await Promise.all(
    [...elsewhere.values()].slice(0, maxHosts).map((endpoint) => examineOne(endpoint, probe)),
  )
  const findings = [...malformed(discovery, endpoints), ...asked.flat()]
  if (findings.some(({ verdict }) => verdict !== 'ok')) return findings
  const hosts = [...new Set(endpoints.map(({ url }) => url.host))]
  return [
    ok(
      'endpoints',
      `every endpoint that discovery lists is at ${list(hosts)}, reachable from here.`,
    ),
  ]
}

async function examineOne({ key, url }: Endpoint, probe: Probe): Promise<Finding[]> {
  const service = realServiceOf(url)
  if (service !== undefined) return [realService(url, service)]
  const reply = await probe(url)
  if (isAnswer(reply)) {
    if (reply.status === 421) return [await wrongHost(reply, probe)]
    if (![502, 503, 504].includes(reply.status)) return []
    return [
      wrong('endpoints', {
        what: `${key} ${url.href} is answered by a gateway that cannot reach it (${reply.status}).`,
        why: 'A proxy stands where discovery points, and nothing behind it answers.',
        fix: 'Correct the proxy’s upstream address, or NO_PROXY if the proxy is your own.',
      }),
    ]
  }
  const told = { what: `${key} ${url.href} cannot be reached from here: ${inShort(reply)}.` }
  if ((frontChannel as readonly string[]).includes(key))
    return [
      unknown('endpoints', {
        ...told,
        why: 'Only browsers go there. Inside a container that is as it should be in issuer mode "split"; on the machine with the browser it would be wrong.',
        fix: `Open ${url.origin} in the browser that signs in. If it does not open there either, correct --issuer.`,
      }),
    ]
  return [
    wrong('endpoints', {
      ...told,
      why: 'The portal’s server calls it to finish every sign-in.',
      fix: `If the portal’s server reaches the provider under another name than browsers do, start the mock with --issuer-mode split --internal-url <that name>. If ${url.host} is that name already, run this where the portal runs.`,
    }),
  ]
}

function malformed({ document }: Discovery, valid: readonly Endpoint[]): Finding[] {
  const isValid = (key: Key) => valid.some((endpoint) => endpoint.key === key)
  return [...backChannel, ...frontChannel, 'jwks_uri' as const]
    .filter((key) => document[key] !== undefined && !isValid(key))
    .map((key) =>
      wrong('endpoints', {
        what: `${key} in the discovery document must be an absolute URL, got ${shown(document[key])}.`,
        why: 'A relying party has no base to resolve it against.',
        fix: 'Correct the provider’s public URL.',
      }),
    )
}

const shown = (value: unknown) =>
  typeof value === 'string' ? quote(value) : plain(JSON.stringify(value).slice(0, 60))

/** Whether somebody before the provider ends TLS and does not say so. */
export function examineProxyHeaders(discovery: Discovery, redirect: URL | undefined): Finding[] {
  const { asked, isOurs } = discovery
  const issuer = new URL(asked)
  if (issuer.protocol !== 'https:') return []
  const plain = [
    ...endpointsOf(discovery),
    ...(redirect ? [{ key: 'the redirect to the sign-in page', url: redirect }] : []),
  ].filter(({ url }) => url.protocol === 'http:' && url.hostname === issuer.hostname)
  if (plain.length === 0)
    return [
      ok('proxy-headers', 'the issuer is https, and so is every address the provider gives out.'),
    ]
  return [
    wrong('proxy-headers', {
      what: `the issuer is called by https, but ${list(plain.map(({ key }) => key))} begin${plain.length === 1 ? 's' : ''} with http:// (such as ${quote(plain[0]!.url.href)}).`,
      why: 'A proxy ends TLS and the provider does not know it: X-Forwarded-Proto is not sent, or the provider does not trust who sends it. Browsers then lose Secure cookies and block forms.',
      fix: isOurs
        ? `Let the proxy send "X-Forwarded-Proto: https" and "X-Forwarded-Host: ${issuer.host}", list its address in --trusted-proxies, and start the mock with --issuer ${issuer.origin}.`
        : 'Let the proxy send X-Forwarded-Proto and X-Forwarded-Host, and let the provider trust its address.',
    }),
  ]
}
