import { warning, wrong, type Finding } from './diagnosis.ts'
import { realServiceOf } from './hosts.ts'
import { quote } from './quote.ts'

const wellKnown = '/.well-known/openid-configuration'

/** An issuer that may be asked, or the finding that says why not. */
export interface Address {
  /** As the portal's settings have it, letter for letter. */
  issuer?: string
  findings: readonly Finding[]
}

/** Reads what was given as an issuer. Nothing is asked of anybody. */
export function readAddress(given: string): Address {
  const text = given.trim()
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) return { findings: [noUrl(text)] }
  const service = realServiceOf(url)
  if (service !== undefined) return { findings: [realService(url, service)] }
  if (url.username || url.password) return { findings: [hasCredentials(url)] }
  if (url.search || url.hash) return { findings: [hasQuery(url)] }
  if (!text.endsWith(wellKnown)) return { issuer: text, findings: [] }
  const issuer = text.slice(0, -wellKnown.length)
  return { issuer, findings: [isDocument(issuer)] }
}

/** Where OpenID Connect Discovery §4 puts the document of an issuer. */
export const documentUrlOf = (issuer: string): string => issuer.replace(/\/$/, '') + wellKnown

/** Said of the issuer itself and of any endpoint that discovery would send us to. */
export const realService = ({ host }: URL, service: string): Finding =>
  wrong('real-service', {
    what: `${host} belongs to the real service ${service}. Nothing was asked of it.`,
    why: 'This tool is for mocks and test environments. Probing the real service would be wrong, and its agreement forbids it.',
    fix: 'Give the address of your mock or test provider, such as http://localhost:3006.',
  })

function noUrl(text: string): Finding {
  const guess = `http://${text.replace(/^\/*/, '')}`
  const canGuess = /^[\w.-]+(:\d+)?(\/|$)/.test(text) && URL.canParse(guess)
  return wrong('address', {
    what: `the issuer must be a URL that begins with http:// or https://, got ${quote(withoutCredentials(text))}.`,
    why: 'Relying parties build the address of the discovery document from it.',
    fix: `Say ${canGuess ? guess : 'http://localhost:3006'}.`,
  })
}

const hasCredentials = (url: URL): Finding =>
  wrong('address', {
    what: `the issuer for ${url.host} has a user name or password in it.`,
    why: 'An issuer is public: it stands in every ID token.',
    fix: `Say ${url.origin}, and keep the password out of the portal’s settings and of shell history.`,
  })

const hasQuery = (url: URL): Finding =>
  wrong('address', {
    what: `the issuer must have no query and no fragment, got ${quote(url.href)}.`,
    why: 'OpenID Connect Discovery §3 forbids both, so no provider can have this issuer.',
    fix: `Say ${url.origin}${url.pathname === '/' ? '' : url.pathname}.`,
  })

const isDocument = (issuer: string): Finding =>
  warning('address', {
    what: 'this is the address of the discovery document, not the issuer.',
    why: 'A setting named "issuer" or "authority" wants the issuer; one named "metadata address" or "discovery URL" wants the document.',
    fix: `Examined as ${issuer}. Use that where the portal’s settings ask for the issuer.`,
  })

/** A password that was given by mistake is not said again. */
export const withoutCredentials = (text: string): string => text.replace(/\/\/[^/]*@/, '//')
