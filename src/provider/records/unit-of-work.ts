import type { KoaContextWithOIDC } from 'oidc-provider'
import {
  ClaimLost,
  monotonicMs,
  StoreFull,
  StoreUnavailable,
  type Store,
} from '../../kernel/index.ts'
import { errorPage, overPage, type Pages } from '../../pages/index.ts'
import type { RecordRequest } from '../journal/record-requests.ts'
import { noteOf } from '../notes.ts'
import { languageOf, show } from '../replies/error-pages.ts'
import { unstrike, type StrikeFault } from '../replies/faults.ts'

/** How soon it is worth trying again, in seconds, when the store is out of reach. */
const retryAfterSeconds = 2

type Next = () => Promise<void>

/** What a request that fails by the store fails by, once the library has said so. */
const failures = new WeakMap<object, StoreFull | StoreUnavailable>()

/** The library turns every error into a reply of its own: this remembers what it was. */
export function rememberFailure(ctx: KoaContextWithOIDC, error: Error): void {
  if (isStoreFailure(error)) failures.set(ctx.req, error)
}

/** Whether an error is the store's, which is clear to whoever hears it and no fault of ours. */
export const isStoreFailure = (error: unknown): error is StoreFull | StoreUnavailable =>
  error instanceof StoreFull || error instanceof StoreUnavailable

export interface UnitOfWorkOptions {
  store: Store
  pages: Pages
  /** Lets an armed fault change what was answered. */
  strike: StrikeFault
  /** Writes down what was answered, with everything else that the request writes. */
  record: RecordRequest
}

/**
 * Makes each request one unit of work in the store: what it writes is written together, and only
 * then is the reply sent. So a code that another replica redeemed at the same moment turns the
 * reply into `invalid_grant`, and a store that is gone into a clear 503: nobody is handed anything
 * that is not kept. What the journal says is part of it, and is what was really answered.
 */
export function createUnitOfWork({ store, pages, strike, record }: UnitOfWorkOptions) {
  return async (ctx: KoaContextWithOIDC, next: Next): Promise<void> => {
    const beganMs = monotonicMs()
    if (needsNoStore.test(ctx.path)) {
      await next()
      await strike(ctx).catch((error: unknown) => {
        if (!isStoreFailure(error)) throw error
      })
      // Nobody waits for it, and a store that is gone keeps no journal.
      record(ctx, beganMs).catch(() => {})
      return
    }
    const unit = (work: Next) =>
      store.unit(async () => {
        await work()
        if (ctx.status === 503) unavailable(ctx, pages, failures.get(ctx.req))
        await strike(ctx)
        await record(ctx, beganMs)
      })
    try {
      await unit(next).catch((error: unknown) => {
        if (error instanceof ClaimLost) return unit(() => lost(ctx, store, pages, error))
        throw error
      })
    } catch (error) {
      if (!isStoreFailure(error)) throw error
      unavailable(ctx, pages, error)
      const recorded = record(ctx, beganMs).catch(() => {})
      // A store that is gone keeps no journal either: nobody waits for that a second time.
      if (error instanceof StoreFull) await recorded
    }
  }
}

/** What is the same whatever is remembered: it is answered when nothing can be. */
const needsNoStore = /^\/(\.well-known\/.*|jwks)$/

/**
 * Presented twice at once: nobody can tell which of the two is honest, so the grant ends. RFC 6749
 * §4.1.2.
 */
async function lost(
  ctx: KoaContextWithOIDC,
  store: Store,
  pages: Pages,
  { kind, id }: ClaimLost,
): Promise<void> {
  forgetReply(ctx)
  ctx.status = 400
  if (kind === 'PushedAuthorizationRequest')
    return say(ctx, pages, 'bad_request', {
      error: 'invalid_request_uri',
      error_description: 'request_uri is invalid, expired, or was already used',
    })
  if (kind === 'Interaction') return gone(ctx, pages)
  const kept = await store.find<{ grantId?: string }>(kind, id)
  const grantId = kept?.value.grantId
  if (grantId !== undefined) {
    await store.destroyGroup(`grant:${grantId}`)
    await store.destroy('Grant', grantId)
  }
  const reply = { error: 'invalid_grant', error_description: 'grant request is invalid' }
  noteOf(ctx).failure = { ...reply, error_detail: `${inWords(kind)} already used` }
  ctx.body = reply
}

/** Somebody else was quicker to come back with what was approved, and has the code. */
function gone(ctx: KoaContextWithOIDC, pages: Pages): void {
  const reply = {
    error: 'invalid_request',
    error_description: 'authorization request has expired',
  }
  noteOf(ctx).failure = reply
  if (ctx.accepts('json', 'html') === 'html')
    show(ctx, pages, overPage(pages, languageOf(ctx.req), 'unknown', undefined))
  else ctx.body = reply
  ctx.status = 400
}

/** As the library calls it when it finds out itself. */
const inWords = (kind: string) =>
  kind.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase()

function unavailable(ctx: KoaContextWithOIDC, pages: Pages, why: Error | undefined): void {
  const { kind, says } = inTheirWords(why)
  forgetReply(ctx)
  unstrike(ctx)
  ctx.status = 503
  ctx.set('Retry-After', String(retryAfterSeconds))
  say(ctx, pages, kind, { error: 'temporarily_unavailable', error_description: says })
}

/** The kind of page, and what programs hear. */
function inTheirWords(why: Error | undefined): { kind: string; says: string } {
  if (why instanceof StoreFull) return { kind: 'full', says: why.message }
  if (why instanceof StoreUnavailable && why.mayBeDone)
    return {
      kind: 'unclear',
      says: 'the store did not say in time whether this was done. Try again in a moment, and begin anew if that is refused.',
    }
  return { kind: 'unavailable', says: 'the store is out of reach. Try again in a moment.' }
}

/** As a page to whoever reads pages, and as JSON to everybody else. */
function say(
  ctx: KoaContextWithOIDC,
  pages: Pages,
  kind: string,
  reply: { error: string; error_description: string },
): void {
  const { status } = ctx
  noteOf(ctx).failure = reply
  if (ctx.accepts('json', 'html') === 'html') {
    show(ctx, pages, errorPage(pages, languageOf(ctx.req), kind, reply.error))
  } else ctx.body = reply
  ctx.status = status
}

/** Nothing of a reply that must not be sent: neither cookies nor where it would have led. */
function forgetReply(ctx: KoaContextWithOIDC): void {
  for (const header of ['Set-Cookie', 'Location', 'WWW-Authenticate']) ctx.remove(header)
}
