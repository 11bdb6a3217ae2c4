import type { Store } from '../../kernel/index.ts'
import type { SignIns } from '../../signin/index.ts'
import type { WorldTime } from '../records/world-time.ts'
import { beforeAllTime, expireConsents } from './expire-consents.ts'
import type { KeptSession } from './sessions.ts'

/** What of the provider's can be made to expire at once. */
export type ExpirableHere =
  'authorization code' | 'access token' | 'refresh token' | 'session' | 'consent'

/** Narrows it to what belongs to all that is given. */
export interface WhoseRecords {
  personId?: string | undefined
  clientId?: string | undefined
  signInId?: string | undefined
}

const kinds = {
  'authorization code': 'AuthorizationCode',
  'access token': 'AccessToken',
  'refresh token': 'RefreshToken',
} as const

interface KeptToken {
  accountId?: string
  clientId?: string
  signInId?: string
  exp: number
}

export interface ExpireOptions {
  store: Store
  time: WorldTime
  signIns: SignIns
}

export type Expire = (what: ExpirableHere, whose?: WhoseRecords) => Promise<number>

/**
 * Makes what is remembered expire now, and says how much did. A code or token stays known as one
 * that has expired, so that whoever presents it hears that, and the journal knows whose it was; a
 * session is gone, and nobody is told, as when its time has passed; of a consent nobody is asked
 * for tokens that they have, but the next sign-in asks again.
 */
export function createExpire({ store, time, signIns }: ExpireOptions): Expire {
  return async (what, whose = {}) => {
    if (what === 'session') return expireSessions(store, whose)
    if (what === 'consent') return store.unit(() => expireConsents(store, signIns.consents, whose))
    return store.unit(() => expireTokens(kinds[what], whose))
  }

  async function expireTokens(
    kind: (typeof kinds)[keyof typeof kinds],
    { personId, clientId, signInId }: WhoseRecords,
  ): Promise<number> {
    const listed = await store.list<never>(kind)
    const now = time.now()
    const fitting = listed.filter(({ value, claimedAt }) => {
      const token = value as KeptToken
      return (
        claimedAt === undefined &&
        token.exp > now &&
        (personId === undefined || token.accountId === personId) &&
        (clientId === undefined || token.clientId === clientId) &&
        (signInId === undefined || token.signInId === signInId)
      )
    })
    await Promise.all(
      fitting.map(({ id, value, expiresAt, group }) =>
        store.put(
          kind,
          id,
          { ...(value as object), exp: beforeAllTime },
          {
            ...(expiresAt === undefined ? {} : { expiresAt }),
            ...(group === undefined ? {} : { group }),
          },
        ),
      ),
    )
    return fitting.length
  }
}

async function expireSessions(
  store: Store,
  { personId, clientId, signInId }: WhoseRecords,
): Promise<number> {
  const listed = await store.list<never>('Session')
  const fitting = listed.filter(({ value }) => {
    const { accountId, authorizations = {} } = value as KeptSession
    const signIns = Object.values(authorizations).map((one) => one.signInId)
    return (
      accountId !== undefined &&
      (personId === undefined || accountId === personId) &&
      (clientId === undefined || Object.hasOwn(authorizations, clientId)) &&
      (signInId === undefined || signIns.includes(signInId))
    )
  })
  await store.unit(() => Promise.all(fitting.map(({ id }) => store.destroy('Session', id))))
  return fitting.length
}
