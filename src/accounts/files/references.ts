import { didYouMeanAmong, type Problem } from '../../kernel/index.ts'
import { id } from '../person-values.ts'
import type { EntryOrigin } from './read-entries.ts'

/** An id and whose it is. */
export interface PlacedId {
  id: string
  list: string
  index: number
}

export interface References {
  /** Ids in the file, each of an entry of its own. */
  ids: readonly PlacedId[]
  originOf: (list: string, index: number) => EntryOrigin
  /** Whether an id may be in what could not be read of the file. */
  mayBeThere: (id: string) => boolean
}

/** Ids that are taken twice or that nobody has. Entries that could not be read are asked as well. */
export function referenceProblems(input: unknown, references: References): Problem[] {
  const { ids, mayBeThere } = references
  const known = (list: string) =>
    new Set(ids.filter((one) => one.list === list).map(({ id }) => id))
  const [people, organizations] = [known('people'), known('organizations')]
  const meantPerson = didYouMeanAmong(people)
  const meantOrganization = didYouMeanAmong(organizations)
  return [
    ...takenTwice(references),
    ...namesIn(input).flatMap(({ path, id, isOrganization, isOwn }): Problem[] => {
      if (isOwn) return [{ path, message: 'must be somebody else' }]
      const there = isOrganization ? organizations : people
      if (there.has(id) || mayBeThere(id)) return []
      const question = isOrganization ? meantOrganization(id) : meantPerson(id)
      return [{ path, message: `"${id}" does not exist. ${question}`.trim() }]
    }),
  ]
}

interface Name {
  path: Problem['path']
  id: string
  isOrganization: boolean
  /** Whether they name themselves. */
  isOwn: boolean
}

/** Whom and what people name. A name that can be no id is a problem of its own. */
function namesIn(input: unknown): Name[] {
  return listIn(input, 'people').flatMap((raw, index) => {
    const person = (raw ?? {}) as Record<string, unknown>
    const name = (path: Problem['path'], id: unknown, isOrganization = false): Name[] =>
      isId(id)
        ? [
            {
              path: ['people', index, ...path],
              id,
              isOrganization,
              isOwn: !isOrganization && id === person['id'],
            },
          ]
        : []
    return [
      ...listIn(person, 'guardians').flatMap((id, at) => name(['guardians', at], id)),
      ...name(['phone_holder'], person['phone_holder']),
      ...listIn(person, 'memberships').flatMap((one, at) => {
        const { organization } = (one ?? {}) as { organization?: unknown }
        return name(['memberships', at, 'organization'], organization, true)
      }),
    ]
  })
}

const isId = (value: unknown): value is string => id.safeParse(value).success

/** Who is told of alike in two files is no problem. */
const whatToDo = (list: string) =>
  `which says otherwise. Leave one of them out, or give this one another id and ${list === 'people' ? 'number' : 'other codes'}`

/** People and organisations share one set of ids: a role is asked for by either. */
function takenTwice({ ids, originOf }: References): Problem[] {
  const holders = new Map<string, EntryOrigin>()
  return ids.flatMap((taker): Problem[] => {
    const { id, list, index } = taker
    const own = originOf(list, index)
    const holder = holders.get(id)
    if (holder === undefined) {
      holders.set(id, own)
      return []
    }
    const said = `must be its own, got "${id}" of ${holder.place()}`
    const message = holder.file === own.file ? said : `${said}, ${whatToDo(list)}`
    return [{ path: [list, index, 'id'], message }]
  })
}

/** The ids in a list of the input, whether its entries can be read or not. */
export const idsIn = (input: unknown, list: string): PlacedId[] =>
  listIn(input, list).flatMap((entry, index) => {
    const { id } = (entry ?? {}) as { id?: unknown }
    return typeof id === 'string' ? [{ id, list, index }] : []
  })

function listIn(input: unknown, key: string): readonly unknown[] {
  const list = (input as Record<string, unknown> | null | undefined)?.[key]
  return Array.isArray(list) ? list : []
}
