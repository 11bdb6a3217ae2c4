import type { IncomingMessage, ServerResponse } from 'node:http'
import { errors, type Grant, type Interaction, type Provider, type Session } from 'oidc-provider'
import type { People } from '../accounts/index.ts'
import type { Clients, RelyingParty } from '../clients/index.ts'
import { readCookie } from '../http/index.ts'
import type { Random, Store } from '../kernel/index.ts'
import {
  factorsOf,
  type Beginning,
  type Journey,
  type RememberedConsent,
  type SignIn,
  type SignIns,
} from '../signin/index.ts'
import {
  askedClaims,
  demandOf,
  insistedSub,
  promptsOf,
  requestedClaims,
  type RequestParams,
} from './demand.ts'
import type { Consented } from './consented.ts'
import { grantFor, subjectOf, type GrantOptions } from './grants.ts'
import { loginOf } from './outcome.ts'
import { otherPerson, protocolErrorOf } from './refusals.ts'
import type { WorldTime } from './records/world-time.ts'
import { switchPerson } from './logout/session-end.ts'
import type { Subjects } from './subjects.ts'

/** An authorization request that waits for a sign-in on pages. */
export interface PendingRequest {
  /** Also the id of its sign-in. */
  id: string
  client: RelyingParty
  /** How the sign-in begins: what is demanded, and what the browser's session knows. */
  beginning: Beginning
  redirectUri: string
  uiLocales?: string
  /** Where the browser goes when the sign-in is over. */
  returnTo: string
}

export interface RequestsOptions {
  provider: Provider
  people: People
  clients: Clients
  signIns: SignIns
  subjects: Subjects
  consented: Consented
  store: Store
  random: Random
  defaultJourney: Journey
  claimsSupported: ReadonlySet<string>
  time: WorldTime
}

/** Reasons of the library's prompts that mean: whoever is there must prove it anew. */
const identifyingReasons = new Set([
  'no_session',
  'login_prompt',
  'max_age',
  'id_token_hint',
  'claims_id_token_sub_value',
])

/** The authorization requests that wait in browsers, and how a sign-in ends them. */
export class Requests {
  readonly #options: RequestsOptions

  constructor(options: RequestsOptions) {
    this.#options = options
  }

  /** The request of the page that this browser is on, or `undefined` when it knows of none. */
  find(request: IncomingMessage, response: ServerResponse): Promise<PendingRequest | undefined> {
    return this.#options.time.asOne(() => this.#find(request, response))
  }

  /** Hands the outcome of a sign-in to the request, and says where the browser goes now. */
  finish(
    request: IncomingMessage,
    response: ServerResponse,
    signIn: SignIn,
  ): Promise<string | undefined> {
    return this.#options.time.asOne(() => this.#finish(request, response, signIn))
  }

  /**
   * Whether this browser was once on a page of ours that we know no more: most likely, we were
   * restarted. What began at another issuer over the same store is not forgotten.
   */
  async isKnownTo(request: IncomingMessage): Promise<boolean> {
    const { provider, store } = this.#options
    const id = readCookie(request, provider.cookieName('interaction'))
    return id !== undefined && (await store.find('Interaction', id)) === undefined
  }

