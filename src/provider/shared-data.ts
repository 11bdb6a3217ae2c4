import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Provider, Session } from 'oidc-provider'
import type { People } from '../accounts/index.ts'
import type { Journal } from '../journal/index.ts'
import type { Store } from '../kernel/index.ts'
import { leading, type Consent, type ConsentOf, type SignIns } from '../signin/index.ts'
import { openedBy, type DecidedGrant } from './grants.ts'
import { endGrant } from './logout/session-end.ts'
import type { WorldTime } from './records/world-time.ts'
import type { ActingGrant } from './subjects.ts'

/** What one relying party may be told of one subject, by what somebody agreed to. */
export interface Sharing {
  clientId: string
  subjectId: string
  /** Names of claims, in the order of the scopes. */
  shared: string[]
  /** What the person keeps back. */
  withheld: string[]
  /** In milliseconds of the world's clock. */
  since: number
  until: number
}

/** What whoever is signed in in a browser shares, with everybody. */
export interface SharedByPerson {
  personId: string
  /** Goes with every form of this browser: no other site knows it. */
  word: string
  sharings: Sharing[]
}

export interface SharedDataOptions {
  provider: Provider
  people: People
  signIns: SignIns
  store: Store
  journal: Pick<Journal, 'record'>
  time: WorldTime
}

/** A grant as the store keeps it, in the world's seconds. */
interface KeptGrant extends ActingGrant, DecidedGrant {
  openid?: { scope?: string; claims?: string[] }
  iat: number
  exp: number
}

interface LivingGrant extends ConsentOf {
  id: string
  grant: KeptGrant
}

/** What people share: what is remembered of it, and the grants under which it can be fetched now. */
export class SharedData {
  readonly #options: SharedDataOptions

  constructor(options: SharedDataOptions) {
    this.#options = options
  }

  /** By the person who is signed in in this browser, or `undefined` when nobody is. */
  async find(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<SharedByPerson | undefined> {
    const session = await this.#session(request, response)
    if (session === undefined) return undefined
    const { accountId: personId } = session
    const [consents, grants] = await Promise.all([
      this.#options.signIns.consents.list(personId),
      this.#grantsOf(personId),
    ])
    const byKey = new Map<string, Sharing>()
    for (const one of [...consents.map(sharingOfConsent), ...grants.map(sharingOfGrant)]) {
      const other = byKey.get(keyOf(one))
      byKey.set(keyOf(one), other ? joined(other, one) : one)
    }
    const sharings = [...byKey.values()].toSorted(latestFirst)
    return { personId, word: wordOf(session), sharings }
  }

  /** Ends what was agreed: it is not remembered, the grants end, and every token with them. */
  async withdraw(of: ConsentOf): Promise<void> {
    const { provider, signIns, journal } = this.#options
    const grants = await this.#grantsOf(of.personId)
    const ending = grants.filter((one) => keyOf(one) === keyOf(of))
    await signIns.consents.forget(of)
    await Promise.all(ending.map(({ id }) => endGrant(provider, id)))
    await journal.record({
      endpoint: 'shared-data',
      clientId: of.clientId,
      personId: of.personId,
      asked: of.subjectId === of.personId ? {} : { subject: of.subjectId },
      decided: 'consent withdrawn',
      isOk: true,
      why: { rule: 'who agreed may withdraw: grants and tokens end, and they are asked again' },
    })
  }

  async #session(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<(Session & { accountId: string }) | undefined> {
    const { provider, people, time } = this.#options
    const session = await time.asOne(() =>
      provider.Session.get(provider.createContext(request, response)),
    )
    const { accountId } = session
    const person = accountId === undefined ? undefined : await people.find(accountId)
    if (person === undefined || (await people.whyUnusable(person))) return undefined
    return session as Session & { accountId: string }
  }

  async #grantsOf(personId: string): Promise<LivingGrant[]> {
    const listed = await this.#options.store.list<never>('Grant')
    const now = this.#options.time.now()
    return listed.flatMap(({ id, value }) => {
      const grant: KeptGrant = value
      const { accountId, clientId, onBehalfOf, exp } = grant
      return accountId === personId && clientId !== undefined && exp > now
        ? [{ id, grant, personId, clientId, subjectId: onBehalfOf ?? personId }]
        : []
    })
  }
}

/** Nobody can make it who does not hold the session's cookie. */
const wordOf = ({ jti }: Session): string =>
  createHash('sha256').update(`shared-data\n${jti}`).digest('base64url')

const keyOf = ({ clientId, subjectId }: { clientId: string; subjectId: string }): string =>
  JSON.stringify([clientId, subjectId])

function sharingOfConsent({ clientId, subjectId, decisions }: Consent): Sharing {
  const all = Object.entries(decisions)
  const names = (isShared: boolean) =>
    leading(all.flatMap(([name, one]) => (one.isShared === isShared ? [name] : [])))
  return {
    clientId,
    subjectId,
    shared: names(true),
    withheld: names(false),
    since: Math.min(...all.map(([, { since }]) => since)),
    until: Math.max(...all.map(([, { until = 0 }]) => until)),
  }
}

function sharingOfGrant({ clientId, subjectId, grant }: LivingGrant): Sharing {
  const { rejected, decisions = {}, iat, exp } = grant
  const opened = openedBy(grant)
  const kept = new Set(rejected?.openid?.claims)
  return {
    clientId,
    subjectId,
    shared: leading(opened.filter((name) => !kept.has(name))),
    withheld: leading(kept).filter((name) => decisions[name]?.isShared === false),
    since: iat * 1000,
    until: exp * 1000,
  }
}

/** From the first day to the last. What one of them shares is shared, whatever another keeps back. */
function joined(one: Sharing, other: Sharing): Sharing {
  const shared = leading([...one.shared, ...other.shared])
  return {
    ...one,
    shared,
    withheld: leading([...one.withheld, ...other.withheld]).filter(
      (name) => !shared.includes(name),
    ),
    since: Math.min(one.since, other.since),
    until: Math.max(one.until, other.until),
  }
}

const latestFirst = (one: Sharing, other: Sharing) => other.since - one.since
