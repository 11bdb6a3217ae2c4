import * as oidc from 'openid-client'

/** A code on its way back, and what is needed to redeem it. */
export interface Callback {
  url: URL
  verifier: string
  state: string
  nonce: string
}

/** A real relying party: openid-client with every check on. */
export class RelyingParty {
  readonly config: oidc.Configuration
  readonly redirectUri: string

  constructor(config: oidc.Configuration, redirectUri: string) {
    this.config = config
    this.redirectUri = redirectUri
  }

  /** The authorization request of one sign-in, with PKCE, state and nonce. */
  async begin(
    params: Record<string, string> = {},
  ): Promise<{ url: URL; verifier: string; state: string; nonce: string }> {
    const verifier = oidc.randomPKCECodeVerifier()
    const state = oidc.randomState()
    const nonce = oidc.randomNonce()
    const url = oidc.buildAuthorizationUrl(this.config, {
      redirect_uri: this.redirectUri,
      scope: 'openid profile vneid',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      ...params,
    })
    return { url, verifier, state, nonce }
  }

  /** Signs in without a page, and stops where the browser would be sent back. */
  async signIn(as: string, params: Record<string, string> = {}): Promise<Callback> {
    const { url, ...secrets } = await this.begin({ login_hint: `auto:${as}`, ...params })
    const response = await fetch(url, { redirect: 'manual' })
    const location = response.headers.get('location')
    if (location === null)
      throw new Error(`no redirect but ${response.status}: ${await response.text()}`)
    return { url: new URL(location), ...secrets }
  }

  /** Redeems the code, validating everything. Throws what openid-client throws. */
  async redeem({ url, verifier, state, nonce }: Callback, maxAge?: number) {
    return oidc.authorizationCodeGrant(this.config, url, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
      ...(maxAge === undefined ? {} : { maxAge }),
    })
  }

  /** Tokens and claims of one sign-in without a page. */
  async tokensFor(as: string, params: Record<string, string> = {}) {
    const tokens = await this.redeem(await this.signIn(as, params))
    return { tokens, claims: tokens.claims()! }
  }

  userinfo(accessToken: string, sub: string) {
    return oidc.fetchUserInfo(this.config, accessToken, sub)
  }
}

/** `test-rp` of the default clients file, or another of its clients, at a mock. */
export async function relyingParty(
  { issuer }: { issuer: string },
  options: {
    clientId?: string
    metadata?: Partial<oidc.ClientMetadata>
    auth?: oidc.ClientAuth
    redirectUri?: string
  } = {},
): Promise<RelyingParty> {
  const { clientId = 'test-rp', redirectUri = 'http://localhost:8080/cb' } = options
  const config = await oidc.discovery(
    new URL(issuer),
    clientId,
    { ...options.metadata },
    options.auth ?? oidc.ClientSecretBasic(`${clientId}-secret`),
    { execute: [oidc.allowInsecureRequests] },
  )
  return new RelyingParty(config, redirectUri)
}
