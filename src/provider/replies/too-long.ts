import type { KoaContextWithOIDC } from 'oidc-provider'
import { errorKindOf, errorPage, type Pages } from '../../pages/index.ts'
import { languageOf, show } from './error-pages.ts'

/** What the library reads of a body at most, in bytes. */
const longest = 56 * 1024

/** Says of a body that is too long that it is, where the library says that it could not be parsed. */
export function createLengthCheck(pages: Pages) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    const length = Number(ctx.get('Content-Length'))
    if (length <= longest) return next()
    const error = 'invalid_request'
    const description = `the body has ${length} bytes, and at most ${longest} are read here. Send less.`
    if (ctx.accepts('json', 'html') === 'html')
      show(ctx, pages, errorPage(pages, languageOf(ctx.req), errorKindOf(413), error, description))
    else ctx.body = { error, error_description: description }
    ctx.status = 413
  }
}
