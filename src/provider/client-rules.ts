import type { Configuration } from 'oidc-provider'
import { extraMetadata } from './client-metadata.ts'

/** That part of the library's configuration which decides what a client may say of itself. */
export function clientRules(acrValues: readonly string[]): Configuration {
  return {
    scopes: ['openid', 'offline_access'],
    acrValues: [...acrValues],
    subjectTypes: ['public', 'pairwise'],
    extraClientMetadata: { properties: [...extraMetadata], validator: () => {} },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      encryption: { enabled: true },
      introspection: { enabled: true },
      jwtIntrospection: { enabled: true },
      jwtResponseModes: { enabled: true },
      jwtUserinfo: { enabled: true },
      pushedAuthorizationRequests: { enabled: true },
      requestObjects: { enabled: true },
      rpInitiatedLogout: { enabled: true },
    },
  }
}