  async #find(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<PendingRequest | undefined> {
    const interaction = await this.#interaction(request, response)
    if (interaction === undefined) return undefined
    const params = interaction.params as RequestParams
    const client = await this.#options.clients.find(params.client_id ?? '')
    if (client === undefined) return undefined
    return {
      id: interaction.uid,
      client,
      beginning: await this.#beginning(interaction, client, params),
      redirectUri: params.redirect_uri ?? '',
      ...(params.ui_locales === undefined ? {} : { uiLocales: params.ui_locales }),
      returnTo: interaction.returnTo,
    }
  }

  async #finish(
    request: IncomingMessage,
    response: ServerResponse,
    signIn: SignIn,
  ): Promise<string | undefined> {
    const interaction = await this.#interaction(request, response)
    if (interaction === undefined) return undefined
    this.#forget(interaction, request, response)
    // Of two clicks, or two replicas, one hands the outcome over; the other only follows.
    const isFirst = await this.#options.signIns.claimOutcome(interaction.uid)
    if (!isFirst || interaction.result) return interaction.returnTo
    if (signIn.refusal) interaction.result = protocolErrorOf(signIn.refusal)
    else if (await this.#isOtherPerson(interaction, signIn))
      interaction.result = { error: 'login_required', error_description: otherPerson }
    else await this.#approve(interaction, signIn, await this.#session(request, response))
    await interaction.persist()
    return interaction.returnTo
  }

  /**
   * The library never clears the cookie of a page; a minute is enough for a second click to be
   * understood.
   */
  #forget({ uid }: Interaction, request: IncomingMessage, response: ServerResponse): void {
    const { provider } = this.#options
    const path = new URL(request.url ?? '/', provider.issuer).pathname
    const { cookies } = provider.createContext(request, response)
    const options = { path, maxAge: 60_000, httpOnly: true, sameSite: 'lax', signed: true } as const
    cookies.set(provider.cookieName('interaction'), uid, options)
  }

  async #isOtherPerson(interaction: Interaction, { personId, role }: SignIn): Promise<boolean> {
    const { provider, subjects } = this.#options
    const params = interaction.params as RequestParams
    const insisted = insistedSub(params)
    const client = await provider.Client.find(params.client_id ?? '')
    if (insisted === undefined || client === undefined) return false
    return (await subjects.wireSub(role?.subjectId ?? personId!, client)) !== insisted
  }

  async #approve(interaction: Interaction, signIn: SignIn, session: Session): Promise<void> {
    const { provider, people, signIns, random } = this.#options
    const accountId = signIn.personId!
    const isSamePerson = session.accountId === accountId
    if (session.accountId !== undefined && !isSamePerson) {
      await switchPerson(provider, session, random.id())
      await session.persist()
    }
    if (isSamePerson) Object.assign(interaction.session ?? {}, { uid: session.uid })
    else delete (interaction as { session?: unknown }).session

    const grant = await this.#grant(interaction, signIn, isSamePerson ? session : undefined)
    await signIns.consents.remember(signIn)
    const person = (await people.find(accountId))!
    const { loginTs: ts, ...login } = loginOf(
      signIns,
      signIn,
      person,
      isSamePerson ? session : undefined,
    )
    interaction.result = {
      login: { ...login, ...(ts === undefined ? {} : { ts }) },
      select_account: {},
      consent: { grantId: grant.jti },
    }
  }

  async #grant(interaction: Interaction, signIn: SignIn, session?: Session): Promise<Grant> {
    const { provider } = this.#options
    const params = interaction.params as RequestParams
    const clientId = params.client_id!
    const knownId = session?.grantIdFor(clientId)
    const grant = grantFor(provider, {
      accountId: signIn.personId!,
      subjectId: signIn.role?.subjectId ?? signIn.personId!,
      clientId,
      scope: params.scope ?? 'openid',
      claims: this.#claimNames(params),
      agreement: this.#agreementOf(signIn),
      known: knownId === undefined ? undefined : await provider.Grant.find(knownId),
    })
    await grant.save()
    return grant
  }

  #agreementOf({ decisions, hasConsented, remembered }: SignIn): GrantOptions['agreement'] {
    if (decisions) return decisions
    if (hasConsented) return { toEverythingAt: this.#options.signIns.consents.now() }
    return remembered?.decisions
  }

  async #beginning(
    interaction: Interaction,
    client: RelyingParty,
    params: RequestParams,
  ): Promise<Beginning> {
    const { defaultJourney, signIns } = this.#options
    const demand = {
      ...demandOf(client, params, defaultJourney),
      asked: askedClaims(client, params, signIns.optionalClaims),
    }
    const { prompt, session } = interaction
    const mustIdentify = prompt.reasons.some((reason) => identifyingReasons.has(reason))
    const remembered = await this.#remembered(interaction, params, mustIdentify)
    return {
      demand,
      ...(mustIdentify || session?.accountId === undefined
        ? {}
        : {
            known: {
              personId: session.accountId,
              factors: factorsOf(session.amr ?? []),
              mustConfirm: prompt.name === 'select_account',
            },
          }),
      ...(remembered ? { remembered } : {}),
    }
  }

  async #remembered(
    interaction: Interaction,
    params: RequestParams,
    mustIdentify: boolean,
  ): Promise<RememberedConsent | undefined> {
    const { grantId, prompt } = interaction
    if (grantId === undefined || promptsOf(params).includes('consent')) return undefined
    const grant = await this.#options.provider.Grant.find(grantId)
    if (grant?.accountId === undefined) return undefined
    if (!(await this.#options.consented.covers(grant, params, this.#claimNames(params))))
      return undefined
    const isKept = !mustIdentify && prompt.name !== 'select_account'
    return { personId: grant.accountId, subjectId: subjectOf(grant)!, isKept }
  }

  #claimNames({ claims }: RequestParams): string[] {
    const { userinfo = {}, id_token: idToken = {} } = requestedClaims(claims)
    const names = new Set([...Object.keys(userinfo), ...Object.keys(idToken)])
    return [...names].filter((name) => this.#options.claimsSupported.has(name))
  }

  async #interaction(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<Interaction | undefined> {
    try {
      return await this.#options.provider.interactionDetails(request, response)
    } catch (error) {
      if (error instanceof errors.SessionNotFound) return undefined
      throw error
    }
  }

  async #session(request: IncomingMessage, response: ServerResponse): Promise<Session> {
    const { provider } = this.#options
    return provider.Session.get(provider.createContext(request, response))
  }
}
