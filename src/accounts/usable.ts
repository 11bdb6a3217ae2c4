import { canActForOthers, isMinor, whyOwnUnusable } from './everyone.ts'
import type { Person, Unusable } from './person.ts'
import type { Roll } from './roll.ts'

type Today = Pick<Roll, 'find' | 'today'>

/** Why an account cannot be used now; a child's needs somebody who can confirm. */
export function whyUnusable(roll: Today, person: Person): Unusable | undefined {
  const own = whyOwnUnusable(person, roll.today)
  if (own !== undefined || !isMinor(person)) return own
  return ableGuardianOf(roll, person) ? undefined : 'guardian_unable'
}

/** The first parent or guardian who can act for somebody now. */
export const ableGuardianOf = (roll: Today, { guardianIds }: Person): Person | undefined =>
  guardianIds
    .map((id) => roll.find(id))
    .find((guardian) => guardian !== undefined && canActForOthers(guardian, roll.today))
