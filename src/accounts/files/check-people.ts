import * as z from 'zod'
import { dayInVietNam, readPartly, strictObject, type Problem } from '../../kernel/index.ts'
import { organizationForm, personForm } from './entry-forms.ts'
import { organizationProblems } from './organization-problems.ts'
import type { PeopleFile } from '../people-file.ts'
import { personProblems } from './person-problems.ts'
import { readEntries, type EntryOrigin } from './read-entries.ts'
import { idsIn, referenceProblems } from './references.ts'
import { withoutRepeated } from './repeated.ts'

export interface CheckPeopleOptions {
  /** Ages and cards are counted from here, in milliseconds. */
  now: number
  /**
   * Whether people may have numbers that begin like a real person's.
   *
   * @default false
   */
  realNumberPrefixes?: boolean
  /** Where an entry comes from, of several files that are checked as one. */
  originOf?: (list: string, index: number) => EntryOrigin
  /** Whether an id may be in what could not be read: nobody is told that there is none. */
  mayBeThere?: (id: string) => boolean
}

/** What a file of people says. It can be used when it has no problems. */
export interface CheckedPeople {
  /** Each once, also who is told of alike in several files. */
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
  const { now, originOf = alone, mayBeThere = () => false } = options
  const file = readPartly(fileSchema, input)
  const untold = (list: string) => (index: number) => originOf(list, index).untold ?? []
  const readPeople = readEntries(personForm, file.value?.people, untold('people'))
  const readOrganizations = readEntries(
    organizationForm,
    file.value?.organizations,
    untold('organizations'),
  )
  const own = withoutRepeated(readPeople.placed, readOrganizations.placed, { now, originOf })
  const ids = [...idsIn(input, 'people'), ...idsIn(input, 'organizations')]
  const problems = [
    ...file.problems,
    ...readPeople.problems,
    ...readOrganizations.problems,
    ...referenceProblems(input, { ids: ids.filter(own.isNoRepetition), originOf, mayBeThere }),
    ...organizationProblems(own.organizations, dayInVietNam(now), originOf),
    ...personProblems(own.people, { ...options, originOf }),
  ]
  return {
    people: {
      people: own.people.map(({ entry }) => entry),
      organizations: own.organizations.map(({ entry }) => entry),
    },
    problems,
    ids: file.value && {
      people: ids.flatMap(({ list, id }) => (list === 'people' ? [id] : [])),
      organizations: ids.flatMap(({ list, id }) => (list === 'people' ? [] : [id])),
    },
  }
}

const alone = (list: string, index: number): EntryOrigin => ({
  file: '',
  place: () => `${list}[${index}]`,
})
