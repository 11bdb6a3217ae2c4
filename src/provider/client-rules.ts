import type { Configuration } from 'oidc-provider'
import type { SigningKey } from '../keys/index.ts'
import { extraMetadata } from './client-metadata.ts'
import { LibraryKey } from './signing-keys.ts'

/** That part of the library's configuration which decides what a client may say of itself. */
export function clientRules(
  acrValues: readonly string[],
  signing: readonly SigningKey[],
): Configuration {
  return {
    scopes: ['openid', 'offline_access'],
    acrValues: [...acrValues],
    jwks: { keys: signing.map((key) => new LibraryKey(key)) },
    // Whoever asks for nothing is signed for with what comes first.
    clientDefaults: {
      authorization_signed_response_alg: signing[0]?.alg,
      id_token_signed_response_alg: signing[0]?.alg,
      introspection_signed_response_alg: signing[0]?.alg,
    },
    subjectTypes: ['public', 'pairwise'],
    extraClientMetadata: { properties: [...extraMetadata], validator: () => {} },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      encryption: { enabled: true },
      externalSigningSupport: { enabled: true, ack: 'experimental-01' },
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
