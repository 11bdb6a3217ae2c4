/**
 * The few parts of the library that have no public door. One test for each keeps watch over
 * upgrades.
 */

declare module 'oidc-provider/lib/actions/end_session.js' {
  import type { KoaContextWithOIDC } from 'oidc-provider'

  type Step = (ctx: KoaContextWithOIDC, next: () => Promise<void>) => Promise<void>
  export const init: Step[]
  export const confirm: Step[]
}

declare module 'oidc-provider/lib/helpers/als.js' {
  import type { AsyncLocalStorage } from 'node:async_hooks'
  import type { KoaContextWithOIDC } from 'oidc-provider'

  const als: AsyncLocalStorage<KoaContextWithOIDC>
  export default als
}

declare module 'oidc-provider/lib/helpers/weak_cache.js' {
  import type { KoaContextWithOIDC, Provider } from 'oidc-provider'

  type ResponseMode = (
    ctx: KoaContextWithOIDC,
    redirectUri: string,
    payload: Record<string, string>,
  ) => void | Promise<void>
  export default function instance(provider: Provider): { responseModes: Map<string, ResponseMode> }
}
