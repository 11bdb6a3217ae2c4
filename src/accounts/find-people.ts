import type { PeopleCriteria } from './people-criteria.ts'
import { agesOf } from './population/index.ts'
import { chanceFrom } from './invention/index.ts'
import { isMinor } from './everyone.ts'
import type { Person } from './person.ts'
import type { Roll } from './roll.ts'
import { whyUnusable } from './usable.ts'

/** Which of those who meet the criteria. */
export interface PeopleSearch {
  /**
   * How many at most, up to 1,000.
   *
   * @default 20
   */
  limit?: number
  /** The id of the last one who is known already. */
  after?: string
  /** Where in the population to begin: another seed, other people first. */
  seed?: string
}

/**
 * Everyone who meets the criteria as they are now: first those of the file and those who were added
 * or changed, by id, and then those of the population who are as they were.
 */
export function* whoMeet(
  roll: Roll,
  criteria: PeopleCriteria,
  { after, seed }: Omit<PeopleSearch, 'limit'> = {},
): Generator<Person> {
  const named = namedFor(roll, criteria)
  const isFurther = after !== undefined && roll.isOriginal(after) && !named.includes(after)
  if (!isFurther) {
    const rest = after === undefined ? named : named.filter((id) => id > after)
    yield* meeting(roll, criteria, rest)
  }
  const walk = { ...(seed !== undefined && { seed }), ...(isFurther && { after }) }
  yield* unchanged(roll, criteria, new Set(named), walk)
}

/** One of them, by chance: of the population where somebody is, and else of all others. */
export function oneWhoMeets(
  roll: Roll,
  criteria: PeopleCriteria,
  seed: string,
): Person | undefined {
  const named = namedFor(roll, criteria)
  for (const person of unchanged(roll, criteria, new Set(named), { seed })) return person
  const others = [...meeting(roll, criteria, named)]
  return others[chanceFrom(seed).below(Math.max(1, others.length))]
}

/** Whoever may be different from what the population says of them. */
function namedFor(roll: Roll, { hasChildren }: PeopleCriteria): readonly string[] {
  if (hasChildren === undefined) return roll.sortedIds()
  return [...new Set([...roll.ids(), ...roll.guardiansOfChanged()])].toSorted()
}

function* meeting(roll: Roll, criteria: PeopleCriteria, ids: Iterable<string>): Generator<Person> {
  for (const id of ids) {
    const person = roll.find(id)
    if (person && meets(roll, person, criteria)) yield person
  }
}

function* unchanged(
  roll: Roll,
  criteria: PeopleCriteria,
  named: ReadonlySet<string>,
  walk: { seed?: string; after?: string },
): Generator<Person> {
  const { population, today } = roll
  if (population === undefined) return
  for (const index of population.matching(criteria, { ...walk, day: today })) {
    const id = `p-${index}`
    if (!named.has(id) && !roll.isNamed(id)) yield* meeting(roll, criteria, [id])
  }
}

function meets(roll: Roll, person: Person, criteria: PeopleCriteria): boolean {
  const { sex, kind, level, state, province, hasChildren, canSignIn } = criteria
  const { from, to } = agesOf(criteria)
  const wanted = [
    [sex, person.sex],
    [kind, person.kind],
    [level, person.account.level],
    [state, person.account.state],
    [province, person.address.province],
  ]
  return (
    wanted.every(([wish, is]) => wish === undefined || wish === is) &&
    person.age >= from &&
    person.age <= to &&
    (hasChildren === undefined || hasChildren === isParent(roll, person)) &&
    (canSignIn === undefined || canSignIn === (whyUnusable(roll, person) === undefined))
  )
}

const isParent = (roll: Roll, { dependantIds }: Person) =>
  dependantIds.some((id) => {
    const dependant = roll.find(id)
    return dependant !== undefined && isMinor(dependant)
  })
