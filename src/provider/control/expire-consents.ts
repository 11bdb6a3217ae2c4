import type { Json, Listed, Store } from '../../kernel/index.ts'
import type { ConsentOf, Consents } from '../../signin/index.ts'
import { openedBy, toEverything, type DecidedGrant } from '../grants.ts'
import type { ActingGrant } from '../subjects.ts'
import type { WhoseRecords } from './expire.ts'

/**
 * Earlier than any clock of a world can show, in seconds: what has expired does not come back when
 * one is set back.
 */
export const beforeAllTime: number = Date.UTC(1899, 0) / 1000

interface KeptGrant extends ActingGrant, DecidedGrant {
  openid?: { scope?: string; claims?: string[] }
}

/**
 * Ends consents as if their time were over: those that are remembered beyond the session, and what
 * the grants of sessions know. Tokens stay what they are; the next sign-in asks again. Says how
 * many did, each of a person at a relying party on somebody's behalf.
 */
export async function expireConsents(
  store: Store,
  consents: Consents,
  { personId, clientId }: WhoseRecords,
): Promise<number> {
  const remembered = await consents.expire({ personId, clientId })
  const now = consents.now()
  const listed = await store.list('Grant')
  const ended = listed.flatMap((one) => endedAt(now, one, { personId, clientId }) ?? [])
  await Promise.all(ended.map(({ keep }) => keep(store)))
  return new Set([...remembered, ...ended.map(({ of }) => of)].map(keyOf)).size
}

/** A grant with all that was decided in it over, if it is of those and anything still counted. */
function endedAt(
  now: number,
  { id, value, expiresAt, group }: Listed,
  { personId, clientId }: WhoseRecords,
): { of: ConsentOf; keep: (store: Store) => Promise<void> } | undefined {
  const grant = value as unknown as KeptGrant
  const { accountId, clientId: askedBy, onBehalfOf } = grant
  if (accountId === undefined || askedBy === undefined) return undefined
  if (personId !== undefined && accountId !== personId) return undefined
  if (clientId !== undefined && askedBy !== clientId) return undefined
  const decisions = Object.entries(grant.decisions ?? toEverything(openedBy(grant), now))
  if (!decisions.some(([, { until = Infinity }]) => now < until)) return undefined
  const over = decisions.map(([name, one]) => [name, { ...one, until: beforeAllTime * 1000 }])
  const kept = { ...grant, decisions: Object.fromEntries(over) } as unknown as Json
  return {
    of: { personId: accountId, clientId: askedBy, subjectId: onBehalfOf ?? accountId },
    keep: (store) =>
      store.put('Grant', id, kept, {
        ...(expiresAt === undefined ? {} : { expiresAt }),
        ...(group === undefined ? {} : { group }),
      }),
  }
}

const keyOf = ({ personId, clientId, subjectId }: ConsentOf): string =>
  JSON.stringify([personId, clientId, subjectId])
