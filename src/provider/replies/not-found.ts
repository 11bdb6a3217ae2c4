import type { KoaContextWithOIDC } from 'oidc-provider'
import { errorPage, type Pages } from '../../pages/index.ts'
import { languageOf, show } from './error-pages.ts'

/** Answers for paths that lead nowhere: a page for a browser, and what is wrong for a program. */
export function createNotFound({ pages, issuer }: { pages: Pages; issuer: string }) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next()
    if (ctx.status !== 404 || ctx.body !== undefined) return
    ctx.status = 404
    ctx.vary('Accept')
    if (ctx.accepts('json', 'html') === 'html') {
      const page = errorPage(pages, languageOf(ctx.req), 'not_found', 'not_found')
      return show(ctx, pages, { ...page, data: { ...page.data, home: `${issuer}/` } })
    }
    const description = `there is no ${ctx.method} ${ctx.path} here. ${issuer}/.well-known/openid-configuration lists what there is`
    ctx.body = { error: 'not_found', error_description: description }
  }
}
