import { dayInVietNam, problemsAt, type Problem } from '../../kernel/index.ts'
import { dateProblems, isBornInTime } from '../consistency.ts'
import { agedOn } from '../everyone.ts'
import { lawProblems } from '../law-problems.ts'
import type { LawFacts } from '../law.ts'
import type { PersonEntry } from '../people-file.ts'
import type { Person } from '../person.ts'
import { isUnread, type EntryOrigin, type Placed } from './read-entries.ts'
import { settlePeople, settlePerson } from '../settle.ts'

interface Options {
  now: number
  realNumberPrefixes?: boolean
  originOf: (list: string, index: number) => EntryOrigin
}

/** Somebody as their entry has them, also with something in it that could not be read. */
interface Judged extends Placed<PersonEntry> {
  person: Person
}

/** Days that contradict each other, numbers of somebody else, and whatever the law forbids. */
export function personProblems(
  placed: readonly Placed<PersonEntry>[],
  options: Options,
): Problem[] {
  const today = dayInVietNam(options.now)
  const entries = placed.map(({ entry }) => entry)
  const all = settlePeople(entries, options.now).map((settled, at): Judged => {
    const [one, person] = [placed[at]!, agedOn(settled, today)]
    return { ...one, person, unread: unreadOf(one, person) }
  })
  const facts: LawFacts = {
    find: whoCanBeJudged(all),
    realNumberPrefixes: options.realNumberPrefixes ?? false,
  }
  return [
    ...numbersTaken(all, options),
    ...numbersTakenAway(all, options),
    ...all.flatMap((one) => {
      const { index, person, entry } = one
      const unread = (place: string) => isUnread(one, place)
      const isMade = entry.number === undefined
      return problemsAt(
        ['people', index],
        [
          ...dateProblems(person, today),
          ...lawProblems(person, entry.unlawful, facts, unread, isMade),
        ],
      )
    }),
  ]
}

/** From what a number follows that an entry does not say. */
const behindNumber = ['id', 'sex', 'age', 'birth_date', 'birthday', 'place_of_birth_registration']

/** Nobody has an age or a number to be judged by who is born on a day that cannot be. */
function unreadOf(one: Placed<PersonEntry>, person: Person): ReadonlySet<string> {
  const isBorn = isBornInTime(person) && person.age >= 0
  const unread = new Set([...one.unread, ...(isBorn ? [] : ['age'])])
  const follows = one.entry.number === undefined
  return follows && behindNumber.some((key) => unread.has(key)) ? unread.add('number') : unread
}

const onWhichGuardiansDepend = ['id', 'account.level', 'age', 'birth_date', 'ward']

/** By id. Of those who are called alike the first is meant. */
function whoCanBeJudged(all: readonly Judged[]): LawFacts['find'] {
  const firsts = new Map<string, Judged>()
  for (const one of all)
    if (!isUnread(one, 'id') && !firsts.has(one.entry.id)) firsts.set(one.entry.id, one)
  return (id) => {
    const one = firsts.get(id)
    return one && !onWhichGuardiansDepend.some((place) => isUnread(one, place))
      ? one.person
      : undefined
  }
}

function numbersTaken(all: readonly Judged[], { originOf }: Options): Problem[] {
  const holders = new Map<string, Judged>()
  return all.flatMap((one): Problem[] => {
    const { index, person } = one
    if (isUnread(one, 'number')) return []
    const holder = holders.get(person.number)
    if (holder === undefined) holders.set(person.number, one)
    if (holder === undefined) return []
    const { id } = holder.entry
    const isNamed = !isUnread(holder, 'id')
    // Who is told of twice has their number twice: what is said of the id is enough.
    if (isNamed && id === one.entry.id) return []
    const whose = isNamed ? `"${id}"` : originOf('people', holder.index).place()
    const message = `must be their own, got "${person.number}" of ${whose}`
    return [{ path: ['people', index, 'number'], message }]
  })
}

/**
 * A number that is given leaves whoever stands before with theirs, so that nobody's changes when a
 * file is read again with one more at its end.
 */
function numbersTakenAway(all: readonly Judged[], { now }: Options): Problem[] {
  const given = new Map(
    all.filter(({ entry }) => entry.number !== undefined).map((one) => [one.entry.number, one]),
  )
  if (given.size === 0) return []
  return all.flatMap((holder): Problem[] => {
    if (holder.entry.number !== undefined) return []
    const one = given.get(settlePerson(holder.entry, now).number)
    if (one === undefined || one.entry.id === holder.entry.id) return []
    if (one.index < holder.index) return []
    if (isUnread(one, 'number') || isUnread(holder, 'number') || isUnread(holder, 'id')) return []
    const message = `must be their own, got "${one.entry.number}" of "${holder.entry.id}"`
    return [{ path: ['people', one.index, 'number'], message }]
  })
}
