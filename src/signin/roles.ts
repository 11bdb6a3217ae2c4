import type { People, Person, Role } from '../accounts/index.ts'

/**
 * Of the roles a person has, those that a relying party allows. A minor is a child as themselves,
 * too.
 */
export async function rolesAllowed(
  people: People,
  person: Person,
  allow: readonly Role['kind'][],
): Promise<readonly Role[]> {
  const isMinor = person.age < 14
  const roles = await people.rolesOf(person)
  return roles.filter(({ kind }) => allow.includes(kind === 'self' && isMinor ? 'child' : kind))
}
