import type { Problem } from '../../kernel/index.ts'
import type { OrganizationEntry } from '../people-file.ts'
import { isUnread, type EntryOrigin, type Placed } from './read-entries.ts'

/** Codes that two organisations have, and ones that are not founded yet. */
export function organizationProblems(
  placed: readonly Placed<OrganizationEntry>[],
  today: string,
  originOf: (list: string, index: number) => EntryOrigin,
): Problem[] {
  const nameOf = (one: Placed<OrganizationEntry>) =>
    isUnread(one, 'id') ? originOf('organizations', one.index).place() : `"${one.entry.id}"`
  return [
    ...taken('code', placed, nameOf),
    ...taken('tax_code', placed, nameOf),
    ...placed.flatMap(({ index, entry: { founded_on: day } }): Problem[] => {
      if (day <= today) return []
      const path = ['organizations', index, 'founded_on']
      return [{ path, message: `must not be after today, got ${day}` }]
    }),
  ]
}

function taken(
  key: 'code' | 'tax_code',
  placed: readonly Placed<OrganizationEntry>[],
  nameOf: (one: Placed<OrganizationEntry>) => string,
): Problem[] {
  const holders = new Map<string, Placed<OrganizationEntry>>()
  return placed.flatMap((one): Problem[] => {
    const { index, entry } = one
    if (isUnread(one, key)) return []
    const holder = holders.get(entry[key])
    if (holder === undefined) holders.set(entry[key], one)
    // Which is told of twice has its codes twice: what is said of the id is enough.
    if (holder === undefined || nameOf(holder) === nameOf(one)) return []
    const message = `must be its own, got "${entry[key]}" of ${nameOf(holder)}`
    return [{ path: ['organizations', index, key], message }]
  })
}
