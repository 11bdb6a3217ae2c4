import type { RequestListener } from 'node:http'
import { bodyParser } from '@koa/bodyparser'
import { Router } from '@koa/router'
import Koa from 'koa'
import { shownOf, type RelyingParty } from '../clients/index.ts'
import { isBrokenConnection, readCookie } from '../http/index.ts'
import { ClaimLost, StoreFull, type Log, type Store } from '../kernel/index.ts'
import {
  languageAsked,
  languageCookie,
  negotiateLanguage,
  errorKindOf,
  errorPage,
  overPage,
  type Language,
  type LanguageWishes,
  type Page,
} from '../pages/index.ts'
import type { SignIn } from '../signin/index.ts'
import { answerOf, type FormFields } from './answers.ts'
import { homePage, type HomePageOptions } from './home-page.ts'
import type { SharedData } from './shared-data.ts'
import { sharedDataPage, type SharedDataNotice } from './shared-data-page.ts'
import { signInPage, type SignInPageOptions } from './sign-in-page.ts'
import type { WaitingRequest, WaitingRequests } from './waiting-requests.ts'

type PageContext = Koa.Context & { params: Record<string, string> }

export interface InteractionsOptions extends SignInPageOptions, HomePageOptions {
  requests: WaitingRequests
  sharedData: SharedData
  store: Store
  log: Log
  /** The path of the world that the pages stand in, without a slash at the end. */
  basePath: string
}

/** How much a form may send, in bytes: all of ours together send a few hundred. */
const formLimit = '16kb'

/** The world's home page, and the pages of a sign-in at `/sign-in/<id>` below the world's path. */
export function createInteractions(options: InteractionsOptions): RequestListener {
  const app = new Koa()
  const router = new Router({ prefix: options.basePath })
  app.silent = true
  app.proxy = true // of our own: the entrance
  app.on('error', (error: unknown, ctx: Koa.Context) => {
    if (isBrokenConnection(error)) return
    options.log({ event: 'server-error', where: `${ctx.method} ${ctx.path}`, error })
  })
  app.use(async (ctx, next) => {
    try {
      await next()
    } catch (error) {
      await sendError(options, ctx, error)
    }
  })
  app.use((_ctx, next) => options.store.unit(next))
  router.get('/', async (ctx) => {
    if (isSwitch(ctx)) return switchLanguage(options, ctx)
    return send(options, ctx, await homePage(options, languageOf(ctx)), 200)
  })
  router.get('/sign-in/:id', (ctx) => showStep(options, ctx))
  const readForm = bodyParser({ enableTypes: ['form'], formLimit })
  router.post('/sign-in/:id', readForm, (ctx) => takeAnswer(options, ctx))
  router.get('/shared-data', (ctx) => showSharedData(options, ctx))
  router.post('/shared-data', readForm, (ctx) => withdraw(options, ctx))
  app.use(router.routes())
  app.use((ctx) => showUnanswered(options, ctx, router))
  const answer = app.callback()
  return (request, response) => void answer(request, response)
}

async function showStep(options: InteractionsOptions, ctx: PageContext): Promise<void> {
  if (isSwitch(ctx)) return switchLanguage(options, ctx)
  const request = await options.requests.find(ctx.req, ctx.res)
  if (request === undefined) return showOver(options, ctx)
  const signIn = await options.signIns.beginOrResume(request.id, () => request.beginning)
  if (signIn.step === 'approved') return leave(options, ctx, signIn)
  const page = await signInPage(options, request, signIn, languageOf(ctx, request), ctx.path)
  const asked = languageAsked(wishesOf(ctx, request))
  if (asked !== undefined) rememberLanguage(options, ctx, asked)
  send(options, ctx, page, signIn.problem ? 422 : 200)
}

async function takeAnswer(options: InteractionsOptions, ctx: PageContext): Promise<void> {
  if (isRefused(options, ctx)) return
  const request = await options.requests.find(ctx.req, ctx.res)
  if (request === undefined) return showOver(options, ctx)
  const fields = (ctx.request.body ?? {}) as FormFields
  const before = await options.signIns.beginOrResume(request.id, () => request.beginning)
  if (before.step === 'refused' && fields['do'] === 'leave') return leave(options, ctx, before)
  const after = await move(options, before, fields)
  if (after?.step === 'approved') return leave(options, ctx, after)
  ctx.status = 303
  ctx.redirect(ctx.path)
}

/** Whether a form comes from another site, or is none; then it has been answered. */
function isRefused(options: InteractionsOptions, ctx: PageContext): boolean {
  const isForeign = ctx.get('Sec-Fetch-Site') === 'cross-site'
  if (!isForeign && ctx.request.is('urlencoded') !== false) return false
  if (isForeign) send(options, ctx, problemPage(options, ctx, 'forbidden'), 403)
  else send(options, ctx, problemPage(options, ctx, 'bad_request'), 415)
  return true
}

async function showSharedData(options: InteractionsOptions, ctx: PageContext): Promise<void> {
  if (isSwitch(ctx)) return switchLanguage(options, ctx)
  const { withdrawn, of } = ctx.query
  const notice: SharedDataNotice | undefined =
    typeof withdrawn === 'string'
      ? { withdrawnFrom: withdrawn, subjectId: typeof of === 'string' ? of : undefined }
      : undefined
  const shared = await options.sharedData.find(ctx.req, ctx.res)
  send(options, ctx, await sharedDataPage(options, shared, languageOf(ctx), notice), 200)
}

