import type { Person } from '../accounts/index.ts'
import type { SignIn } from '../signin/index.ts'

/** The key of the words for a refusal, some of which have more than one cause. */
export function refusalWords(
  { refusal, role, demand, lockedUntil = 0 }: SignIn,
  person: Person | undefined,
  now: number,
): string {
  if (refusal === 'locked_out' && now >= lockedUntil) return 'lock_over'
  if (refusal === 'card_expired' && person?.kind === 'foreigner') return 'card_expired_foreigner'
  if (refusal !== 'role_not_allowed') return refusal!
  if (role !== undefined) return 'role_lost'
  const isOfSome = person !== undefined && person.memberships.length > 0
  return isOfSome && demand.allow.includes('organization') ? 'organization_not_allowed' : refusal
}
