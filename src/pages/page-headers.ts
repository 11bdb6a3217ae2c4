import type { Page } from './page.ts'

/** The headers that guard a page: what it may load, where it may lead, and that nobody keeps it. */
export function headersFor(page: Page): Record<string, string> {
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Language': page.language,
    'Content-Security-Policy': policyFor(page),
    // With no-referrer, browsers send `Origin: null` on our own forms, and no origin check can hold.
    'Referrer-Policy': 'strict-origin',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  }
}

function policyFor(page: Page): string {
  const actions = new Set(["'self'", ...(page.formActions ?? []).map(sourceOf)])
  return [
    "default-src 'none'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    `form-action ${[...actions].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(page.scriptHash === undefined ? [] : [`script-src '${page.scriptHash}'`]),
  ].join('; ')
}

/**
 * How a policy names where a URI leads. Its grammar knows neither IPv6 addresses nor the origin of
 * an app's own scheme, so those are named by their scheme alone.
 */
function sourceOf(uri: string): string {
  const { protocol, hostname, origin } = new URL(uri)
  const isWeb = protocol === 'http:' || protocol === 'https:'
  return isWeb && !hostname.startsWith('[') ? origin : protocol
}
