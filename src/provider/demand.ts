import { decodeJwt } from 'jose'
import type { RelyingParty } from '../clients/index.ts'
import { roleKinds } from '../clients/index.ts'
import {
  whatIsAsked,
  type Asked,
  type AskedAcr,
  type Demand,
  type Journey,
} from '../signin/index.ts'

/** The parameters of an authorization request that say how a sign-in must go. */
export interface RequestParams {
  scope?: string | undefined
  prompt?: string | undefined
  claims?: string | undefined
  acr_values?: string | undefined
  login_hint?: string | undefined
  redirect_uri?: string | undefined
  ui_locales?: string | undefined
  id_token_hint?: string | undefined
  client_id?: string | undefined
}

interface AcrRequest {
  essential?: boolean
  value?: string
  values?: string[]
}

/** What a request, and the relying party it comes from, demand of a sign-in. */
export function demandOf(
  client: RelyingParty,
  params: RequestParams,
  defaultJourney: Journey,
): Demand {
  return {
    clientId: client.client_id,
    journey: client.journey ?? defaultJourney,
    allow: client.allow ?? roleKinds,
    acr: askedAcr(params),
    ...(client.minimum_level === undefined ? {} : { minimumLevel: client.minimum_level }),
    ...(promptsOf(params).includes('consent') ? { mustConsent: true } : {}),
    ...(params.login_hint === undefined ? {} : { prefill: params.login_hint }),
  }
}

/**
 * How a level was asked for: an `acr` claim for the ID token, which may be essential, or
 * `acr_values`, which never is. OpenID Connect Core §3.1.2.1 and §5.5.1.1.
 */
export function askedAcr({ claims, acr_values: acrValues }: RequestParams): AskedAcr {
  const request = requestedClaims(claims).id_token?.['acr'] as AcrRequest | null | undefined
  const asked = request?.values ?? (request?.value === undefined ? [] : [request.value])
  const voluntary = acrValues?.split(' ').filter(Boolean) ?? []
  const isEssential = request?.essential === true && asked.length > 0
  return { values: isEssential ? asked : [...asked, ...voluntary], isEssential }
}

/**
 * What a request asks to be told. A claim that is asked for in one place as essential is so in
 * both.
 *
 * @param optional What may be kept back at relying parties that do not say it themselves.
 */
export function askedClaims(
  client: RelyingParty,
  params: RequestParams,
  optional: readonly string[],
): Asked {
  const { userinfo = {}, id_token: idToken = {} } = requestedClaims(params.claims)
  const claims = new Map<string, boolean>()
  for (const [name, request] of [...Object.entries(userinfo), ...Object.entries(idToken)]) {
    const { essential } = (request ?? {}) as { essential?: boolean }
    claims.set(name, claims.get(name) === true || essential === true)
  }
  return whatIsAsked({
    scopes: scopesOf(params),
    claims,
    optional: client.optional_claims ?? optional,
  })
}

/**
 * The `sub` that a request insists on: of its `id_token_hint`, which the library has verified, or
 * of the `sub` claim's value. OpenID Connect Core §3.1.2.1 and §5.5.1.
 */
export function insistedSub(params: RequestParams): string | undefined {
  const { id_token_hint: hint, claims } = params
  const asked = requestedClaims(claims).id_token?.['sub'] as { value?: string } | null | undefined
  return asked?.value ?? (hint === undefined ? undefined : decodeJwt(hint).sub)
}

export const promptsOf = ({ prompt }: RequestParams): string[] => prompt?.split(' ') ?? []

export const scopesOf = ({ scope }: RequestParams): string[] =>
  scope?.split(' ').filter(Boolean) ?? []

type ClaimsRequest = { userinfo?: Record<string, unknown>; id_token?: Record<string, unknown> }

/** The claims parameter, which the library has checked already. OpenID Connect Core §5.5. */
export function requestedClaims(claims: string | undefined): ClaimsRequest {
  return claims === undefined ? {} : (JSON.parse(claims) as ClaimsRequest)
}
