import { inShort } from './connection.ts'
import { ok, unknown, warning, wrong, type Finding } from './diagnosis.ts'
import { textIn, type Discovery } from './discovery.ts'
import { realServiceOf } from './hosts.ts'
import { isAnswer, locationOf, type Answer, type Probe } from './probe.ts'
import { quote } from './quote.ts'
import { readRefusal, unknownClient, unregisteredRedirectUri, type Tried } from './refusals.ts'
import { wrongHost } from './wrong-host.ts'

/** What one authorization request showed. */
export interface Authorization {
  findings: readonly Finding[]
  /** Where it leads a browser, and the answer that does, when it was accepted. */
  page?: { answer: Answer; url: URL }
}

/**
 * Asks for a sign-in as the portal would, and looks at where that leads: to a sign-in page, back to
 * the portal, or to a refusal. Nobody signs in, and the code verifier is nobody's.
 */
export async function tryAuthorization(
  discovery: Discovery,
  tried: Tried,
  probe: Probe,
): Promise<Authorization> {
  const url = requestUrl(textIn(discovery.document, 'authorization_endpoint') ?? '', tried)
  if (!url || realServiceOf(url) !== undefined) return { findings: [] }
  const answer = await probe(url, { headers: { Accept: 'text/html' } })
  if (!isAnswer(answer))
    return {
      findings: [
        unknown('client', {
          what: `no authorization request could be tried: ${url.host} cannot be reached from here: ${inShort(answer)}.`,
          why: 'Client, redirect URI and cookies show only there.',
          fix: 'Run this where the browser runs.',
        }),
      ],
    }
  if (answer.status === 421) return { findings: [await wrongHost(answer, probe)] }
  const location = locationOf(answer)
  const back = location && comesBack(location, tried) ? location : undefined
  if (back) return { findings: answered(back, tried) }
  const refusal = readRefusal(answer, location)
  if (refusal?.of === 'client') return { findings: [unknownClient(tried, refusal, discovery)] }
  if (refusal?.of === 'redirect-uri') {
    const { clientId, redirectUri } = tried
    // A provider that misses the redirect URI has found the client.
    if (redirectUri === undefined) return { findings: accepted(tried) }
    const finding = unregisteredRedirectUri(clientId, redirectUri, refusal, discovery)
    return { findings: [known(tried), finding] }
  }
  if (refusal) return { findings: [otherwiseRefused(answer, tried)] }
  const page = location ? { page: { answer, url: location } } : {}
  return { findings: accepted(tried), ...page }
}

function requestUrl(endpoint: string, { clientId, redirectUri }: Tried): URL | undefined {
  if (!URL.canParse(endpoint)) return undefined
  const url = new URL(endpoint)
  const parameters = {
    client_id: clientId,
    response_type: 'code',
    scope: 'openid',
    state: 'mock-vneid-doctor',
    nonce: 'mock-vneid-doctor',
    code_challenge: 'ZG9jdG9yLWFza3Mtd2l0aG91dC1hLXZlcmlmaWVyLTE',
    code_challenge_method: 'S256',
    ...(redirectUri !== undefined && { redirect_uri: redirectUri }),
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url
}

const comesBack = (location: URL, { redirectUri }: Tried) =>
  redirectUri !== undefined &&
  URL.canParse(redirectUri) &&
  location.origin === new URL(redirectUri).origin &&
  location.pathname === new URL(redirectUri).pathname

const known = ({ clientId }: Tried) =>
  ok('client', `the client ${quote(clientId)} is known to the provider.`)

function accepted(tried: Tried): Finding[] {
  const { redirectUri } = tried
  if (redirectUri === undefined) return [known(tried), notGiven()]
  return [known(tried), ok('redirect-uri', `${redirectUri} is registered for it.`)]
}

const notGiven = () =>
  unknown('redirect-uri', {
    what: 'the redirect URI was not tried, because none was given.',
    why: 'A redirect URI that is not registered is the most common mistake of all.',
    fix: 'Run this again with --redirect-uri <the callback of your portal>.',
  })

/** The provider has sent the browser back to the portal: it knows both, whatever else it says. */
function answered(location: URL, tried: Tried): Finding[] {
  const error = location.searchParams.get('error')
  const harmless = [null, 'login_required', 'interaction_required', 'consent_required']
  if (harmless.includes(error)) return accepted(tried)
  const description = location.searchParams.get('error_description')
  return [
    ...accepted(tried),
    warning('client', {
      what: `the provider knows ${quote(tried.clientId)}, but refuses a plain request: ${quote([error, description].filter(Boolean).join(': '))}.`,
      why: 'It asked for response_type=code, scope=openid and PKCE with S256, as any portal does.',
      fix: 'Correct what the client may ask for (grant types, scopes, minimum level, automatic sign-in) where it is registered.',
    }),
  ]
}

function otherwiseRefused({ url, status }: Answer, { clientId }: Tried): Finding {
  const told = {
    what: `the authorization endpoint answers ${status} to a plain request of ${quote(clientId)}.`,
    fix: `Open ${url.href} in a browser: its page says why. Then look at the provider’s log.`,
  }
  return status >= 500
    ? wrong('client', { ...told, why: 'The provider or a proxy before it has failed.' })
    : unknown('client', { ...told, why: 'Why is written for people, and not understood here.' })
}
