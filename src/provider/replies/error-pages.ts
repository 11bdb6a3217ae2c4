import type { IncomingMessage } from 'node:http'
import { errors, type ErrorOut, type KoaContextWithOIDC } from 'oidc-provider'
import { shownOf, type Clients, type RelyingParty } from '../../clients/index.ts'
import { readCookie } from '../../http/index.ts'
import {
  errorKindOf,
  errorPage,
  languageCookie,
  negotiateLanguage,
  overPage,
  type Language,
  type Page,
  type Pages,
} from '../../pages/index.ts'

export interface PageOptions {
  pages: Pages
  clients: Clients
  /** Where the clients file is, for the page that says what to paste into it. */
  clientsFile: string
}

/** The language for a request: the switch, then `ui_locales`, then Vietnamese. */
export function languageOf(request: IncomingMessage, uiLocales?: string): Language {
  return negotiateLanguage({ cookie: readCookie(request, languageCookie), uiLocales })
}

/** Sends a page through the library's own context. */
export function show(ctx: KoaContextWithOIDC, pages: Pages, page: Page): void {
  const { html, headers } = pages.render(page)
  ctx.set(headers)
  ctx.body = html
}

/** The library's `renderError`: what went wrong, in words, and what to do next. */
export function createErrorPage(options: PageOptions) {
  const { pages, clients, clientsFile } = options
  return async (ctx: KoaContextWithOIDC, out: ErrorOut, error: Error): Promise<void> => {
    const params = (ctx.oidc.params ?? ctx.query) as Record<string, unknown>
    const language = languageOf(ctx.req, text(params['ui_locales']))
    const client = await findClient(clients, text(params['client_id']))
    const redirectUri = text(params['redirect_uri'])
    if (error instanceof errors.InvalidRedirectUri && client && redirectUri !== undefined)
      return show(ctx, pages, redirectUriPage(language, client, redirectUri, clientsFile))
    if (error instanceof errors.SessionNotFound)
      return show(ctx, pages, overPage(pages, language, 'unknown', client && shownOf(client)))
    const clientId = text(params['client_id'])
    if (error instanceof errors.InvalidClient && clientId !== undefined && !client)
      return show(ctx, pages, unknownClientPage(options, language, clientId))
    const kind = errorKindOf(ctx.status)
    show(ctx, pages, errorPage(pages, language, kind, out.error, out.error_description))
  }
}

/** Like any error page, with the client that was most likely meant. */
function unknownClientPage(
  { pages, clients, clientsFile: file }: PageOptions,
  language: Language,
  id: string,
): Page {
  const say = (part: string, values = {}) =>
    pages.text(language, `error.unknown_client.${part}`, values)
  const meant = clients.nearest(id)
  const suggestion = meant === undefined ? [] : [say('meant', { meant })]
  const data = {
    heading: say('heading'),
    message: [say('message', { id }), ...suggestion].join(' '),
    advice: say('advice', { file }),
    code: 'invalid_client',
  }
  return { view: 'errors/error', language, data }
}

/** Shows what the client's `redirect_uris` must be, to be pasted in the place of what they are. */
function redirectUriPage(
  language: Language,
  client: RelyingParty,
  redirectUri: string,
  file: string,
): Page {
  const registered = client.redirect_uris ?? []
  const lines = [...registered, redirectUri].map((uri) => `      - ${asYaml(uri)}`)
  const snippet = ['    redirect_uris:', ...lines].join('\n')
  const clientName = shownOf(client).name
  const data = { clientId: client.client_id, clientName, redirectUri, registered, file, snippet }
  return { view: 'errors/redirect-uri', language, data }
}

/** URIs need no quotes; whatever else somebody asked for may break out of its line without. */
const asYaml = (uri: string) => (/^[a-z][a-z\d+.-]*:\/\S*$/i.test(uri) ? uri : JSON.stringify(uri))

const findClient = async (clients: Clients, id: string | undefined) =>
  id === undefined ? undefined : clients.find(id)

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
