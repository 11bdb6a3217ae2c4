import type { Router } from '@koa/router'
import { JOSEError } from 'jose/errors'
import { showOutcome } from './outcome.ts'
import {
  formField,
  isOwnForm,
  queryValue,
  redirect,
  remember,
  show,
  type Parts,
  type Visit,
} from './visit.ts'

export function signOutRoutes(router: Router<{ visit: Visit }>, parts: Parts): void {
  const { sessions, relyingParty } = parts

  /** Ends the session here, then goes on to end the one at the provider. */
  router.post('/logout', async (ctx) => {
    const { session } = ctx.state.visit
    if (!session?.identity) return redirect(ctx, '/signed-out')
    if (!isOwnForm(ctx)) return showOutcome(ctx, parts, { name: 'foreign_form', status: 403 })
    sessions.end(session)
    const after = sessions.open()
    remember(ctx, after)
    try {
      const { url, state } = await relyingParty.endSession(session.identity.idToken)
      after.signOutState = state
      return redirect(ctx, url)
    } catch (error) {
      parts.log({ event: 'server-error', where: 'portal /logout', error })
      return showOutcome(ctx, parts, { name: 'half_signed_out', status: 503 })
    }
  })

  router.get('/signed-out', (ctx) => {
    const { session } = ctx.state.visit
    if (session?.identity) return redirect(ctx, '/profile')
    const expected = session?.signOutState
    const isAnswer = expected !== undefined && queryValue(ctx, 'state') === expected
    return show(ctx, parts, 'signed-out', { isAnswer })
  })

  /** OpenID Connect Back-Channel Logout §2.5: the provider itself says that a session is over. */
  router.post('/backchannel-logout', async (ctx) => {
    ctx.set('Cache-Control', 'no-store')
    const refuse = (why: string) => {
      ctx.status = 400
      ctx.body = { error: 'invalid_request', error_description: why }
    }
    const token = formField(ctx, 'logout_token')
    if (token === undefined) return refuse('logout_token is missing')
    try {
      sessions.signOutAllOf(await relyingParty.verifyLogoutToken(token))
      ctx.status = 200
      ctx.body = ''
    } catch (error) {
      if (error instanceof JOSEError || error instanceof TypeError) return refuse(error.message)
      throw error
    }
  })
}
