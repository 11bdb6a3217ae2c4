import type { Router } from '@koa/router'
import { dayInVietNam } from '../kernel/index.ts'
import { levelTooLow, missingAcr, readAcr } from './acr.ts'
import { showOutcome } from './outcome.ts'
import { momentInVietNam } from './profile.ts'
import type { Service } from './services.ts'
import type { Filing, Session } from './sessions.ts'
import { sendToSignIn } from './sign-in-routes.ts'
import {
  isOwnForm,
  loginPath,
  queryValue,
  redirect,
  show,
  type Parts,
  type PortalContext,
  type Visit,
} from './visit.ts'

export function serviceRoutes(router: Router<{ visit: Visit }>, parts: Parts): void {
  router.get('/', (ctx) => {
    const query = (queryValue(ctx, 'q') ?? '').trim().slice(0, 100)
    const found = parts.services.filter((service) => matches(service, query))
    show(ctx, parts, 'home', { query, services: found.map((one) => named(ctx, one)) })
  })

  router.get('/services/:id', (ctx) => {
    const service = serviceOf(ctx, parts)
    if (!service) return notFound(ctx, parts)
    const { session } = ctx.state.visit
    return show(ctx, parts, 'service', {
      service: named(ctx, service),
      otherAccount: loginPath(`/services/${service.id}/apply`, { otherAccount: true }),
      ahead: whatIsAhead(service, session, parts),
    })
  })

  router.get('/services/:id/apply', async (ctx) => {
    const service = serviceOf(ctx, parts)
    if (!service) return notFound(ctx, parts)
    const session = await requireLevel(ctx, parts, service)
    if (!session) return
    const { profile } = session.identity ?? {}
    show(ctx, parts, 'apply', {
      service: named(ctx, service),
      csrf: session.csrfToken,
      phone: profile?.phone_number,
      email: profile?.email,
      number: profile?.['personal_id_number'],
    })
  })

  router.post('/services/:id/apply', async (ctx) => {
    const service = serviceOf(ctx, parts)
    if (!service) return notFound(ctx, parts)
    const session = await requireLevel(ctx, parts, service)
    if (!session) return
    if (!isOwnForm(ctx)) return showOutcome(ctx, parts, { name: 'foreign_form', status: 403 })
    const filing = newFiling(service, parts)
    session.filings.push(filing)
    redirect(ctx, `/filings/${filing.number}`)
  })

  router.get('/filings/:number', (ctx) => {
    const { session, language } = ctx.state.visit
    const filing = session?.filings.find(({ number }) => number === ctx.params['number'])
    const service = parts.services.find(({ id }) => id === filing?.serviceId)
    if (!filing || !service) return notFound(ctx, parts)
    return show(ctx, parts, 'filing', {
      number: filing.number,
      service: service.name[language],
      filedAt: momentInVietNam(filing.filedAt, language),
    })
  })
}

export function notFound(ctx: PortalContext, parts: Parts): void {
  showOutcome(ctx, parts, { name: 'not_found', status: 404 })
}

/**
 * The session of a person who has shown what the service needs. Anyone else is sent to sign in,
 * with the missing level as essential: the provider then gives it or refuses.
 */
async function requireLevel(
  ctx: PortalContext,
  parts: Parts,
  service: Service,
): Promise<Session | undefined> {
  const { session } = ctx.state.visit
  const essentialAcr = missingAcr(service, provenIn(session), parts.acrNames)
  if (session?.identity && essentialAcr === undefined) return session
  await sendToSignIn(ctx, parts, {
    returnTo: `/services/${service.id}/apply`,
    ...(essentialAcr !== undefined && { essentialAcr }),
  })
  return undefined
}

/** What a person will meet before they may file, for the page to say so; nothing when they may. */
function whatIsAhead(
  service: Service,
  session: Session | undefined,
  { acrNames }: Parts,
): { what: string; values?: Record<string, number> } | undefined {
  const { identity } = session ?? {}
  if (!identity) return { what: 'will_sign_in' }
  const missing = readAcr(missingAcr(service, provenIn(session), acrNames), acrNames)
  if (!missing) return undefined
  const { scale, value: level } = missing
  if (scale === 'authentication') return { what: 'will_step_up', values: { level } }
  const has = levelTooLow(service, identity)
  return has === undefined
    ? { what: 'will_confirm_level', values: { level } }
    : { what: 'other_account', values: { level, has } }
}

function provenIn(session: Session | undefined): ReadonlySet<string> {
  return session?.identity ? session.provenAcrs : new Set()
}

function serviceOf(ctx: PortalContext, { services }: Parts): Service | undefined {
  return services.find(({ id }) => id === ctx.params['id'])
}

function named(ctx: PortalContext, { name, ...service }: Service): object {
  return { ...service, name: name[ctx.state.visit.language] }
}

function newFiling({ id: serviceId }: Service, { clock, random }: Parts): Filing {
  const filedAt = clock.now()
  const number = `MAU-${dayInVietNam(filedAt).replaceAll('-', '')}-${random.digits(6)}`
  return { number, serviceId, filedAt }
}

/** Whether a service's name has every word, in either language, with its marks or without. */
function matches({ name }: Service, query: string): boolean {
  const text = plain(`${name.vi} ${name.en}`)
  return plain(query)
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** Lower-case letters without diacritics, so that "ho chieu" finds "hộ chiếu". */
function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd')
}
