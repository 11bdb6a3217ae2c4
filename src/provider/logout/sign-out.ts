import type { KoaContextWithOIDC } from 'oidc-provider'
import { confirm } from 'oidc-provider/lib/actions/end_session.js'
import als from 'oidc-provider/lib/helpers/als.js'
import { shownOf } from '../../clients/index.ts'
import type { Subjects } from '../subjects.ts'
import { languageOf, show, type PageOptions } from '../replies/error-pages.ts'

type Next = () => Promise<void>

/**
 * Signing out without a page where none is needed: nobody is signed in, or the relying party proved
 * by an `id_token_hint` of this very session that it may ask. OpenID Connect RP-Initiated Logout
 * §2. The library would send a form that submits itself, which needs JavaScript.
 */
export function createSilentSignOut(subjects: Subjects) {
  return async (ctx: KoaContextWithOIDC, next: Next): Promise<void> => {
    await next()
    if (ctx.oidc?.route !== 'end_session' || ctx.status !== 200) return
    // The library's own context ends with its route; for whom a person acts is read from it.
    await als.run(ctx, async () => {
      const isNobody = ctx.oidc.session?.accountId === undefined
      if (!isNobody && !(await isOwnHint(ctx, subjects))) return
      Object.assign(ctx.oidc.params!, { logout: 'yes' })
      await confirm.at(-1)!(ctx, async () => {})
    })
  }
}

/** Whether the hint is of the session that is about to end: by `sid`, or by the person's `sub`. */
async function isOwnHint({ oidc }: KoaContextWithOIDC, subjects: Subjects): Promise<boolean> {
  const hint = oidc.entities.IdTokenHint?.payload as { sub?: string; sid?: string } | undefined
  const { client, session } = oidc
  if (!hint || !client || session?.accountId === undefined) return false
  if (hint.sid !== undefined) return hint.sid === session.sidFor(client.clientId)
  return hint.sub === (await subjects.identify(session.accountId, client))
}

/** The library's `logoutSource` and `postLogoutSuccessSource`: the two pages of signing out. */
export function createSignOutPages({ pages, clients }: PageOptions) {
  const relyingPartyOf = async (ctx: KoaContextWithOIDC) => {
    const id = ctx.oidc.client?.clientId
    const client = id === undefined ? undefined : await clients.find(id)
    return client && shownOf(client)
  }
  const uiLocales = (ctx: KoaContextWithOIDC) => {
    const wished = ctx.oidc.params?.['ui_locales']
    return typeof wished === 'string' ? wished : undefined
  }
  return {
    logoutSource: async (ctx: KoaContextWithOIDC): Promise<void> => {
      const relyingParty = await relyingPartyOf(ctx)
      const { postLogoutRedirectUri: back, secret: xsrf } = ctx.oidc.session!.state as {
        postLogoutRedirectUri?: string
        secret: string
      }
      show(ctx, pages, {
        view: 'sign-out/confirm',
        language: languageOf(ctx.req, uiLocales(ctx)),
        data: {
          action: ctx.oidc.urlFor('end_session_confirm'),
          xsrf,
          ...(relyingParty ? { relyingParty } : {}),
        },
        ...(back === undefined ? {} : { formActions: [back] }),
      })
    },
    postLogoutSuccessSource: async (ctx: KoaContextWithOIDC): Promise<void> => {
      const relyingParty = await relyingPartyOf(ctx)
      show(ctx, pages, {
        view: 'sign-out/done',
        language: languageOf(ctx.req, uiLocales(ctx)),
        data: relyingParty ? { relyingParty } : {},
      })
    },
  }
}
