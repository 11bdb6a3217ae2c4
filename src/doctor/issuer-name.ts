import { ok, warning, wrong, type Finding } from './diagnosis.ts'
import { textIn, type Discovery } from './discovery.ts'
import { isContainerName, isLoopback, portOf } from './hosts.ts'
import { list, quote } from './quote.ts'

/** Whether the provider's own name is the one it was called by. OpenID Connect Discovery §4.3. */
export function examineIssuer(discovery: Discovery): Finding {
  const { asked, told } = discovery
  if (asked === told)
    return ok('issuer', `the discovery document names the same issuer, letter for letter: ${told}`)
  if (!URL.canParse(told))
    return wrong('issuer', {
      what: `the discovery document says issuer ${quote(told)}, which is no URL.`,
      why: 'OpenID Connect Discovery §3 demands one, and every relying party checks.',
      fix: 'Set the provider’s public URL.',
    })
  const [from, to] = [new URL(asked), new URL(told)]
  if (isSplit(discovery, from, to)) return splitAsMeant(asked, told)
  return wrong('issuer', {
    what: `asked for ${asked}, but the discovery document says issuer ${quote(told)}. They differ in ${list(differences(asked, told))}.`,
    why: `Relying parties compare the two letter by letter, and again with "iss" of every ID token. ${whyOf(from, to)}`.trim(),
    fix: fixOf(discovery, from, to),
  })
}

/** What is not the same in two addresses, in words. */
export function differences(one: string, other: string): string[] {
  if (!URL.canParse(one) || !URL.canParse(other)) return ['everything']
  const [a, b] = [new URL(one), new URL(other)]
  const parts = [
    a.protocol !== b.protocol && `the scheme (${a.protocol}// and ${b.protocol}//)`,
    a.hostname !== b.hostname && `the host (${a.hostname} and ${b.hostname})`,
    portOf(a) !== portOf(b) && (a.port || b.port) && `the port (${portOf(a)} and ${portOf(b)})`,
    a.pathname.replace(/\/$/, '') !== b.pathname.replace(/\/$/, '') &&
      `the path (${a.pathname} and ${b.pathname})`,
    a.search !== b.search && 'the query',
  ].filter((part) => typeof part === 'string' && part !== '') as string[]
  if (parts.length > 0) return parts
  return one.replace(/\/$/, '') === other.replace(/\/$/, '')
    ? ['the slash at the end']
    : ['how they are written (capitals, or a port that goes without saying)']
}

/** Back-channel endpoints where we asked, browser endpoints at the issuer: issuer mode `split`. */
function isSplit({ document }: Discovery, from: URL, to: URL): boolean {
  const at = (key: string, { origin }: URL) => {
    const endpoint = textIn(document, key) ?? ''
    return URL.canParse(endpoint) && new URL(endpoint).origin === origin
  }
  return from.origin !== to.origin && at('token_endpoint', from) && at('authorization_endpoint', to)
}

const splitAsMeant = (asked: string, told: string) =>
  warning('issuer', {
    what: `this is the inner address of a provider in issuer mode "split": its issuer is ${told}, and its token endpoint is here.`,
    why: 'That is right, as long as the portal is told both. One that takes this address for the issuer refuses the document.',
    fix: `In the portal’s settings: issuer ${told}, discovery from ${asked} (the demo portal: MOCK_VNEID_ISSUER and MOCK_VNEID_DISCOVERY_URL). A library that knows one address only must reach ${told} itself.`,
  })

function whyOf(from: URL, to: URL): string {
  if (from.hostname === to.hostname && from.protocol === 'https:' && to.protocol === 'http:')
    return 'A proxy ends TLS and the provider does not know it.'
  if (from.hostname === to.hostname) return ''
  if (isLoopback(from) && isLoopback(to))
    return 'To browsers these are two hosts: a cookie of one is never sent to the other.'
  if (isContainerName(from) || isContainerName(to))
    return 'Inside a container network the provider has one name, and for browsers another.'
  return ''
}

function fixOf({ asked, told, isOurs }: Discovery, from: URL, to: URL): string {
  const useTold = `Write ${told} in the portal’s settings, letter for letter.`
  if (from.origin === to.origin) return useTold
  if (!isOurs)
    return `${useTold} Or set the provider’s public URL (hostname, base URL, frontend URL) to ${asked}, if that is what browsers use.`
  if (from.hostname === to.hostname && from.protocol !== to.protocol)
    return from.protocol === 'https:'
      ? `Tell the mock its public name: --issuer ${from.origin}. The proxy must send X-Forwarded-Proto: https, from an address in --trusted-proxies.`
      : useTold
  if (isLoopback(from) && isLoopback(to) && portOf(from) === portOf(to))
    return `${useTold} Where both names must work, start it with --issuer-mode follow and follow_origins: [${to.origin}, ${from.origin}].`
  if (isContainerName(from))
    return `Start it with --issuer-mode split --issuer ${to.origin} --internal-url ${from.origin} (MOCK_VNEID_ISSUER_MODE, MOCK_VNEID_ISSUER, MOCK_VNEID_INTERNAL_URL), and give the portal issuer ${to.origin} with discovery from ${from.origin}. "follow" does not help: there one sign-in stays on one origin, and a browser cannot open ${from.origin}.`
  if (isContainerName(to))
    return `Browsers cannot open ${to.origin}. Start it with --issuer-mode split --issuer ${from.origin} --internal-url ${to.origin}.`
  return `${useTold} Or, if browsers reach it as ${from.origin}, start it with --issuer ${from.origin}; if they use both, with --issuer-mode follow and both in follow_origins.`
}
