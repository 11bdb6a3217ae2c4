import { errors, type Adapter, type AdapterPayload } from 'oidc-provider'
import type { Clients } from '../clients/index.ts'
import type { Clock, Json, Keep, Kept, Reference, Store } from '../kernel/index.ts'
import { metadataOf } from './client-metadata.ts'

/** The fields of the library's records that hold a time, in seconds. */
const timeFields = ['exp', 'iat', 'loginTs', 'authTime', 'consumed', 'iiat'] as const

export interface AdapterOptions {
  store: Store
  /** The world's clock, by which everything kept is judged. */
  clock: Clock
  /** Real time, in which the library lives and signs. */
  realClock: Clock
  clients: Clients
}

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
  readonly #store: Store
  readonly #clock: Clock
  readonly #realClock: Clock

  constructor(kind: string, { store, clock, realClock }: AdapterOptions) {
    this.#kind = kind
    this.#store = store
    this.#clock = clock
    this.#realClock = realClock
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const { uid, userCode, grantId } = payload
    const keep: Keep = {
      ...(expiresIn ? { expiresAt: this.#clock.now() + expiresIn * 1000 } : {}),
      ...(grantId === undefined ? {} : { group: groupOf(grantId) }),
      ...(this.#kind === 'Session' && uid !== undefined ? { pointers: { uid } } : {}),
      ...(userCode === undefined ? {} : { pointers: { userCode } }),
      ...relatedTo(payload),
    }
    const value = shift(payload, this.#worldAheadSeconds()) as unknown as Json
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

  async destroy(id: string): Promise<void> {
    await this.#store.destroy(this.#kind, id)
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.#store.destroyGroup(groupOf(grantId))
  }

  #worldAheadSeconds(): number {
    return secondsOf(this.#clock) - secondsOf(this.#realClock)
  }

  #restore(kept: Kept | undefined): AdapterPayload | undefined {
    if (kept === undefined) return undefined
    const payload = kept.value as unknown as AdapterPayload
    if (kept.claimedAt !== undefined) payload.consumed = Math.floor(kept.claimedAt / 1000)
    return shift(payload, -this.#worldAheadSeconds())
  }
}

/**
 * Whole seconds, as the library counts: so that an age is what the world's clock says, to the
 * second.
 */
const secondsOf = (clock: Clock): number => Math.floor(clock.now() / 1000)

/** What the library asks for right after a code or token: its grant, and the session it came from. */
function relatedTo({ grantId, sessionUid }: AdapterPayload): Pick<Keep, 'related'> {
  const related: Reference[] = []
  if (grantId !== undefined) related.push({ kind: 'Grant', value: grantId })
  if (typeof sessionUid === 'string')
    related.push({ kind: 'Session', pointer: 'uid', value: sessionUid })
  return related.length === 0 ? {} : { related }
}

/** Tokens of a grant end with it; the grant itself is ended by name. */
const groupOf = (grantId: string) => `grant:${grantId}`

function shift(payload: AdapterPayload, seconds: number): AdapterPayload {
  if (seconds === 0) return payload
  const moved: AdapterPayload = { ...payload }
  for (const field of timeFields) {
    const time = moved[field]
    if (typeof time === 'number') moved[field] = time + seconds
  }
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
