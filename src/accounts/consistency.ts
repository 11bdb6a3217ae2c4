import { didYouMean, type Problem } from '../kernel/index.ts'
import { documentDays } from './documents.ts'
import type { PersonEntry } from './people-file.ts'
import type { Person } from './person.ts'

/** An entry that could be read, and where in the file it stands. */
export interface Placed<Entry = PersonEntry> {
  index: number
  entry: Entry
}

/** Ids that are taken twice or that nobody has. Entries that could not be read still have their id. */
export function referenceProblems(
  placed: readonly Placed[],
  input: unknown,
  placeOf: (list: string, index: number) => string = (list, index) => `${list}[${index}]`,
): Problem[] {
  const people = idsIn(input, 'people')
  const organizations = idsIn(input, 'organizations')
  const isPerson = new Set(people.map(({ id }) => id))
  const isOrganization = new Set(organizations.map(({ id }) => id))
  return [
    ...takenTwice([...people, ...organizations], placeOf),
    ...placed.flatMap(({ index, entry }) => [
      ...entry.guardians.flatMap((id, at) =>
        id === entry.id
          ? [{ path: ['people', index, 'guardians', at], message: 'must be somebody else' }]
          : unlessKnown(id, isPerson, ['people', index, 'guardians', at]),
      ),
      ...phoneHolderProblems(entry, isPerson, ['people', index, 'phone_holder']),
      ...entry.memberships.flatMap(({ organization }, at) =>
        unlessKnown(organization, isOrganization, [
          'people',
          index,
          'memberships',
          at,
          'organization',
        ]),
      ),
    ]),
  ]
}

function phoneHolderProblems(
  { id, phone_holder: holder }: PersonEntry,
  isPerson: ReadonlySet<string>,
  path: Problem['path'],
): Problem[] {
  if (holder === undefined) return []
  if (holder === id) return [{ path, message: 'must be somebody else' }]
  return unlessKnown(holder, isPerson, path)
}

interface PlacedId {
  id: string
  list: string
  index: number
}

/** People and organisations share one set of ids: a role is asked for by either. */
function takenTwice(
  ids: readonly PlacedId[],
  placeOf: (list: string, index: number) => string,
): Problem[] {
  const holders = new Map<string, string>()
  return ids.flatMap(({ id, list, index }) => {
    const holder = holders.get(id)
    if (holder === undefined) holders.set(id, placeOf(list, index))
    if (holder === undefined) return []
    return [{ path: [list, index, 'id'], message: `must be its own, got "${id}" of ${holder}` }]
  })
}

function unlessKnown(id: string, known: ReadonlySet<string>, path: Problem['path']): Problem[] {
  if (known.has(id)) return []
  return [{ path, message: `"${id}" does not exist. ${didYouMean(id, known)}`.trim() }]
}

/** Whether a personal number can say when someone was born. */
export const isBornInTime = ({ birthDate }: Person): boolean => /^(19|20|21)/.test(birthDate)

/** Days that contradict each other. */
export function dateProblems(person: Person, today: string): Problem[] {
  const { age, birthDate, card, deceasedOn } = person
  const problems: Problem[] = []
  const report = (key: string, message: string) => problems.push({ path: [key], message })
  if (!isBornInTime(person)) report('age', `must be of someone born 1900 to 2199, got ${birthDate}`)
  if (age < 0) report('birth_date', `must not be after today, got ${birthDate}`)
  if (card && card.issuedOn > today) report('card', `must be issued by today, got ${card.issuedOn}`)
  if (card && card.issuedOn < birthDate)
    report('card', `must be issued after the birth on ${birthDate}, got ${card.issuedOn}`)
  if (card?.expiresOn !== undefined && card.expiresOn < card.issuedOn)
    report('card', `must expire after its issue on ${card.issuedOn}, got ${card.expiresOn}`)
  for (const { at, day } of documentDays(person.documents))
    if (day > today || day < birthDate)
      problems.push({
        path: ['documents', at],
        message: `must be issued between the birth on ${birthDate} and today, got ${day}`,
      })
  if (deceasedOn !== undefined && deceasedOn < birthDate)
    report('deceased_days_ago', `must be after the birth on ${birthDate}, got ${deceasedOn}`)
  return problems
}

/** The ids in a list of the input, whether its entries can be read or not. */
export function idsIn(input: unknown, list: string): PlacedId[] {
  const entries = (input as Record<string, unknown> | null | undefined)?.[list]
  if (!Array.isArray(entries)) return []
  return entries.flatMap((entry: unknown, index) => {
    const id = (entry as Record<string, unknown> | null | undefined)?.['id']
    return typeof id === 'string' ? [{ id, list, index }] : []
  })
}
