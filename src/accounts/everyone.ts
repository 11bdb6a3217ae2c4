import { ageOn } from './dates.ts'
import { ageOfOwnAccount, type AccountState, type Person, type Unusable } from './person.ts'
import type { Settled } from './settle.ts'

/**
 * A person as they are on one day, but for whose guardian they are. A child who turns 14 has no
 * guardian from that day on, and is nobody's dependant.
 */
export function agedOn(settled: Settled, today: string): Person {
  const age = ageOn(settled.birthDate, today)
  const guardianIds = age < ageOfOwnAccount || settled.isWard ? settled.guardianIds : []
  return { ...settled, age, guardianIds, dependantIds: [] }
}

/** Everyone as they are on one day, by id. */
export function everyoneOn(settled: readonly Settled[], today: string): Map<string, Person> {
  const people = new Map<string, Person>()
  const dependants = new Map<string, string[]>()
  for (const one of settled) {
    const person = agedOn(one, today)
    for (const guardianId of person.guardianIds)
      dependants.set(guardianId, [...(dependants.get(guardianId) ?? []), one.id])
    people.set(one.id, person)
  }
  for (const [id, dependantIds] of dependants) {
    const guardian = people.get(id)
    if (guardian) people.set(id, { ...guardian, dependantIds })
  }
  return people
}

export const isMinor = (person: Person): boolean => person.age < ageOfOwnAccount

const whyOfState = {
  'not-activated': 'account_not_activated',
  locked: 'account_locked',
  cancelled: 'account_cancelled',
} as const satisfies Partial<Record<AccountState, Unusable>>

/** Why a person's own account cannot be used on a day, whatever holds for their guardians. */
export function whyOwnUnusable(person: Person, today: string): Unusable | undefined {
  if (person.deceasedOn !== undefined && person.deceasedOn <= today) return 'deceased'
  if (person.account.state !== 'active') return whyOfState[person.account.state]
  // A card is valid through its last day. Decree 69/2024 Art. 15.
  const expiresOn = person.card?.expiresOn
  return expiresOn !== undefined && expiresOn < today ? 'card_expired' : undefined
}

/**
 * Whether a person may act for others: with a level-2 account of their own that can be used, and
 * when nobody must act for them.
 */
export function canActForOthers(person: Person, today: string): boolean {
  return (
    person.account.level === 2 &&
    !isMinor(person) &&
    !person.isWard &&
    whyOwnUnusable(person, today) === undefined
  )
}
