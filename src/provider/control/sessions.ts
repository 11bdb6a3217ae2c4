import type { Provider, Session } from 'oidc-provider'
import type { Store } from '../../kernel/index.ts'
import { subjectOf } from '../grants.ts'
import type { LogoutDelivery } from '../logout/logout-tokens.ts'
import { endSession, sendLogoutTokens } from '../logout/session-end.ts'
import type { Authorization } from '../records/origins.ts'

/** Somebody who is signed in in a browser. */
export interface SessionView {
  /** What its tokens know it by. The cookie has another, which changes. */
  id: string
  personId: string
  clients: {
    clientId: string
    /** What this relying party knows the session by. */
    sid?: string
    /** On whose behalf they act there. */
    subjectId?: string
  }[]
  acr?: string
  amr?: string[]
  /** ISO 8601, by the world's clock. */
  signedInAt?: string
  expiresAt?: string
}

export interface SessionFilter {
  personId?: string | undefined
  clientId?: string | undefined
  /** Of which some relying party's latest sign-in in it is this one. */
  signInId?: string | undefined
}

/** Which sessions end: the one, or all of a person. */
export type EndedSessions = { sessionId: string } | { personId: string }

/** A session as the store keeps it, in the world's seconds. */
export interface KeptSession {
  uid: string
  accountId?: string
  acr?: string
  amr?: string[]
  loginTs?: number
  authorizations?: Record<string, Authorization>
}

/** The sessions of browsers in a world, for whoever drives it. */
export class Sessions {
  readonly #provider: Provider
  readonly #store: Store

  constructor({ provider, store }: { provider: Provider; store: Store }) {
    this.#provider = provider
    this.#store = store
  }

  /** Who is signed in, as the sessions were begun. */
  async list({ personId, clientId, signInId }: SessionFilter = {}): Promise<SessionView[]> {
    const listed = await this.#store.list<never>('Session')
    const fitting = listed.flatMap(({ value, expiresAt }) => {
      const session = value as KeptSession
      const { accountId, authorizations = {} } = session
      const isFitting =
        accountId !== undefined &&
        (personId === undefined || accountId === personId) &&
        (clientId === undefined || Object.hasOwn(authorizations, clientId)) &&
        (signInId === undefined ||
          Object.values(authorizations).some((one) => one.signInId === signInId))
      return isFitting ? [{ ...session, accountId, expiresAt }] : []
    })
    return Promise.all(
      fitting.map(
        async ({ uid, accountId, acr, amr, loginTs, authorizations = {}, expiresAt }) => ({
          id: uid,
          personId: accountId,
          clients: await Promise.all(
            Object.entries(authorizations).map(([id, one]) => this.#clientView(id, one)),
          ),
          ...(acr === undefined ? {} : { acr }),
          ...(amr === undefined ? {} : { amr }),
          ...(loginTs === undefined ? {} : { signedInAt: iso(loginTs * 1000) }),
          ...(expiresAt === undefined ? {} : { expiresAt: iso(expiresAt) }),
        }),
      ),
    )
  }

  /** Signs them out, as a browser would: grants end, and relying parties are told. Says how many. */
  async end(whose: EndedSessions): Promise<number> {
    const ids =
      'sessionId' in whose
        ? [whose.sessionId]
        : (await this.list({ personId: whose.personId })).map(({ id }) => id)
    const ended = await Promise.all(
      ids.map((id) =>
        this.#store.unit(async () => {
          const session = await this.#find(id)
          if (session) await endSession(this.#provider, session)
          return session !== undefined
        }),
      ),
    )
    return ended.filter(Boolean).length
  }

  /**
   * Sends the logout tokens of a session and ends nothing: to one relying party, or to all that
   * want to hear.
   *
   * @returns What became of each; `undefined` when there is no such session.
   */
  async sendLogoutToken({
    sessionId,
    clientId,
  }: {
    sessionId: string
    clientId?: string | undefined
  }): Promise<LogoutDelivery[] | undefined> {
    return this.#store.unit(async () => {
      const session = await this.#find(sessionId)
      return session && sendLogoutTokens(this.#provider, session, clientId)
    })
  }

  async #find(id: string): Promise<Session | undefined> {
    const session = await this.#provider.Session.findByUid(id)
    return session?.accountId === undefined ? undefined : session
  }

  async #clientView(clientId: string, { sid, grantId }: Authorization) {
    const grant = grantId === undefined ? undefined : await this.#provider.Grant.find(grantId)
    const subjectId = grant && subjectOf(grant)
    return {
      clientId,
      ...(sid === undefined ? {} : { sid }),
      ...(subjectId === undefined ? {} : { subjectId }),
    }
  }
}

const iso = (ms: number) => new Date(ms).toISOString()
