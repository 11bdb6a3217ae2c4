import type { Client, Provider } from 'oidc-provider'
import { isLoopbackUri } from './client-metadata.ts'

/** A named leniency of a client: any redirect URI on this machine will do. */
export function installLeniency(provider: Provider): void {
  const { prototype } = provider.Client as unknown as {
    prototype: Record<string, (this: Client, uri: string) => boolean>
  }
  for (const method of ['redirectUriAllowed', 'postLogoutRedirectUriAllowed']) {
    const strict = prototype[method]!
    prototype[method] = function lenient(uri) {
      const named = (this['leniencies'] ?? []) as readonly string[]
      const isLenient = named.includes('any-loopback-redirect-uri') && isLoopbackUri(uri)
      return isLenient || strict.call(this, uri)
    }
  }
}
