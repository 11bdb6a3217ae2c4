import type { IncomingMessage, ServerResponse } from 'node:http'
import { refusalOf, sendRefusal, WorldNotFound } from '../control/index.ts'
import { readCookie } from '../http/index.ts'
import { errorPage, languageCookie, negotiateLanguage, type Pages } from '../pages/index.ts'

type Nowhere = { pages: Pages; home: string } & (
  { kind: 'no_world'; name: string } | { kind: 'unavailable'; error: unknown }
)

/** Answers where no world can: on a page to people, in its own words to the control API's callers. */
export function answerNowhere(
  nowhere: Nowhere,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { kind, pages, home } = nowhere
  const isMissing = kind === 'no_world'
  const error = isMissing ? new WorldNotFound(nowhere.name, []) : nowhere.error
  const status = isMissing ? 404 : 503
  if (!isMissing) response.setHeader('Retry-After', '2')
  if (/^(\/w\/[^/]+)?\/_mock(?=[/?]|$)/.test(request.url ?? ''))
    return sendRefusal(response, refusalOf(error, '_mock'))
  if (wantsPage(request)) {
    const language = negotiateLanguage({ cookie: readCookie(request, languageCookie) })
    const page = errorPage(pages, language, kind, kind)
    const { html, headers } = pages.render({ ...page, data: { ...page.data, home } })
    response.writeHead(status, headers).end(html)
    return
  }
  const body = isMissing
    ? { error: 'not_found', error_description: (error as Error).message }
    : {
        error: 'temporarily_unavailable',
        error_description: 'the store is out of reach. Try again in a moment.',
      }
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}

/** Whoever reads pages says so; the pages of a sign-in are for nobody else. */
const wantsPage = ({ url = '/', headers }: IncomingMessage) =>
  headers.accept?.includes('text/html') === true || /^(\/w\/[^/]+)?\/sign-in\//.test(url)
