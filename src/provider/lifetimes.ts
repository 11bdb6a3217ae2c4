import type { Configuration } from 'oidc-provider'
import { hasSignedInWithoutPages } from './without-pages/headless.ts'
import type { ProviderSettings } from './settings.ts'

/**
 * How long everything lives. What a sign-in without a page leaves behind lives minutes, so that
 * thousands leave nothing; a grant outlives every token given under it.
 */
export function lifetimes(settings: ProviderSettings): NonNullable<Configuration['ttl']> {
  const longest = Math.max(
    settings.authorization_code_seconds + settings.refresh_token_seconds,
    settings.session_seconds,
  )
  return {
    AccessToken: settings.access_token_seconds,
    AuthorizationCode: settings.authorization_code_seconds,
    IdToken: settings.id_token_seconds,
    RefreshToken: (ctx) => {
      const left = ctx?.oidc.entities.Grant?.remainingTTL ?? Infinity
      return Math.max(1, Math.min(settings.refresh_token_seconds, left))
    },
    Interaction: 60 * 60,
    Session: (ctx) =>
      hasSignedInWithoutPages(ctx) ? settings.headless_session_seconds : settings.session_seconds,
    Grant: (ctx) => {
      const isBrief =
        hasSignedInWithoutPages(ctx) && !ctx.oidc.requestParamScopes.has('offline_access')
      return isBrief
        ? Math.max(settings.access_token_seconds, settings.headless_session_seconds)
        : longest
    },
  }
}
