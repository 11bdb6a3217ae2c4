import { isMinor } from './everyone.ts'
import type { Chance } from './invention/index.ts'
import type { Person } from './person.ts'
import type { NewPerson } from './wishes.ts'

/**
 * Wishes for the guardian of somebody who needs one: of a child the mother, or the father with the
 * same family name; of a ward somebody who could be a relative.
 */
export function guardianFor(dependant: Person, chance: Chance): NewPerson & { id: string } {
  const { id, age, kind, nationality, address, familyName } = dependant
  const isChild = isMinor(dependant)
  const sex = chance.pick(['female', 'male'] as const)
  const parent = sex === 'female' ? 'mother' : 'father'
  const isNamedAlike = (sex === 'male' || !isChild) && familyName !== ''
  return {
    id: `${isChild ? parent : 'guardian'}-of-${id}`,
    kind,
    nationality,
    sex,
    age: isChild ? age + 24 + chance.below(14) : 30 + chance.below(25),
    address,
    ...(isNamedAlike && { familyName }),
  }
}
