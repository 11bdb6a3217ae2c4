import type { IncomingMessage, ServerResponse } from 'node:http'
import { readCookie, type Call } from '../http/index.ts'
import { languageCookie, negotiateLanguage, type Pages } from '../pages/index.ts'
import { findName, type Names } from './names.ts'

export interface Refused extends Names {
  call: Call
  path: string
  pages: Pages
  refuseControl: (response: ServerResponse, detail: string) => void
}

const controlPath = /^(\/w\/[^/]+)?\/_mock(?=[/?]|$)/

/** Says by what name to call instead: on a page for people, in JSON for programs. RFC 9110 §15.5.20. */
export function refuse(request: IncomingMessage, response: ServerResponse, refused: Refused): void {
  const { call, issuers, pages, path, refuseControl } = refused
  const called = `${call.scheme ?? 'http'}://${call.host ?? ''}`
  const proxy = unbelieved(refused)
  const isControl = controlPath.test(path)
  if (isControl || !request.headers.accept?.includes('text/html')) {
    const which = issuers.length === 1 ? 'that name' : 'one of those names'
    const description = [
      `this is ${issuers.join(' or ')}, not ${called}. Call it by ${which}.`,
      proxy && `A proxy at ${proxy} passed the right name on, but is not in trusted_proxies.`,
    ]
    const text = description.filter(Boolean).join(' ')
    if (isControl) return refuseControl(response, text)
    const body = { error: 'misdirected_request', error_description: text }
    response.writeHead(421, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
    return
  }
  const { html, headers } = pages.render({
    view: 'errors/wrong-host',
    language: negotiateLanguage({ cookie: readCookie(request, languageCookie) }),
    data: {
      called,
      issuer: issuers.join(', '),
      link: `${issuers[0]}${path.startsWith('/') ? path : '/'}`,
      ...(proxy === undefined ? {} : { proxy }),
    },
  })
  response.writeHead(421, headers).end(html)
}

/** Who passed on a name of ours without being believed: most likely a proxy that is not listed. */
function unbelieved({ call, ...names }: Refused): string | undefined {
  const { address, disbelieved } = call
  if (disbelieved === undefined) return undefined
  const isOurs = findName({ ...call, host: disbelieved }, names) !== undefined
  return isOurs ? address : undefined
}
