import { entryOf } from '../accounts/index.ts'
import { writePack, type PackFormat } from '../config/index.ts'
import type { Person } from '../index.ts'
import { dayInVietNam, systemClock } from '../kernel/index.ts'
import type { PeopleSource } from './people-source.ts'

/**
 * People as a file that can be given back: with their parents and guardians, whoever has their
 * phone, and their organisations. Who is of a population becomes somebody with a name; everybody
 * else keeps their id, and is there once when the configuration tells of them alike.
 */
export async function exportPeople(
  people: readonly Person[],
  source: PeopleSource,
  format: PackFormat,
): Promise<string> {
  const all = await withThoseTheyName(people, source)
  const today = dayInVietNam(systemClock.now())
  const entries = all.map((person) => {
    const entry = entryOf(named(person), today)
    const unlawful = source.inFiles?.unlawful(person.id)
    return unlawful === undefined ? entry : { ...entry, unlawful }
  })
  const ids = all.flatMap(({ memberships }) => memberships.map((one) => one.organizationId))
  const organizations = [...new Set(ids)].flatMap((id) => source.inFiles?.organization(id) ?? [])
  return writePack({ people: entries, organizations }, format)
}

async function withThoseTheyName(
  people: readonly Person[],
  source: PeopleSource,
): Promise<Person[]> {
  const all = new Map(people.map((person) => [person.id, person]))
  // A map goes on to whom it is given meanwhile.
  for (const { guardianIds, phoneHolderId } of all.values())
    for (const id of [...guardianIds, phoneHolderId ?? ''])
      if (id !== '' && !all.has(id)) all.set(id, await source.get(id))
  return [...all.values()]
}

/** `p-12` is whom the population calls so, and nobody else may be. */
const nameFor = (id: string) => (/^p-\d+$/.test(id) ? `copy-of-${id}` : id)

const named = (person: Person): Person => ({
  ...person,
  id: nameFor(person.id),
  guardianIds: person.guardianIds.map(nameFor),
  ...(person.phoneHolderId !== undefined && { phoneHolderId: nameFor(person.phoneHolderId) }),
})
