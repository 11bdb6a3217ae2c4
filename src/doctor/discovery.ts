import { documentUrlOf, realService } from './address.ts'
import { whyUnreachable } from './connection.ts'
import { ok, wrong, type Finding } from './diagnosis.ts'
import { portOf, realServiceOf } from './hosts.ts'
import { isAnswer, locationOf, objectIn, type Answer, type Probe } from './probe.ts'
import type { Environment } from './proxies.ts'
import { list, quote } from './quote.ts'
import { wrongHost } from './wrong-host.ts'

/** A discovery document that is good enough to go on with. */
export interface Discovery {
  /** The issuer as it was asked for. */
  asked: string
  /** The issuer as the document names it. */
  told: string
  document: Readonly<Record<string, unknown>>
  answer: Answer
  /** Whether it is Mock VNeID, whose settings we can name. */
  isOurs: boolean
}

const needed = ['issuer', 'authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const

/** Fetches the discovery document of an issuer: it, or the finding that explains its absence. */
export async function discover(
  asked: string,
  probe: Probe,
  environment: Environment,
): Promise<{ discovery?: Discovery; finding: Finding }> {
  const url = new URL(documentUrlOf(asked))
  const answer = await probe(url)
  if (!isAnswer(answer)) return { finding: await whyUnreachable(answer, environment) }
  if (answer.status === 421) return { finding: await wrongHost(answer, probe) }
  if (answer.status !== 200) return { finding: notThere(asked, answer) }
  const document = objectIn(answer)
  if (!document) return { finding: notJson(answer) }
  const missing = needed.filter((key) => textIn(document, key) === undefined)
  if (missing.length > 0) return { finding: incomplete(answer, missing) }
  const isOurs = [document['scopes_supported'], document['acr_values_supported']]
    .flat()
    .some((value) => value === 'vneid' || String(value).startsWith('urn:mock-vneid:'))
  const told = String(document['issuer'])
  const name = isOurs ? 'Mock VNeID answers' : 'an OpenID Connect provider answers'
  return {
    discovery: { asked, told, document, answer, isOurs },
    finding: ok(
      'discovery',
      `${name} at ${url.host}, with a discovery document that has what it needs.`,
    ),
  }
}

/** A non-empty string of a document, or `undefined`. */
export function textIn(
  document: Readonly<Record<string, unknown>>,
  key: string,
): string | undefined {
  const value = document[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A list of strings of a document; empty when it is absent or something else. */
export function listIn(document: Readonly<Record<string, unknown>>, key: string): string[] {
  const value = document[key]
  return Array.isArray(value)
    ? value.filter((item): item is string => typeof item === 'string')
    : []
}

function notThere(asked: string, answer: Answer): Finding {
  const { url, status, headers } = answer
  const location = locationOf(answer)
  if (location) return redirected(asked, url, location)
  if (status === 404)
    return wrong('discovery', {
      what: `there is no discovery document at ${url.href} (404).`,
      why: 'Something listens there, but no OpenID Connect provider under this address.',
      fix:
        new URL(asked).pathname === '/'
          ? `Check the port.${isPortalPort(url) ? ' 3007 is the demo portal; the provider is on 3006.' : ''} Some providers have a path in their issuer, such as /realms/<name>.`
          : `Check the path of the issuer. Mock VNeID’s has none: ${url.origin}`,
    })
  if (status >= 500)
    return wrong('discovery', {
      what: `${url.host} answers ${status} for the discovery document.`,
      why:
        status === 503 && headers.has('retry-after')
          ? 'It says that it will be back: the provider is starting, or cannot reach its store.'
          : 'A proxy before the provider cannot reach it, or the provider has failed.',
      fix: `Look at the provider’s log and at ${url.origin}/readyz, then at the proxy’s upstream address.`,
    })
  return wrong('discovery', {
    what: `${url.href} answers ${status} instead of a discovery document.`,
    why: 'Discovery is public: nothing should ask who is calling.',
    fix: 'Look for a gateway or firewall that guards this path, and let /.well-known/ through.',
  })
}

function redirected(asked: string, from: URL, to: URL): Finding {
  const service = realServiceOf(to)
  if (service !== undefined) return realService(to, service)
  const toHttps = from.host === to.host && to.protocol === 'https:'
  return wrong('discovery', {
    what: `the discovery document of ${asked} redirects to ${quote(to.href)}, and was not followed.`,
    why: 'Many relying parties do not follow either, and one that does finds an issuer that is not the one it was configured with.',
    fix: toHttps
      ? `Use https in the portal’s settings: https://${from.host}`
      : `Use the issuer behind it in the portal’s settings (${quote(to.origin)}?), or stop the proxy from redirecting /.well-known/.`,
  })
}

function notJson({ url, headers, body }: Answer): Finding {
  const type = headers.get('content-type') ?? 'no content type'
  const isPage = /html/i.test(type) || /^\s*</.test(body)
  return wrong('discovery', {
    what: isPage
      ? `${url.href} answers with a web page, not with a discovery document.`
      : `${url.href} answers with something that is not a JSON object (${quote(type)}).`,
    why: isPage
      ? 'Another program listens there (a portal, a proxy’s own page, a single-page app that answers every path).'
      : 'The document is cut off or is not one. Relying parties cannot read it.',
    fix: isPortalPort(url)
      ? 'Port 3007 is the demo portal. The provider is on 3006.'
      : `Check host and port of the issuer, then open ${url.href} in a browser to see who answers.`,
  })
}

const incomplete = ({ url }: Answer, missing: readonly string[]): Finding =>
  wrong('discovery', {
    what: `the discovery document at ${url.href} has no ${list(missing)}.`,
    why: 'OpenID Connect Discovery §3 demands them, and relying parties stop without them.',
    fix: 'If this is an OpenID Connect provider, correct its configuration; if not, check the address.',
  })

const isPortalPort = (url: URL) => portOf(url) === 3007
