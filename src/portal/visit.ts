import type { RouterContext } from '@koa/router'
import type { Clock, Log, Random } from '../kernel/index.ts'
import { languages, negotiateLanguage, type Language, type Pages } from '../pages/index.ts'
import type { AcrNames } from './acr.ts'
import { localPath } from './local-path.ts'
import { displayName } from './profile.ts'
import type { RelyingParty } from './relying-party.ts'
import type { Service } from './services.ts'
import type { Session, Sessions } from './sessions.ts'

/** What the portal knows about the browser whose request it is answering. */
export interface Visit {
  language: Language
  session?: Session
}

export type PortalContext = RouterContext<{ visit: Visit }>

/** What the portal is made of, for its routes. */
export interface Parts {
  baseUrl: string
  acrNames: AcrNames
  services: readonly Service[]
  relyingParty: RelyingParty
  sessions: Sessions
  pages: Pages
  clock: Clock
  random: Random
  log: Log
}

const sessionCookie = 'mock_portal'
const languageCookie = 'mock_portal_language'

/** Finds out who is asking and in which language, before any route. */
export function beginVisit(ctx: PortalContext, parts: Parts): void {
  ctx.cookies.secure = parts.baseUrl.startsWith('https:')
  const session = parts.sessions.find(ctx.cookies.get(sessionCookie))
  ctx.state.visit = { language: chooseLanguage(ctx), ...(session && { session }) }
}

/** Makes a session the browser's own. Ports of one host share cookies, so the name is the portal's. */
export function remember(ctx: PortalContext, session: Session): void {
  ctx.state.visit.session = session
  ctx.cookies.set(sessionCookie, session.id, { httpOnly: true, sameSite: 'lax', overwrite: true })
}

/** Shows a page, in the frame that every page of the portal has. */
export function show(
  ctx: PortalContext,
  parts: Parts,
  view: string,
  data: object,
  status = 200,
): void {
  const { language, session } = ctx.state.visit
  // A page that answers a post or a sign-in cannot be asked for a second time.
  const here = ctx.method === 'GET' && ctx.path !== '/callback' ? hereOf(ctx, parts) : undefined
  const site = {
    home: parts.baseUrl,
    name: session?.identity && displayName(session.identity),
    csrf: session?.csrfToken,
    login: loginPath(here ?? '/'),
    isProfile: ctx.path === '/profile',
  }
  const { html, headers } = parts.pages.render({
    view: `portal/${view}`,
    language,
    data: { site, ...data },
    formActions: [parts.relyingParty.origin],
    ...(here !== undefined && { languageSwitch: inBothLanguages(here, parts.baseUrl) }),
  })
  ctx.status = status
  ctx.set({ ...headers })
  ctx.body = html
}

export function redirect(ctx: PortalContext, to: string | URL): void {
  ctx.redirect(String(to))
  ctx.status = 303
  ctx.set('Cache-Control', 'no-store')
}

/** Whether a post carries the token of the session it comes with, so that it is from our own form. */
export function isOwnForm(ctx: PortalContext): boolean {
  const token = ctx.state.visit.session?.csrfToken
  return token !== undefined && formField(ctx, 'csrf') === token
}

export function formField(ctx: PortalContext, name: string): string | undefined {
  const body = ctx.request.body as Record<string, unknown> | undefined
  const value = body?.[name]
  return typeof value === 'string' ? value : undefined
}

/** One value of the query; nothing when it is absent or given twice. */
export function queryValue(ctx: PortalContext, name: string): string | undefined {
  const value = ctx.query[name]
  return typeof value === 'string' ? value : undefined
}

export function loginPath(returnTo: string, options: { otherAccount?: boolean } = {}): string {
  const query = new URLSearchParams({ return_to: returnTo })
  if (options.otherAccount) query.set('account', 'other')
  return `/login?${query.toString()}`
}

/** The address of this page among our own, without the language that was asked for in it. */
function hereOf(ctx: PortalContext, { baseUrl }: Parts): string {
  const url = new URL(localPath(ctx.originalUrl, baseUrl), baseUrl)
  url.searchParams.delete('lang')
  return url.pathname + url.search
}

function inBothLanguages(here: string, baseUrl: string): { vi: string; en: string } {
  const inLanguage = (language: Language) => {
    const url = new URL(here, baseUrl)
    url.searchParams.set('lang', language)
    return url.pathname + url.search
  }
  return { vi: inLanguage('vi'), en: inLanguage('en') }
}

function chooseLanguage(ctx: PortalContext): Language {
  const wanted = queryValue(ctx, 'lang')
  const chosen = languages.find((language) => language === wanted)
  if (chosen) ctx.cookies.set(languageCookie, chosen, { httpOnly: true, sameSite: 'lax' })
  return chosen ?? negotiateLanguage({ cookie: ctx.cookies.get(languageCookie) })
}
