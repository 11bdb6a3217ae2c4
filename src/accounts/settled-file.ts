import { dayInVietNam } from '../kernel/index.ts'
import { everyoneOn } from './everyone.ts'
import type { PeopleFile, PersonEntry } from './people-file.ts'
import type { Organization, Person } from './person.ts'
import { settleOrganization, settlePeople, type Settled } from './settle.ts'

/** A person whose dates are fixed, and the entry that says so. */
export interface Known {
  entry: PersonEntry
  person: Settled
}

/** A file whose years have become dates. All worlds that begin on one day share one. */
export interface SettledFile {
  /** By id, in the order of the file. */
  people: ReadonlyMap<string, Known>
  idByNumber: ReadonlyMap<string, string>
  phones: ReadonlySet<string>
  /** Whom a guardian was ever named for, whatever their age. */
  dependants: ReadonlyMap<string, readonly string[]>
  organizations: ReadonlyMap<string, Organization>
  /** Everyone as they are on a day. */
  on(day: string): ReadonlyMap<string, Person>
}

/** Worlds on so many different days find each other's work. */
const mostDays = 32

const settled = new WeakMap<PeopleFile, Map<string, SettledFile>>()

/** Fixes what a file counts in years, from the day on which a world begins. */
export function settleFile(file: PeopleFile, beganAt: number): SettledFile {
  const days = settled.get(file) ?? new Map<string, SettledFile>()
  settled.set(file, days)
  return remembered(days, dayInVietNam(beganAt), () => settleNow(file, beganAt))
}

function settleNow(file: PeopleFile, beganAt: number): SettledFile {
  const persons = settlePeople(file.people, beganAt)
  const people = persons.map((person, index): Known => ({ entry: file.people[index]!, person }))
  const dependants = new Map<string, string[]>()
  for (const { id, guardianIds } of persons)
    for (const guardianId of guardianIds)
      dependants.set(guardianId, [...(dependants.get(guardianId) ?? []), id])
  const organizations = file.organizations.map(settleOrganization)
  const days = new Map<string, ReadonlyMap<string, Person>>()
  return {
    people: new Map(people.map((known) => [known.entry.id, known])),
    idByNumber: new Map(persons.map(({ number, id }) => [number, id])),
    phones: new Set(persons.flatMap(({ phone }) => phone ?? [])),
    dependants,
    organizations: new Map(organizations.map((one) => [one.id, one])),
    on: (day) => remembered(days, day, () => everyoneOn(persons, day)),
  }
}

/** Made once a day. Of many days the one that was made first is forgotten. */
function remembered<T>(days: Map<string, T>, day: string, make: () => T): T {
  const known = days.get(day)
  if (known !== undefined) return known
  const [oldest] = days.keys()
  if (days.size >= mostDays && oldest !== undefined) days.delete(oldest)
  const made = make()
  days.set(day, made)
  return made
}
