import type { Problem } from '../kernel/index.ts'
import type { Placed } from './consistency.ts'
import type { OrganizationEntry } from './people-file.ts'

/** Codes that two organisations have, and ones that are not founded yet. */
export function organizationProblems(
  placed: readonly Placed<OrganizationEntry>[],
  today: string,
): Problem[] {
  return [
    ...taken('code', placed),
    ...taken('tax_code', placed),
    ...placed.flatMap(({ index, entry: { founded_on: day } }): Problem[] => {
      if (day <= today) return []
      const path = ['organizations', index, 'founded_on']
      return [{ path, message: `must not be after today, got ${day}` }]
    }),
  ]
}

function taken(key: 'code' | 'tax_code', placed: readonly Placed<OrganizationEntry>[]): Problem[] {
  const holders = new Map<string, string>()
  return placed.flatMap(({ index, entry }): Problem[] => {
    const holder = holders.get(entry[key])
    if (holder === undefined) {
      holders.set(entry[key], entry.id)
      return []
    }
    const message = `must be its own, got "${entry[key]}" of "${holder}"`
    return [{ path: ['organizations', index, key], message }]
  })
}
