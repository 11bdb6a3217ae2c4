import type { People, Person, Role } from '../accounts/index.ts'
import type { SignIn } from './sign-in.ts'

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

/**
 * Whether somebody belongs to a child, ward or organisation, but may act for it nowhere: a guardian
 * of level 1, mere staff, the representative of what was dissolved.
 */
export async function isInNameOnly(
  people: People,
  person: Person,
  subjectId: string,
): Promise<boolean> {
  const roles = await people.rolesOf(person)
  if (roles.some((role) => role.subjectId === subjectId)) return false
  if (person.memberships.some(({ organizationId }) => organizationId === subjectId)) return true
  const dependant = await people.find(subjectId)
  return dependant?.guardianIds.includes(person.id) ?? false
}

/** Of these roles, the one that the person keeps from before in the session without being asked. */
export function roleKept({ remembered }: SignIn, roles: readonly Role[]): Role | undefined {
  return remembered?.isKept
    ? roles.find(({ subjectId }) => subjectId === remembered.subjectId)
    : undefined
}
