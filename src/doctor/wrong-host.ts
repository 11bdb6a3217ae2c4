import { wrong, type Finding } from './diagnosis.ts'
import { isContainerName } from './hosts.ts'
import { isAnswer, objectIn, type Answer, type Probe, type Reply } from './probe.ts'
import { quote } from './quote.ts'

/** What our own refusal says: who it is, as whom it was called, and who passed the right name on. */
interface Misdirected {
  issuers: readonly string[]
  called?: URL
  unbelievedProxy?: string
}

/** The provider was called by a name that is not its own (RFC 9110 §15.5.20): by us, or by a proxy. */
export async function wrongHost(answer: Answer, probe: Probe): Promise<Finding> {
  const { url } = answer
  // A page is for people, in their language; the same is there in JSON for programs.
  const said =
    read(answer) ?? read(await probe(url, { headers: { Accept: 'application/json' } })) ?? nothing
  const isItsName = said.issuers.some((issuer) => new URL(issuer).origin === url.origin)
  return isItsName ? lostOnTheWay(url, said) : calledOtherwise(url, said)
}

const nothing: Misdirected = { issuers: [] }

function read(reply: Reply): Misdirected | undefined {
  if (!isAnswer(reply)) return undefined
  const text = objectIn(reply)?.['error_description']
  const [, is = '', not = ''] =
    /^this is (.+?), not (.*?)\. Call it by /.exec(typeof text === 'string' ? text : '') ?? []
  const issuers = is.split(' or ').filter((issuer) => URL.canParse(issuer))
  if (issuers.length === 0) return undefined
  const proxy = /A proxy at (\S+) passed the right name on/.exec(String(text))?.[1]
  return {
    issuers,
    ...(URL.canParse(not) && { called: new URL(not) }),
    ...(proxy !== undefined && { unbelievedProxy: proxy }),
  }
}

const onlyOwnNames =
  'Mock VNeID answers to the host of its issuer only. Under another name, cookies would be lost and tokens would carry a false issuer.'

const passTheHostOn =
  'pass the Host on as it came (nginx: proxy_set_header Host $http_host; Apache: ProxyPreserveHost On)'

/** The address is right, and what the provider heard is not. */
function lostOnTheWay(url: URL, { called, unbelievedProxy }: Misdirected): Finding {
  const isSchemeOnly = called?.host === url.host
  return wrong('host', {
    what: `${url.origin} is its issuer, but it was called ${called ? quote(called.origin) : 'otherwise'} (421 misdirected_request): a proxy in between loses the ${isSchemeOnly ? 'scheme' : 'Host'}.`,
    why: onlyOwnNames,
    fix: isSchemeOnly
      ? `Let the proxy send "X-Forwarded-Proto: ${url.protocol.slice(0, -1)}".`
      : unbelievedProxy === undefined
        ? `Let the proxy ${passTheHostOn}, or send X-Forwarded-Host from an address in --trusted-proxies.`
        : `Add ${unbelievedProxy} to --trusted-proxies, because it sends the right X-Forwarded-Host and is not believed; or let it ${passTheHostOn}.`,
  })
}

function calledOtherwise(url: URL, { issuers, called }: Misdirected): Finding {
  const named = issuers.length === 0 ? '' : `: its issuer is ${issuers.map(quote).join(' or ')}`
  const use =
    issuers.length === 0
      ? 'Call it by the issuer it printed at start.'
      : `Use ${issuers.join(' or ')} in the portal’s settings.`
  const useThis = `If browsers call it ${url.origin}, start it with --issuer ${url.origin}; if they use both names, with --issuer-mode follow and both in follow_origins.`
  // Nobody but a proxy can have ended TLS before a provider that knows of none.
  const endsTls = url.protocol === 'https:' && issuers.every((issuer) => issuer.startsWith('http:'))
  const names = endsTls ? [useThis, use] : isContainerName(url) ? [use] : [use, useThis]
  return wrong('host', {
    what: `${url.host} says that this is not its name (421 misdirected_request)${named}.`,
    why: onlyOwnNames,
    fix: [
      ...names,
      `If ${url.origin} is how a portal’s server reaches it, start it with --issuer-mode split --internal-url ${url.origin}.`,
      called?.host !== url.host &&
        `If a proxy stands before it, let it ${passTheHostOn}, or send X-Forwarded-Host from an address in --trusted-proxies.`,
    ]
      .filter(Boolean)
      .join(' '),
  })
}
