import * as oidc from 'openid-client'
import type { Random } from '../kernel/index.ts'
import { ProviderUnreachable, WrongIssuer } from './errors.ts'
import { LogoutTokens, type LogoutSubject } from './logout-tokens.ts'

export interface RelyingPartyOptions {
  /** The portal's own origin: `http://localhost:3007`. */
  baseUrl: string
  issuer: string
  /** Where the issuer's discovery is asked for, when that is another address than the issuer. */
  discoveryUrl?: string
  clientId: string
  clientSecret: string
  random: Random
  fetch: typeof fetch
}

/** What one sign-in asks for, beside who the person is. */
export interface Wishes {
  language: string
  /** A path of our own, already checked. */
  returnTo: string
  /** Without this `acr` the sign-in is no use: the provider refuses rather than give less. */
  essentialAcr?: string
  /** With this `acr` the portal would be content, but it looks at what it gets. */
  acrValues?: string
  prompt?: 'login'
}

/** A sign-in that a browser was sent away with, waiting for its answer. */
export interface Attempt extends Pick<Wishes, 'returnTo' | 'essentialAcr'> {
  nonce: string
  codeVerifier: string
}

/** What the portal knows about who signed in, after every check has passed. */
export interface Identity {
  /** Kept for one purpose: `id_token_hint` at sign-out. */
  idToken: string
  /** The claims of the ID token. */
  claims: SignedClaims
  /** The claims of the userinfo endpoint. */
  profile: oidc.UserInfoResponse
}

/** The claims of an ID token that the portal reads by name. */
export interface SignedClaims extends oidc.IDToken {
  acr?: string
  amr?: string[]
  authentication_level?: number
  sid?: string
  act?: { sub: string; name?: string }
}

const scope =
  'openid profile phone email address vneid vneid:identity vneid:family vneid:organization'

const timeoutSeconds = 10

/**
 * The portal's half of OpenID Connect. Every address it calls comes from the discovery document of
 * the one issuer it is configured with, never from a browser.
 */
export class RelyingParty {
  readonly #options: RelyingPartyOptions
  readonly #issuer: URL
  #clientSecret: string
  #discovered: Promise<oidc.Configuration> | undefined
  #logoutTokens: LogoutTokens | undefined

  constructor(options: RelyingPartyOptions) {
    this.#options = options
    this.#issuer = new URL(options.issuer)
    this.#clientSecret = options.clientSecret
  }

  /** From now on this secret: the provider's may have changed while both were running. */
  useSecret(clientSecret: string): void {
    if (clientSecret === this.#clientSecret) return
    this.#clientSecret = clientSecret
    this.#discovered = undefined
  }

  /** Where forms of ours may lead: a post that needs a sign-in, and sign-out, end at the provider. */
  get origin(): string {
    return this.#issuer.origin
  }

  /** A new sign-in: where to send the browser, and what to remember until it comes back. */
  async begin(wishes: Wishes): Promise<{ url: URL; state: string; attempt: Attempt }> {
    const provider = await this.#provider()
    const { baseUrl, random } = this.#options
    const { essentialAcr, returnTo } = wishes
    const state = random.id()
    const nonce = random.id()
    const codeVerifier = random.bytes(32).toString('base64url')
    const url = oidc.buildAuthorizationUrl(provider, {
      redirect_uri: `${baseUrl}/callback`,
      scope,
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      ui_locales: wishes.language,
      ...(wishes.acrValues !== undefined && { acr_values: wishes.acrValues }),
      ...(wishes.prompt !== undefined && { prompt: wishes.prompt }),
      ...(essentialAcr !== undefined && { claims: requestEssential(essentialAcr) }),
    })
    const needed = essentialAcr === undefined ? {} : { essentialAcr }
    return { url, state, attempt: { nonce, codeVerifier, returnTo, ...needed } }
  }

  /**
   * The answer to a sign-in, checked: `state`, `iss`, the code with its PKCE verifier, the ID
   * token's signature, issuer, audience, times and nonce, and that userinfo speaks of the same
   * person.
   *
   * @throws `AuthorizationResponseError` When the provider says no. Any other error means that the
   *   answer must not be trusted.
   */
  async complete(query: string, state: string, attempt: Attempt): Promise<Identity> {
    const provider = await this.#provider()
    const tokens = await oidc.authorizationCodeGrant(
      provider,
      new URL(`${this.#options.baseUrl}/callback${query}`),
      {
        expectedState: state,
        expectedNonce: attempt.nonce,
        pkceCodeVerifier: attempt.codeVerifier,
        idTokenExpected: true,
      },
    )
    const claims = tokens.claims()
    if (!claims || tokens.id_token === undefined) throw new TypeError('the answer has no ID token')
    const profile = await oidc.fetchUserInfo(provider, tokens.access_token, claims.sub)
    return { idToken: tokens.id_token, claims, profile }
  }

  /** Where to send a browser so that its session at the provider ends too. */
  async endSession(idToken: string): Promise<{ url: URL; state: string }> {
    const state = this.#options.random.id()
    const url = oidc.buildEndSessionUrl(await this.#provider(), {
      id_token_hint: idToken,
      post_logout_redirect_uri: `${this.#options.baseUrl}/signed-out`,
      state,
    })
    return { url, state }
  }

