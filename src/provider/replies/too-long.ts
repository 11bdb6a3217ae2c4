import type { KoaContextWithOIDC } from 'oidc-provider'
import { errorKindOf, errorPage, type Pages } from '../../pages/index.ts'
import { noteOf } from '../notes.ts'
import { languageOf, show } from './error-pages.ts'

/** What the library reads of a body at most, in bytes. */
const longest = 56 * 1024

/** Why the library stopped reading where nobody had said how much would come. */
const stoppedBecause = 'request entity too large'

/** Says of a body that is too long that it is, where the library says that it could not be parsed. */
export function createLengthCheck(pages: Pages) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    const length = Number(ctx.get('Content-Length'))
    if (length > longest) return refuse(ctx, pages, `${length}`)
    await next()
    const { cause } = noteOf(ctx).failure ?? {}
    if (cause instanceof Error && cause.message === stoppedBecause)
      refuse(ctx, pages, `more than ${longest}`)
  }
}

function refuse(ctx: KoaContextWithOIDC, pages: Pages, bytes: string): void {
  const error = 'invalid_request'
  const description = `the body has ${bytes} bytes, and at most ${longest} are read here. Send less.`
  noteOf(ctx).failure = { error, error_description: description }
  if (ctx.accepts('json', 'html') === 'html')
    show(ctx, pages, errorPage(pages, languageOf(ctx.req), errorKindOf(413), error, description))
  else ctx.body = { error, error_description: description }
  ctx.status = 413
}
