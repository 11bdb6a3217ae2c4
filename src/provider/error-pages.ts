import type { IncomingMessage } from 'node:http'
import { errors, type ErrorOut, type KoaContextWithOIDC } from 'oidc-provider'
import { shownOf, type Clients, type RelyingParty } from '../clients/index.ts'
import { readCookie } from '../http/index.ts'
import {
  languageCookie,
  negotiateLanguage,
  overPage,
  type Language,
  type Page,
  type Pages,
} from '../pages/index.ts'

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
export function createErrorPage({ pages, clients, clientsFile }: PageOptions) {
  return async (ctx: KoaContextWithOIDC, out: ErrorOut, error: Error): Promise<void> => {
    const params = (ctx.oidc.params ?? ctx.query) as Record<string, unknown>
    const language = languageOf(ctx.req, text(params['ui_locales']))
    const client = await findClient(clients, text(params['client_id']))
    const redirectUri = text(params['redirect_uri'])
    if (error instanceof errors.InvalidRedirectUri && client && redirectUri !== undefined)
      return show(ctx, pages, redirectUriPage(language, client, redirectUri, clientsFile))
    if (error instanceof errors.SessionNotFound)
      return show(ctx, pages, overPage(pages, language, 'unknown', client && shownOf(client)))
    const kind = kindOf(ctx.status)
    const say = (part: string) => pages.text(language, `error.${kind}.${part}`)
    const suggestion = await suggestionFor(clients, params, client)
    const detail = [out.error_description, suggestion].filter(Boolean).join(' ')
    show(ctx, pages, {
      view: 'errors/error',
      language,
      data: {
        heading: say('heading'),
        message: detail === '' ? say('message') : `${say('message')} ${detail}`,
        todo: say('todo'),
        code: out.error,
      },
    })
  }
}

function redirectUriPage(
  language: Language,
  client: RelyingParty,
  redirectUri: string,
  file: string,
): Page {
  const registered = client.redirect_uris ?? []
  const lines = [...registered, redirectUri].map((uri) => `      - ${uri}`)
  const snippet = [`  - client_id: ${client.client_id}`, '    redirect_uris:', ...lines].join('\n')
  const clientName = shownOf(client).name
  const data = { clientId: client.client_id, clientName, redirectUri, registered, file, snippet }
  return { view: 'errors/redirect-uri', language, data }
}

function kindOf(status: number): string {
  if (status === 404) return 'not_found'
  if (status === 413) return 'too_large'
  if (status === 503) return 'unavailable'
  return status >= 500 ? 'server_error' : 'bad_request'
}

async function suggestionFor(
  clients: Clients,
  params: Record<string, unknown>,
  client: RelyingParty | undefined,
): Promise<string | undefined> {
  const clientId = text(params['client_id'])
  if (clientId === undefined || client) return undefined
  const meant = clients.nearest(clientId)
  return meant === undefined ? undefined : `client_id: "${clientId}" → "${meant}"?`
}

const findClient = async (clients: Clients, id: string | undefined) =>
  id === undefined ? undefined : clients.find(id)

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
