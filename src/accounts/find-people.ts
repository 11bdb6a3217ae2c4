import type { PeopleCriteria } from './people-criteria.ts'
import { agesOf } from './population/index.ts'
import { chanceFrom } from './invention/index.ts'
import { isMinor } from './everyone.ts'
import type { Person } from './person.ts'
import type { Roll } from './roll.ts'
import { whyUnusable } from './usable.ts'
import { withRests } from './with-rests.ts'

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

/** Somebody who meets the criteria, or a rest: a moment to let others on. */
type Step = Person | undefined

/**
 * Everyone who meets the criteria as they are now: first those of the file and those who were added
 * or changed, by id, and then those of the population who are as they were.
 */
export const whoMeet = (
  roll: Roll,
  criteria: PeopleCriteria,
  search: Omit<PeopleSearch, 'limit'> = {},
): AsyncGenerator<Person> => withRests(steps(roll, criteria, search))

function* steps(
  roll: Roll,
  criteria: PeopleCriteria,
  { after, seed }: Omit<PeopleSearch, 'limit'>,
): Generator<Step> {
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
export async function oneWhoMeets(
  roll: Roll,
  criteria: PeopleCriteria,
  seed: string,
): Promise<Person | undefined> {
  const named = namedFor(roll, criteria)
  for await (const person of withRests(unchanged(roll, criteria, new Set(named), { seed })))
    return person
  const others: Person[] = []
  for await (const person of withRests(meeting(roll, criteria, named))) others.push(person)
  return others[chanceFrom(seed).below(Math.max(1, others.length))]
}

/** Whoever may be different from what the population says of them. */
function namedFor(roll: Roll, { hasChildren }: PeopleCriteria): readonly string[] {
  if (hasChildren === undefined) return roll.sortedIds()
  return [...new Set([...roll.ids(), ...roll.guardiansOfChanged()])].toSorted()
}

/** So many take some milliseconds. */
const namedBeforeRest = 100

function* meeting(roll: Roll, criteria: PeopleCriteria, ids: readonly string[]): Generator<Step> {
  for (const [nth, id] of ids.entries()) {
    const person = roll.find(id)
    if (person && meets(roll, person, criteria)) yield person
    if (nth % namedBeforeRest === namedBeforeRest - 1) yield undefined
  }
}

function* unchanged(
  roll: Roll,
  criteria: PeopleCriteria,
  named: ReadonlySet<string>,
  walk: { seed?: string; after?: string },
): Generator<Step> {
  const { population, today } = roll
  if (population === undefined) return
  yield* population.matching(criteria, { ...walk, day: today }, (index) => {
    const id = `p-${index}`
    if (named.has(id) || roll.isNamed(id)) return undefined
    const person = roll.find(id)
    return person && meets(roll, person, criteria) ? person : undefined
  })
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
