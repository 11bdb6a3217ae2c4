import * as z from 'zod'
import {
  dayInVietNam,
  problemsAt,
  readPartly,
  strictObject,
  type Problem,
} from '../kernel/index.ts'
import { dateProblems, idsIn, isBornInTime, referenceProblems, type Placed } from './consistency.ts'
import { everyoneOn } from './everyone.ts'
import { lawProblems } from './law-problems.ts'
import type { LawFacts } from './law.ts'
import { organizationProblems } from './organization-problems.ts'
import type { PeopleFile } from './people-file.ts'
import { organizationSchema, personSchema } from './people-schema.ts'
import { settlePerson } from './settle.ts'

export interface CheckPeopleOptions {
  /** Ages and cards are counted from here, in milliseconds. */
  now: number
  /**
   * Whether people may have numbers that begin like a real person's.
   *
   * @default false
   */
  realNumberPrefixes?: boolean
  /** What an entry is called that another one takes the id of: by default, as in `people[3]`. */
  placeOf?: (list: string, index: number) => string
}

/** What a file of people says. It can be used when it has no problems. */
export interface CheckedPeople {
  people: PeopleFile
  problems: Problem[]
  /** Ids in the file, also of entries that cannot be used; `undefined` when it has no such lists. */
  ids: KnownIds | undefined
}

export interface KnownIds {
  people: readonly string[]
  organizations: readonly string[]
}

/** A file around entries that are read one by one. */
const fileSchema = strictObject({
  people: z.array(z.unknown()),
  organizations: z.array(z.unknown()).default([]),
})

/** Reads a file of people and judges it by the law. Every problem is reported, not only the first. */
export function checkPeople(input: unknown, options: CheckPeopleOptions): CheckedPeople {
  const file = readPartly(fileSchema, input)
  const people = readEach(personSchema, file.value?.people, 'people')
  const organizations = readEach(organizationSchema, file.value?.organizations, 'organizations')
  const placed = firstOfEachId(people.entries)
  const problems = [
    ...file.problems,
    ...people.problems,
    ...organizations.problems,
    ...referenceProblems(placed, input, options.placeOf),
    ...organizationProblems(organizations.entries, dayInVietNam(options.now)),
    ...personProblems(placed, options),
  ]
  const ids = file.value && {
    people: idsIn(input, 'people').map(({ id }) => id),
    organizations: idsIn(input, 'organizations').map(({ id }) => id),
  }
  return {
    people: {
      people: people.entries.map(({ entry }) => entry),
      organizations: organizations.entries.map(({ entry }) => entry),
    },
    problems,
    ids,
  }
}

/** An entry with an unknown key can be judged all the same; one with a wrong value cannot. */
function readEach<T>(schema: z.ZodType<T>, list: readonly unknown[] = [], key: string) {
  const read = list.map((raw, index) => ({ index, ...readPartly(schema, raw) }))
  return {
    entries: read.flatMap(({ index, value, leftOut }): Placed<T>[] =>
      value === undefined || leftOut.size > 0 ? [] : [{ index, entry: value }],
    ),
    problems: read.flatMap(({ index, problems }) => problemsAt([key, index], problems)),
  }
}

function firstOfEachId(placed: readonly Placed[]): Placed[] {
  const ids = new Set<string>()
  return placed.filter(({ entry: { id } }) => !ids.has(id) && ids.add(id))
}

function personProblems(placed: readonly Placed[], options: CheckPeopleOptions): Problem[] {
  const settled = placed.map(({ entry }) => settlePerson(entry, options.now))
  const today = dayInVietNam(options.now)
  const everyone = everyoneOn(settled, today)
  const facts: LawFacts = {
    find: (id) => everyone.get(id),
    realNumberPrefixes: options.realNumberPrefixes ?? false,
  }
  const holders = new Map<string, string>()
  return placed.flatMap(({ index, entry }): Problem[] => {
    const path = ['people', index]
    const person = everyone.get(entry.id)
    if (person === undefined) return []
    const holder = holders.get(person.number) ?? entry.id
    holders.set(person.number, holder)
    return [
      ...(holder === entry.id ? [] : [numberTaken(person.number, holder, path)]),
      ...problemsAt(path, dateProblems(person, today)),
      ...problemsAt(path, isBornInTime(person) ? lawProblems(person, entry.unlawful, facts) : []),
    ]
  })
}

function numberTaken(number: string, holder: string, path: Problem['path']): Problem {
  return { path: [...path, 'number'], message: `must be their own, got "${number}" of "${holder}"` }
}
