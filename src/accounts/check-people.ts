import { dayInVietNam, problemsOf, type Problem } from '../kernel/index.ts'
import {
  dateProblems,
  isBornInTime,
  listIn,
  referenceProblems,
  type Placed,
} from './consistency.ts'
import { everyoneOn } from './everyone.ts'
import { law, type LawFacts } from './law.ts'
import type { PeopleFile, PersonEntry } from './people-file.ts'
import { peopleSchema, personSchema } from './people-schema.ts'
import type { Person } from './person.ts'
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
}

/** A file of people that can be used, or everything that is wrong with it. */
export type CheckedPeople = { people: PeopleFile } | { problems: Problem[] }

/** Reads a file of people and judges it by the law. Every problem is reported, not only the first. */
export function checkPeople(input: unknown, options: CheckPeopleOptions): CheckedPeople {
  const parsed = peopleSchema.safeParse(input)
  const placed = readablePeople(input)
  const problems = [
    ...(parsed.success ? [] : problemsOf(parsed.error, input)),
    ...referenceProblems(placed, input),
    ...personProblems(placed, options),
  ]
  return parsed.success && problems.length === 0 ? { people: parsed.data } : { problems }
}

/** The first entry of each id that can be read. */
function readablePeople(input: unknown): Placed[] {
  const ids = new Set<string>()
  return listIn(input, 'people').flatMap((raw, index) => {
    const { data: entry } = personSchema.safeParse(raw)
    if (entry === undefined || ids.has(entry.id)) return []
    ids.add(entry.id)
    return [{ index, entry }]
  })
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
      ...dateProblems(person, today, path),
      ...(isBornInTime(person) ? lawProblems(person, entry, facts, path) : []),
    ]
  })
}

function numberTaken(number: string, holder: string, path: Problem['path']): Problem {
  return { path: [...path, 'number'], message: `must be their own, got "${number}" of "${holder}"` }
}

function lawProblems(
  person: Person,
  { unlawful }: PersonEntry,
  facts: LawFacts,
  path: Problem['path'],
): Problem[] {
  return law.flatMap((rule) => {
    if (unlawful !== undefined && !rule.hasNoExcuse) return []
    const found = rule.breaks(person, facts)
    if (found === undefined) return []
    const source = rule.isAssumed ? `${rule.article}, assumed` : rule.article
    const excuse = rule.hasNoExcuse ? '' : ' Change it, or say unlawful: "<why>".'
    const message = `breaks the rule "${rule.id}" (${source}): ${rule.says}, got ${found}.${excuse}`
    return [{ path: [...path, ...rule.at], message }]
  })
}
