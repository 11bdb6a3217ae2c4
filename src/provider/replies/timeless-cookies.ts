import type { Context, Next } from 'koa'

/**
 * Takes the time out of the library's cookies, all but those that it clears: how long they hold is
 * judged by the world's clock, which a browser does not know.
 */
export async function keepCookiesTimeless(ctx: Context, next: Next): Promise<void> {
  try {
    await next()
  } finally {
    const cookies = ctx.response.headers['set-cookie']
    if (cookies !== undefined) ctx.set('Set-Cookie', [cookies].flat().map(withoutTime))
  }
}

const withoutTime = (cookie: string): string =>
  cookie.includes('expires=Thu, 01 Jan 1970') ? cookie : cookie.replace(/; ?expires=[^;]*/gi, '')