async function withdraw(options: InteractionsOptions, ctx: PageContext): Promise<void> {
  if (isRefused(options, ctx)) return
  const fields = (ctx.request.body ?? {}) as FormFields
  const shared = await options.sharedData.find(ctx.req, ctx.res)
  const chosen = shared?.sharings.find(
    ({ clientId, subjectId }) =>
      clientId === fields['relying_party'] &&
      subjectId === (fields['of'] ?? shared.personId) &&
      shared.word === fields['form'],
  )
  if (shared === undefined || chosen === undefined) {
    const page = await sharedDataPage(options, shared, languageOf(ctx), 'form_used')
    return send(options, ctx, page, 409)
  }
  const { personId } = shared
  const { clientId, subjectId } = chosen
  await options.sharedData.withdraw({ personId, clientId, subjectId })
  const done = new URLSearchParams({ withdrawn: clientId })
  if (subjectId !== personId) done.set('of', subjectId)
  ctx.status = 303
  ctx.redirect(`${ctx.path}?${done.toString()}`)
}

async function move(
  { signIns, people, hasTestData }: InteractionsOptions,
  before: SignIn,
  fields: FormFields,
): Promise<SignIn | undefined> {
  const form = typeof fields['form'] === 'string' ? fields['form'] : ''
  const persona =
    hasTestData && typeof fields['as'] === 'string' ? await people.find(fields['as']) : undefined
  return persona
    ? signIns.answerAs(before.id, form, { person: persona })
    : signIns.answer(before.id, form, answerOf(before, fields))
}

/** Sends the browser on, with the outcome handed over. */
async function leave(
  options: InteractionsOptions,
  ctx: PageContext,
  signIn: SignIn,
): Promise<void> {
  const location = await options.requests.finish(ctx.req, ctx.res, signIn)
  if (location === undefined) return showOver(options, ctx)
  ctx.status = 303
  ctx.redirect(location)
}

async function showOver(options: InteractionsOptions, ctx: PageContext): Promise<void> {
  const id = String(ctx.params['id'])
  const isKnown = await options.requests.isKnownTo(ctx.req)
  const signIn = isKnown ? await options.signIns.find(id) : undefined
  const isOver = signIn?.step === 'approved' || signIn?.step === 'refused'
  const why = isOver ? 'finished' : isKnown && !signIn ? 'restarted' : 'unknown'
  const client = isOver ? await options.clients.find(signIn.demand.clientId) : undefined
  send(options, ctx, over(options, ctx, why, client), why === 'unknown' ? 404 : 410)
}

/** No sign-in's page, or one of ours by a method that it does not take. RFC 9110 §15.5.6. */
function showUnanswered(options: InteractionsOptions, ctx: Koa.Context, router: Router): void {
  const { basePath, issuer } = options
  if (ctx.path.startsWith(`${basePath}/sign-in/`))
    return send(options, ctx, over(options, ctx, 'unknown'), 404)
  const taken = router.match(ctx.path, ctx.method).path.flatMap(({ methods }) => methods)
  ctx.set('Allow', [...new Set(taken)].toSorted().join(', '))
  const page = problemPage(options, ctx, 'method_not_allowed')
  return send(options, ctx, { ...page, data: { ...page.data, home: `${issuer}/` } }, 405)
}

const over = (
  { pages, issuer }: InteractionsOptions,
  ctx: Koa.Context,
  why: Parameters<typeof overPage>[2],
  client?: RelyingParty,
) => overPage(pages, languageOf(ctx), why, client && shownOf(client), `${issuer}/`)

const isSwitch = (ctx: Koa.Context) => typeof ctx.query['lang'] === 'string'

function switchLanguage(options: InteractionsOptions, ctx: Koa.Context): void {
  rememberLanguage(options, ctx, ctx.query['lang'] === 'en' ? 'en' : 'vi')
  ctx.status = 303
  ctx.redirect(ctx.path)
}

function rememberLanguage({ basePath }: InteractionsOptions, ctx: Koa.Context, value: string) {
  ctx.cookies.set(languageCookie, value, { path: basePath || '/', sameSite: 'lax' })
}

async function sendError(options: InteractionsOptions, ctx: Koa.Context, error: unknown) {
  // Another replica handed the outcome over at the same moment: the page knows where to go on.
  if (error instanceof ClaimLost) {
    ctx.status = 303
    return ctx.redirect(ctx.path)
  }
  const { status = 500 } = isBrokenCompression(error)
    ? { status: 400 }
    : (error as { status?: number })
  if (status === 503) ctx.set('Retry-After', '2')
  else if (status >= 500)
    options.log({ event: 'server-error', where: `${ctx.method} ${ctx.path}`, error })
  const kind = error instanceof StoreFull ? 'full' : errorKindOf(status)
  send(options, ctx, problemPage(options, ctx, kind), status)
}

/** The body parser lets zlib's own errors through, which have no status. */
const isBrokenCompression = (error: unknown) =>
  String((error as NodeJS.ErrnoException).code).startsWith('Z_')

const problemPage = ({ pages }: InteractionsOptions, ctx: Koa.Context, kind: string): Page =>
  errorPage(pages, languageOf(ctx), kind, kind)

function send({ pages }: InteractionsOptions, ctx: Koa.Context, page: Page, status: number): void {
  const { html, headers } = pages.render(page)
  ctx.status = status
  ctx.set(headers)
  ctx.body = html
}

const wishesOf = (ctx: Koa.Context, request?: WaitingRequest): LanguageWishes => ({
  cookie: readCookie(ctx.req, languageCookie),
  uiLocales: request?.uiLocales,
})

const languageOf = (ctx: Koa.Context, request?: WaitingRequest): Language =>
  negotiateLanguage(wishesOf(ctx, request))
