import type { Router } from '@koa/router'
import { localPath } from './local-path.ts'
import { isUnreachable, levelOutcome, outcomeOf, showOutcome, unknownSignIn } from './outcome.ts'
import type { Attempt, Identity, Wishes } from './relying-party.ts'
import {
  loginPath,
  queryValue,
  redirect,
  remember,
  show,
  type Parts,
  type PortalContext,
  type Visit,
} from './visit.ts'
import { profileOf } from './profile.ts'

export function signInRoutes(router: Router<{ visit: Visit }>, parts: Parts): void {
  router.get('/login', async (ctx) => {
    const wantsOther = queryValue(ctx, 'account') === 'other'
    await sendToSignIn(ctx, parts, {
      returnTo: localPath(queryValue(ctx, 'return_to'), parts.baseUrl),
      acrValues: parts.acrNames.level[1],
      ...(wantsOther && { prompt: 'login' }),
    })
  })

  router.get('/callback', async (ctx) => {
    const { session } = ctx.state.visit
    const state = queryValue(ctx, 'state') ?? ''
    const attempt = session?.attempts.get(state)
    if (!session || !attempt)
      return showOutcome(ctx, parts, unknownSignIn(session?.identity !== undefined))
    // Before anything can fail or wait: an answer is looked at once.
    session.attempts.delete(state)

    const identity = await complete(ctx, parts, state, attempt)
    if (!identity) return
    remember(ctx, parts.sessions.signIn(session, identity))
    if (attempt.essentialAcr !== undefined && identity.claims.acr !== attempt.essentialAcr)
      return showOutcome(ctx, parts, levelOutcome(attempt.essentialAcr, parts.acrNames))
    return redirect(ctx, attempt.returnTo)
  })

  router.get('/profile', (ctx) => {
    const { session, language } = ctx.state.visit
    if (!session?.identity) return redirect(ctx, loginPath('/profile'))
    const filings = session.filings.map(({ number, serviceId }) => ({
      number,
      service: parts.services.find(({ id }) => id === serviceId)?.name[language],
    }))
    return show(ctx, parts, 'profile', {
      profile: profileOf(session.identity, parts.acrNames, language),
      filings,
    })
  })
}

/** Sends the browser to sign in, or to sign in more strongly. */
export async function sendToSignIn(
  ctx: PortalContext,
  { relyingParty, sessions }: Parts,
  wishes: Omit<Wishes, 'language'>,
): Promise<void> {
  const { language } = ctx.state.visit
  const { url, state, attempt } = await relyingParty.begin({ ...wishes, language })
  const session = ctx.state.visit.session ?? sessions.open()
  sessions.expect(session, state, attempt)
  remember(ctx, session)
  redirect(ctx, url)
}

/** Who signed in, or nothing once the page that says why not is shown. */
async function complete(
  ctx: PortalContext,
  parts: Parts,
  state: string,
  attempt: Attempt,
): Promise<Identity | undefined> {
  try {
    return await parts.relyingParty.complete(ctx.search, state, attempt)
  } catch (error) {
    const outcome = outcomeOf(error, attempt, parts.acrNames)
    const isOurs = outcome.name === 'unverified' || isUnreachable(error)
    if (isOurs) parts.log({ event: 'server-error', where: 'portal /callback', error })
    showOutcome(ctx, parts, outcome)
    return undefined
  }
}
