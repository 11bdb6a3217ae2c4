import { createRemoteJWKSet, customFetch, jwtVerify, type JWTPayload } from 'jose'
import type { ServerMetadata } from 'openid-client'

/** Whose sessions must end: those of one sign-in at the provider, or all of one person. */
export interface LogoutSubject {
  sid?: string
  sub?: string
}

export interface LogoutTokensOptions {
  provider: ServerMetadata
  clientId: string
  fetch: (url: string, init: RequestInit) => Promise<Response>
}

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout'
const secretsApart = /^(none|HS\d+)$/

/** The logout tokens of one provider. OpenID Connect Back-Channel Logout §2.6. */
export class LogoutTokens {
  readonly #options: LogoutTokensOptions
  readonly #keys: ReturnType<typeof createRemoteJWKSet>
  /** By `jti`, until when a token could be played again, in seconds. */
  readonly #seen = new Map<string, number>()

  constructor(options: LogoutTokensOptions) {
    const { provider, fetch } = options
    if (provider.jwks_uri === undefined) throw new TypeError('the provider publishes no keys')
    this.#options = options
    this.#keys = createRemoteJWKSet(new URL(provider.jwks_uri), { [customFetch]: fetch })
  }

  /** Whose sessions must end, once the token is proved. Times count by the machine's clock. */
  async verify(token: string): Promise<LogoutSubject> {
    const { provider, clientId } = this.#options
    const algorithms = provider.id_token_signing_alg_values_supported ?? ['RS256']
    const { payload } = await jwtVerify(token, this.#keys, {
      issuer: provider.issuer,
      audience: clientId,
      algorithms: algorithms.filter((name) => !secretsApart.test(name)),
      requiredClaims: ['iat', 'exp', 'jti', 'events'],
      clockTolerance: 30,
    })
    const subject = logoutSubject(payload)
    this.#refuseReplay(payload)
    return subject
  }

  #refuseReplay({ jti = '', exp = 0, iat = 0 }: JWTPayload): void {
    if (this.#seen.has(jti)) throw new TypeError('the logout token was used before')
    for (const [old, until] of this.#seen) if (until < iat) this.#seen.delete(old)
    this.#seen.set(jti, exp + 60)
  }
}

function logoutSubject({ events, nonce, sid, sub }: JWTPayload): LogoutSubject {
  if (!isObject(events) || !isObject(events[logoutEvent]))
    throw new TypeError('the token is of no logout event')
  if (nonce !== undefined) throw new TypeError('a logout token has no nonce')
  if (typeof sid !== 'string' && sub === undefined)
    throw new TypeError('a logout token names a sid or a sub')
  return { ...(typeof sid === 'string' && { sid }), ...(sub !== undefined && { sub }) }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
