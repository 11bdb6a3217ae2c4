import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import instance from 'oidc-provider/lib/helpers/weak_cache.js'
import { shownOf } from '../../clients/index.ts'
import { formPostScript } from '../../pages/index.ts'
import { languageOf, show, type PageOptions } from './error-pages.ts'

/**
 * Replaces the page of `response_mode=form_post` by one of the house: marked as a simulation, and
 * with a button for browsers without scripts. OAuth 2.0 Form Post Response Mode §2.
 */
export function installFormPost(provider: Provider, { pages, clients }: PageOptions): void {
  instance(provider).responseModes.set('form_post', async (ctx, redirectUri, payload) => {
    const { client, params } = ctx.oidc
    const known = client && (await clients.find(client.clientId))
    const name = known ? shownOf(known).name : new URL(redirectUri).host
    ctx.status = 'error' in payload ? 400 : 200
    show(ctx, pages, {
      view: 'form-post',
      language: languageOf(ctx.req, uiLocalesOf(params)),
      data: {
        action: redirectUri,
        fields: Object.entries(payload).map(([field, value]) => ({ name: field, value })),
        relyingParty: { name },
      },
      formActions: [redirectUri],
      scriptHash: formPostScript.hash,
    })
  })
}

function uiLocalesOf(params: KoaContextWithOIDC['oidc']['params']): string | undefined {
  const wished = params?.['ui_locales']
  return typeof wished === 'string' ? wished : undefined
}
