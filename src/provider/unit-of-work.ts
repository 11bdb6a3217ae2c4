import type { KoaContextWithOIDC } from 'oidc-provider'
import { ClaimLost, StoreUnavailable, type Store } from '../kernel/index.ts'
import type { Pages } from '../pages/index.ts'
import { languageOf, show } from './error-pages.ts'

/** How soon it is worth trying again, in seconds, when the store is out of reach. */
const retryAfterSeconds = 2

type Next = () => Promise<void>

/**
 * Makes each request one unit of work in the store: what it writes is written together, and only
 * then is the reply sent. So a code that another replica redeemed at the same moment turns the
 * reply into `invalid_grant`, and a store that is gone into a clear 503: nobody is handed anything
 * that is not kept.
 */
export function createUnitOfWork(store: Store, pages: Pages) {
  return async (ctx: KoaContextWithOIDC, next: Next): Promise<void> => {
    try {
      await store.unit(next)
      if (ctx.status === 503) unavailable(ctx, pages)
    } catch (error) {
      if (error instanceof ClaimLost) await lost(ctx, store, error)
      else if (error instanceof StoreUnavailable) unavailable(ctx, pages)
      else throw error
    }
  }
}

/**
 * Presented twice at once: nobody can tell which of the two is honest, so the grant ends. RFC 6749
 * §4.1.2.
 */
async function lost(ctx: KoaContextWithOIDC, store: Store, { kind, id }: ClaimLost): Promise<void> {
  const kept = await store.find<{ grantId?: string }>(kind, id)
  const grantId = kept?.value.grantId
  if (grantId !== undefined) {
    await store.destroyGroup(`grant:${grantId}`)
    await store.destroy('Grant', grantId)
  }
  forgetReply(ctx)
  ctx.status = 400
  ctx.body = { error: 'invalid_grant', error_description: 'grant request is invalid' }
}

function unavailable(ctx: KoaContextWithOIDC, pages: Pages): void {
  forgetReply(ctx)
  ctx.status = 503
  ctx.set('Retry-After', String(retryAfterSeconds))
  if (ctx.accepts('json', 'html') !== 'html') {
    ctx.body = {
      error: 'temporarily_unavailable',
      error_description: 'the store is out of reach. Try again in a moment.',
    }
    return
  }
  const language = languageOf(ctx.req)
  const say = (part: string) => pages.text(language, `error.unavailable.${part}`)
  const data = { heading: say('heading'), message: say('message'), todo: say('todo') }
  show(ctx, pages, {
    view: 'errors/error',
    language,
    data: { ...data, code: 'temporarily_unavailable' },
  })
  ctx.status = 503
}

/** Nothing of a reply that must not be sent: neither cookies nor where it would have led. */
function forgetReply(ctx: KoaContextWithOIDC): void {
  for (const header of ['Set-Cookie', 'Location', 'WWW-Authenticate']) ctx.remove(header)
}
