import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import { isInternal } from '../http/index.ts'

/** The library's names of what a relying party's server calls. Browsers go to all others. */
const backChannel: ReadonlySet<string> = new Set([
  'token',
  'userinfo',
  'jwks',
  'introspection',
  'revocation',
  'pushed_authorization_request',
  'registration',
  'client',
  'device_authorization',
  'backchannel_authentication',
  'challenge',
])

interface Context {
  ctx: KoaContextWithOIDC
  urlFor: (this: Context, name: string, options?: object) => string
  clientJwtAuthExpectedAudience: (this: Context) => Set<string>
}

/**
 * Issuer mode `split`: to whoever calls by the internal name, what servers call is there, and what
 * browsers open is at the issuer. Discovery lists it so, and a DPoP proof is judged by it (RFC 9449
 * §4.3). A client assertion may be meant for either name of the endpoint, since both are ours (RFC
 * 7523 §3).
 */
export function installBackChannel(provider: Provider, internalUrl: string): void {
  const context = provider.OIDCContext.prototype as unknown as Context
  const { urlFor, clientJwtAuthExpectedAudience: audience } = context
  const { origin } = new URL(provider.issuer)
  context.urlFor = function urlByName(name, options) {
    const url = urlFor.call(this, name, options)
    const isThere = backChannel.has(name) && isInternal(this.ctx.req)
    return isThere ? at(internalUrl, url) : url
  }
  context.clientJwtAuthExpectedAudience = function bothNames() {
    const endpoints = [...audience.call(this)].filter((name) => name !== provider.issuer)
    const both = endpoints.flatMap((url) => [at(origin, url), at(internalUrl, url)])
    return new Set([provider.issuer, ...both])
  }
}

function at(origin: string, url: string): string {
  const { pathname, search } = new URL(url)
  return `${origin}${pathname}${search}`
}
