import { errors, type Adapter, type AdapterPayload } from 'oidc-provider'
import type { Clients } from '../../clients/index.ts'
import type { Json, Keep, Kept, Reference, Store } from '../../kernel/index.ts'
import { referenceToSignIn } from '../../signin/index.ts'
import { metadataOf } from '../client-metadata.ts'
import type { WorldTime } from './world-time.ts'

/** The fields of the library's records that hold a time, in seconds. */
const timeFields = ['exp', 'iat', 'loginTs', 'authTime', 'consumed', 'iiat'] as const

export interface AdapterOptions {
  /** As whom codes and tokens are given out, and the only one at whom they count. */
  issuer: string
  store: Store
  time: WorldTime
  clients: Clients
}

/**
 * What counts only at the issuer that gave it out, as a relying party is promised one `iss` from
 * the request to the last refresh (OpenID Connect Core §12.2). Who is signed in, and what they
 * agreed to, is the same for all issuers over a store.
 */
const ofOneIssuer: ReadonlySet<string> = new Set([
  'AccessToken',
  'AuthorizationCode',
  'Interaction',
  'PushedAuthorizationRequest',
  'RefreshToken',
])

/**
 * Joins the library's models to the world's store. The library stays in real time and the store
 * keeps the world's time: this adapter translates at the boundary, so that moving a world's clock
 * ages what is remembered without touching what is signed.
 */
export function createAdapterFactory(options: AdapterOptions): (name: string) => Adapter {
  return (name) =>
    name === 'Client' ? clientAdapter(options.clients) : new StoreAdapter(name, options)
}

class StoreAdapter implements Adapter {
  readonly #kind: string
  readonly #issuer: string
  readonly #store: Store
  readonly #time: WorldTime

  constructor(kind: string, { issuer, store, time }: AdapterOptions) {
    this.#kind = kind
    this.#issuer = issuer
    this.#store = store
    this.#time = time
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const { uid, userCode, grantId } = payload
    const keep: Keep = {
      ...(expiresIn ? { expiresAt: this.#time.clock.now() + expiresIn * 1000 } : {}),
      ...(grantId === undefined ? {} : { group: groupOf(grantId) }),
      ...(this.#kind === 'Session' && uid !== undefined ? { pointers: { uid } } : {}),
      ...(userCode === undefined ? {} : { pointers: { userCode } }),
      ...relatedTo(this.#kind, id, payload),
    }
    const said = ofOneIssuer.has(this.#kind) ? { ...payload, givenOutBy: this.#issuer } : payload
    const value = intoWorld(said, this.#time) as unknown as Json
    if (this.#kind !== 'ReplayDetection') return this.#store.put(this.#kind, id, value, keep)
    const isFirst = await this.#store.putIfAbsent(this.#kind, id, value, keep)
    if (!isFirst) throw new errors.InvalidClientAuth('the assertion was used already')
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return this.#restore(await this.#store.find(this.#kind, id))
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#restore(await this.#store.findBy(this.#kind, 'uid', uid))
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.#restore(await this.#store.findBy(this.#kind, 'userCode', userCode))
  }

  /**
   * Marks a code or token as used, for exactly one of all who try at once. The library looks before
   * it consumes, so of two replicas both may have seen it unused: the loser's grant ends, as for
   * any code that is presented twice (RFC 6749 §4.1.2).
   */
  async consume(id: string): Promise<void> {
    if (await this.#store.claim(this.#kind, id)) return
    const grantId = (await this.find(id))?.grantId
    if (this.#kind === 'PushedAuthorizationRequest')
      throw new errors.InvalidRequestUri('request_uri is invalid, expired, or was already used')
    if (grantId !== undefined) {
      await this.#store.destroyGroup(groupOf(grantId))
      await this.#store.destroy('Grant', grantId)
    }
    throw new errors.InvalidGrant(`${this.#kind} was already used`)
  }

  /**
   * The library looks for a request that waited for a person, destroys it and goes on to the code:
   * of several who come back at once, exactly one does.
   */
  async destroy(id: string): Promise<void> {
    if (this.#kind === 'Interaction' && !(await this.#store.claim(this.#kind, id)))
      throw new errors.SessionNotFound('authorization request has expired')
    await this.#store.destroy(this.#kind, id)
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.#store.destroyGroup(groupOf(grantId))
  }

  #restore(kept: Kept | undefined): AdapterPayload | undefined {
    if (kept === undefined) return undefined
    const payload = kept.value as unknown as AdapterPayload
    // In issuer mode `follow`, several issuers share one store.
    if ((payload['givenOutBy'] ?? this.#issuer) !== this.#issuer) return undefined
    if (kept.claimedAt !== undefined) payload.consumed = Math.floor(kept.claimedAt / 1000)
    return shift(payload, -this.#time.ahead())
  }
}

/** How many grants of a session are brought along with it: those of its latest relying parties. */
const grantsAtHand = 5

/**
 * What is asked for right after a record: the grant and the session of a code or token, the grants
 * of a session, and whatever a page of a sign-in needs with the request that waits for it.
 */
function relatedTo(kind: string, id: string, payload: AdapterPayload): Pick<Keep, 'related'> {
  const { grantId, sessionUid, authorizations = {}, result, session } = payload
  const grantIds = [
    grantId,
    result?.['consent']?.grantId,
    ...Object.values(authorizations)
      .slice(-grantsAtHand)
      .map((authorization) => authorization.grantId),
  ].filter((one) => one !== undefined)
  const related: Reference[] = [...new Set(grantIds)].map((value) => ({ kind: 'Grant', value }))
  if (typeof sessionUid === 'string')
    related.push({ kind: 'Session', pointer: 'uid', value: sessionUid })
  if (kind === 'Interaction') related.push(referenceToSignIn(id))
  if (session?.cookie !== undefined) related.push({ kind: 'Session', value: session.cookie })
  return related.length === 0 ? {} : { related }
}

/** Tokens of a grant end with it; the grant itself is ended by name. */
const groupOf = (grantId: string) => `grant:${grantId}`

/**
 * As the world says it. Nothing that happened can be later than now: real seconds that tick while a
 * request is answered count for nothing in a world that stands still. What was made by then ends as
 * much earlier; what was made before a world was set back ends when it did.
 */
function intoWorld(payload: AdapterPayload, time: WorldTime): AdapterPayload {
  const [now, ahead] = [time.now(), time.ahead()]
  const tooLate = Math.max(0, Math.min(payload.iat ?? 0, time.realNow()) + ahead - now)
  return shift(payload, ahead, (field, at) => (field === 'exp' ? at - tooLate : Math.min(at, now)))
}

type Bound = (field: string, at: number) => number

function shift(payload: AdapterPayload, seconds: number, bound?: Bound): AdapterPayload {
  if (seconds === 0 && bound === undefined) return payload
  const moved: AdapterPayload = { ...payload }
  for (const field of timeFields) {
    const time = moved[field]
    if (typeof time !== 'number') continue
    moved[field] = bound ? bound(field, time + seconds) : time + seconds
  }
  const login = moved.result?.login
  if (login?.ts !== undefined)
    moved.result = { ...moved.result, login: { ...login, ts: login.ts + seconds } }
  return moved
}

/** Relying parties come from their own room; the library only reads them. */
function clientAdapter(clients: Clients): Adapter {
  const readOnly = () =>
    Promise.reject(new Error('relying parties are registered in their own room'))
  return {
    find: async (id) => {
      const client = await clients.find(id)
      return client && metadataOf(client)
    },
    upsert: readOnly,
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
    consume: readOnly,
    destroy: readOnly,
    revokeByGrantId: readOnly,
  }
}