  /** Whose sessions the provider wants ended, once its token is proved. */
  async verifyLogoutToken(token: string): Promise<LogoutSubject> {
    const provider = (await this.#provider()).serverMetadata()
    this.#logoutTokens ??= new LogoutTokens({
      provider,
      clientId: this.#options.clientId,
      fetch: (url, init) => this.#fetch(url, init),
    })
    return this.#logoutTokens.verify(token)
  }

  /** Found on first need, kept once found, asked for again after a failure. */
  async #provider(): Promise<oidc.Configuration> {
    const looking = (this.#discovered ??= this.#discover())
    try {
      return await looking
    } catch (cause) {
      if (this.#discovered === looking) this.#discovered = undefined
      if (cause instanceof WrongIssuer) throw cause
      throw new ProviderUnreachable(this.#issuer.href, { cause })
    }
  }

  /**
   * Inside a network the provider may have another name than browsers know. Whatever it is asked
   * by, it must speak for the one issuer that is configured. OpenID Connect Discovery §4.3.
   */
  async #discover(): Promise<oidc.Configuration> {
    const { clientId, discoveryUrl } = this.#options
    const asked = discoveryUrl === undefined ? this.#issuer : documentBelow(discoveryUrl)
    const isInsecure = [this.#issuer, asked].some(({ protocol }) => protocol === 'http:')
    const secret = oidc.ClientSecretBasic(this.#clientSecret)
    const found = await oidc.discovery(asked, clientId, undefined, secret, {
      timeout: timeoutSeconds,
      execute: [
        // Without this the library trusts TLS alone and never looks at the ID token's signature.
        oidc.enableNonRepudiationChecks,
        ...(isInsecure ? [oidc.allowInsecureRequests] : []),
      ],
      [oidc.customFetch]: (url, init) => this.#fetch(url, init as RequestInit),
    })
    const { issuer } = found.serverMetadata()
    if (new URL(issuer).href !== this.#issuer.href)
      throw new WrongIssuer({ asked: asked.href, expected: this.#options.issuer, found: issuer })
    return found
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    try {
      return await this.#options.fetch(url, init)
    } catch (cause) {
      throw new ProviderUnreachable(url, { cause })
    }
  }
}

/** The discovery document of a provider at this address. */
const documentBelow = (url: string) =>
  new URL(`${url.replace(/\/$/, '')}/.well-known/openid-configuration`)

function requestEssential(acr: string): string {
  return JSON.stringify({ id_token: { acr: { essential: true, value: acr } } })
}
