import type { Client, Grant, KoaContextWithOIDC } from 'oidc-provider'
import type { People } from '../accounts/index.ts'
import { roleKinds, type Clients, type RelyingParty } from '../clients/index.ts'
import {
  areCovered,
  rolesAllowed,
  type Decisions,
  type Journey,
  type SignIns,
} from '../signin/index.ts'
import { mayActFor } from './account.ts'
import { askedClaims, promptsOf, scopesOf, type RequestParams } from './demand.ts'
import { covers, grantFor, subjectOf, type DecidedGrant } from './grants.ts'

export interface ConsentedOptions {
  people: People
  clients: Clients
  signIns: SignIns
  defaultJourney: Journey
}

/** What somebody agreed to before, and whether it is enough for what is asked now. */
export class Consented {
  readonly #options: ConsentedOptions

  constructor(options: ConsentedOptions) {
    this.#options = options
  }

  /**
   * Whether a grant leaves nothing open of what is asked.
   *
   * @param claims Names of the single claims asked for beside the scopes.
   */
  async covers(grant: Grant, params: RequestParams, claims: Iterable<string>): Promise<boolean> {
    if (!covers(grant, scopesOf(params), claims)) return false
    const { decisions } = grant as unknown as DecidedGrant
    return decisions === undefined || this.#areEnough(decisions, grant, params)
  }

  /**
   * The library's `loadExistingGrant`: the grant of this session. Where it is not enough, or there
   * is none, one by what is remembered beyond the session; in the short journey, which asks for no
   * consent, one given silently. Both only where there is no role to choose.
   */
  async load(ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
    const { client, session, account, provider, result } = ctx.oidc
    if (!client || !session || !account) return undefined
    const answered = result?.consent?.grantId
    const grantId = answered ?? session.grantIdFor(client.clientId)
    const grant = grantId ? await provider.Grant.find(grantId) : undefined
    if (grant && grant.accountId !== account.accountId) return undefined
    if (grant && !(await this.#isStillTheirs(grant))) return undefined
    if (grant && (answered !== undefined || (await this.#isEnough(ctx, grant)))) return grant
    return (await this.#remembered(ctx, client, grant)) ?? grant
  }

  /** Whether somebody must be asked although the library finds nothing missing in the grant. */
  async mustAsk(ctx: KoaContextWithOIDC): Promise<boolean> {
    const { result, entities } = ctx.oidc
    const grant = entities.Grant
    if (result?.consent || grant?.jti === undefined) return false
    const { decisions } = grant as unknown as DecidedGrant
    if (decisions === undefined || (await this.#journeyOf(ctx)) === 'short') return false
    return !(await this.#areEnough(decisions, grant, ctx.oidc.params as RequestParams))
  }

  /** Whether somebody may still act for whom the grant says. */
  async #isStillTheirs(grant: Grant): Promise<boolean> {
    const { people } = this.#options
    const person = await people.find(grant.accountId!)
    return person !== undefined && mayActFor(people, person, subjectOf(grant)!)
  }

  async #isEnough({ oidc }: KoaContextWithOIDC, grant: Grant): Promise<boolean> {
    return this.covers(grant, oidc.params as RequestParams, oidc.requestParamClaims)
  }

  async #areEnough(decisions: Decisions, grant: Grant, params: RequestParams): Promise<boolean> {
    const { consents, optionalClaims } = this.#options.signIns
    const client = await this.#options.clients.find(grant.clientId!)
    if (client === undefined) return false
    const values = await consents.valuesOf(grant.accountId!, subjectOf(grant)!)
    const asked = askedClaims(client, params, optionalClaims)
    return areCovered(asked, decisions, values, consents.now())
  }

  async #remembered(
    ctx: KoaContextWithOIDC,
    client: Client,
    known: Grant | undefined,
  ): Promise<Grant | undefined> {
    const { oidc } = ctx
    const params = oidc.params as RequestParams
    const { clients, signIns } = this.#options
    const isShort = (await this.#journeyOf(ctx)) === 'short'
    if (isShort && known) return undefined
    const accountId = oidc.account!.accountId
    const relyingParty = await clients.find(client.clientId)
    if (relyingParty === undefined) return undefined
    const subjectId = known ? subjectOf(known) : await this.#onlySubject(relyingParty, accountId)
    if (subjectId === undefined) return undefined
    const of = { personId: accountId, clientId: client.clientId, subjectId }
    const options = { ...of, accountId, scope: params.scope ?? '', claims: oidc.requestParamClaims }
    if (isShort && subjectId !== accountId) return undefined
    if (isShort) return saved(grantFor(oidc.provider, options))
    if (promptsOf(params).includes('consent')) return undefined
    const decisions = (await signIns.consents.find(of))?.decisions
    if (decisions === undefined) return undefined
    const values = await signIns.consents.valuesOf(accountId, subjectId)
    const asked = askedClaims(relyingParty, params, signIns.optionalClaims)
    if (!areCovered(asked, decisions, values, signIns.consents.now())) return undefined
    return saved(grantFor(oidc.provider, { ...options, known, agreement: decisions }))
  }

  /** Whom the person acts for here without being asked, if that is clear. */
  async #onlySubject({ allow }: RelyingParty, personId: string): Promise<string | undefined> {
    const { people } = this.#options
    const person = await people.find(personId)
    if (person === undefined) return undefined
    const roles = await rolesAllowed(people, person, allow ?? roleKinds)
    return roles.length === 1 ? roles[0]!.subjectId : undefined
  }

  async #journeyOf({ oidc }: KoaContextWithOIDC): Promise<Journey> {
    const { clients, defaultJourney } = this.#options
    return (await clients.find(oidc.client!.clientId))?.journey ?? defaultJourney
  }
}

async function saved(grant: Grant): Promise<Grant> {
  await grant.save()
  return grant
}
