import type { IncomingMessage, ServerResponse } from 'node:http'
import { refusalOf, sendRefusal, WorldNotFound } from '../control/index.ts'
import { readCookie } from '../http/index.ts'
import { errorPage, languageCookie, negotiateLanguage, type Pages } from '../pages/index.ts'

/** Why no world answers. */
export type Nowhere = { pages: Pages; home: string } & (
  { kind: 'no_world'; name: string } | { kind: 'unavailable' | 'server_error'; error: unknown }
)

/** What programs hear of each. */
const replies = {
  no_world: { status: 404, error: 'not_found' },
  unavailable: {
    status: 503,
    error: 'temporarily_unavailable',
    says: 'the store is out of reach. Try again in a moment.',
  },
  server_error: {
    status: 500,
    error: 'server_error',
    says: 'this should not have happened. See the log.',
  },
} as const

/** Answers where no world can: on a page to people, in its own words to the control API's callers. */
export function answerNowhere(
  nowhere: Nowhere,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { kind, pages, home } = nowhere
  const reply = replies[kind]
  const { status } = reply
  const error = kind === 'no_world' ? new WorldNotFound(nowhere.name, []) : nowhere.error
  if (status === 503) response.setHeader('Retry-After', '2')
  if (/^(\/w\/[^/]+)?\/_mock(?=[/?]|$)/.test(request.url ?? ''))
    return sendRefusal(response, refusalOf(error, '_mock'))
  if (wantsPage(request)) {
    const language = negotiateLanguage({ cookie: readCookie(request, languageCookie) })
    const page = errorPage(pages, language, kind, reply.error)
    const { html, headers } = pages.render({ ...page, data: { ...page.data, home } })
    response.writeHead(status, headers).end(html)
    return
  }
  const description = 'says' in reply ? reply.says : (error as Error).message
  const body = JSON.stringify({ error: reply.error, error_description: description })
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(body)
}

/** Whoever reads pages says so; the pages of a sign-in are for nobody else. */
const wantsPage = ({ url = '/', headers }: IncomingMessage) =>
  headers.accept?.includes('text/html') === true || /^(\/w\/[^/]+)?\/sign-in\//.test(url)
