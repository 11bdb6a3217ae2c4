import { isDeepStrictEqual } from 'node:util'
import type { OrganizationEntry, PersonEntry } from '../people-file.ts'
import type { EntryOrigin, Placed } from './read-entries.ts'
import type { PlacedId } from './references.ts'
import { isSamePerson } from './same-person.ts'

interface Own {
  people: Placed<PersonEntry>[]
  organizations: Placed<OrganizationEntry>[]
  isNoRepetition: (id: PlacedId) => boolean
}

/**
 * The entries, but for those that tell what one of another file tells already, such as somebody who
 * was exported and is given back. Within one file a repetition is taken for a mistake.
 */
export function withoutRepeated(
  people: readonly Placed<PersonEntry>[],
  organizations: readonly Placed<OrganizationEntry>[],
  { now, originOf }: { now: number; originOf: (list: string, index: number) => EntryOrigin },
): Own {
  const fileOf = (list: string) => (index: number) => originOf(list, index).file
  const samePerson = (one: PersonEntry, other: PersonEntry) => isSamePerson(one, other, now)
  const repeated: Readonly<Record<string, ReadonlySet<number>>> = {
    people: repetitions(people, fileOf('people'), samePerson),
    organizations: repetitions(organizations, fileOf('organizations'), isDeepStrictEqual),
  }
  return {
    people: people.filter(({ index }) => !repeated['people']!.has(index)),
    organizations: organizations.filter(({ index }) => !repeated['organizations']!.has(index)),
    isNoRepetition: ({ list, index }) => !repeated[list]!.has(index),
  }
}

function repetitions<Entry extends { id: string }>(
  placed: readonly Placed<Entry>[],
  fileOf: (index: number) => string,
  isSame: (one: Entry, other: Entry) => boolean,
): ReadonlySet<number> {
  const firsts = new Map<string, Placed<Entry>>()
  const repeated = new Set<number>()
  for (const one of placed.filter(({ unread }) => unread.size === 0)) {
    const first = firsts.get(one.entry.id)
    if (first === undefined) firsts.set(one.entry.id, one)
    else if (fileOf(first.index) !== fileOf(one.index) && isSame(first.entry, one.entry))
      repeated.add(one.index)
  }
  return repeated
}
