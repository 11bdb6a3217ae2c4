import type { JournalEntry, JournalFilter, MockWorld } from '../index.ts'
import type { CallFlags } from './call-mock.ts'

export interface JournalFlags extends CallFlags {
  client?: string
  person?: string
  signIn?: string
  endpoint?: NonNullable<JournalFilter['endpoint']>
  limit?: number
}

export interface Past {
  /** The oldest first. */
  entries: JournalEntry[]
  /** The id of whoever was named, by number perhaps. */
  personId?: string | undefined
}

/** What happened so far. A name that nobody has is refused, since nothing would ever come of it. */
export async function readPast(world: MockWorld, flags: JournalFlags): Promise<Past> {
  const { client, person, limit } = flags
  const found = await world.journal.list({ ...filterIn(flags), ...most(limit) })
  const entries = limit === 0 ? [] : found
  if (person === undefined && client === undefined) return { entries }
  const [first] = found
  if (first) return { entries, personId: person && first.personId }
  if (client !== undefined) await world.clients.get(client)
  return { entries, personId: person && (await world.people.get(person)).id }
}

function filterIn({ client, person, signIn, endpoint }: JournalFlags): JournalFilter {
  const given = Object.entries({ client, person, signIn, endpoint })
  return Object.fromEntries(given.filter(([, value]) => value !== undefined))
}

/** Whoever wants none of the past still wants to hear of a name that is not known. */
const most = (limit: number | undefined) => (limit === undefined ? {} : { limit: limit || 1 })
