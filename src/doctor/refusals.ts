import { nearest } from '../kernel/index.ts'
import { wrong, type Finding } from './diagnosis.ts'
import type { Discovery } from './discovery.ts'
import { differences } from './issuer-name.ts'
import type { Answer } from './probe.ts'
import { list, quote } from './quote.ts'

/** What the portal would send. */
export interface Tried {
  clientId: string
  redirectUri: string | undefined
}

/** What an authorization endpoint did not like, as far as it can be told from a page for people. */
export interface Refusal {
  of: 'client' | 'redirect-uri' | 'something'
  /** What the page suggests instead of the client that it does not know. */
  meant?: string
  /** Redirect URIs that the page shows as registered. */
  registered: readonly string[]
}

/** Reads a refusal from the page or from the redirect to one; `undefined` when it is none. */
export function readRefusal(answer: Answer, location: URL | undefined): Refusal | undefined {
  const code = /(?:^|[?&])(?:oauth)?error(?:code)?=([^&]+)/i.exec(location?.search ?? '')?.[1]
  if (answer.status < 400 && code === undefined) return undefined
  const text = code === undefined ? decodeHtml(answer.body) : decodeURIComponent(code)
  const registered = registeredIn(text)
  const meant = /(?:Có phải ý bạn là|Did you mean) "([^"]+)"\?/.exec(text)?.[1]
  if (/invalid_client|(?:unknown|invalid) client|client (?:was )?not found/i.test(text))
    return { of: 'client', registered, ...(meant !== undefined && { meant }) }
  if (/redirect[_ -]?ur[il]|invalid_callback/i.test(text)) return { of: 'redirect-uri', registered }
  return { of: 'something', registered }
}

export function unknownClient({ clientId }: Tried, { meant }: Refusal, found: Discovery): Finding {
  return wrong('client', {
    what: `the provider does not know the client ${quote(clientId)}.${meant === undefined ? '' : ` Did you mean ${quote(meant)}?`}`,
    why: 'Every authorization request of it ends on an error page, and the portal hears nothing.',
    fix: found.isOurs
      ? 'Correct client_id in the portal’s settings, or add the client to clients.yaml. For a first try take the client "dev", which takes every redirect URI on this machine.'
      : 'Correct client_id in the portal’s settings, or register the client with the provider.',
  })
}

export function unregisteredRedirectUri(
  clientId: string,
  redirectUri: string,
  { registered }: Refusal,
  found: Discovery,
): Finding {
  const others = registered.filter((uri) => uri !== redirectUri)
  const close = nearest(redirectUri, others) ?? others[0]
  const shown = others.length === 0 ? '' : ` Registered: ${list(others.map(quote))}.`
  const difference =
    close === undefined
      ? ''
      : ` It differs from ${quote(close)} in ${list(differences(redirectUri, close))}.`
  return wrong('redirect-uri', {
    what: `the redirect URI ${quote(redirectUri)} is not registered for ${quote(clientId)}.${shown}`,
    why: `Redirect URIs are compared letter by letter (RFC 6749 §3.1.2.3), so the provider must not send anybody there.${difference}`,
    fix: found.isOurs
      ? `Add it to the redirect_uris of ${quote(clientId)} in clients.yaml, or correct it in the portal’s settings. Behind a proxy, the portal may have built it from its inner address.`
      : 'Register it with the provider, or correct it in the portal’s settings. Behind a proxy, the portal may have built it from its inner address.',
  })
}

/** Our own page shows what to paste into the clients file: its lines are the URIs. */
function registeredIn(page: string): string[] {
  return [...page.matchAll(/^\s+- (https?:\/\/\S+?)(?:<.*)?$/gm)].map(([, uri = '']) => uri)
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#x27;': "'",
  '&amp;': '&',
}

const decodeHtml = (html: string) =>
  html.replaceAll(/&(?:lt|gt|quot|#39|#x27|amp);/g, (entity) => entities[entity] ?? entity)
