import { dayInVietNam, problemsAt, type Problem } from '../../kernel/index.ts'
import { dateProblems, isBornInTime } from '../consistency.ts'
import { agedOn } from '../everyone.ts'
import { lawProblems } from '../law-problems.ts'
import type { LawFacts } from '../law.ts'
import type { PersonEntry } from '../people-file.ts'
import type { Person } from '../person.ts'
import { isUnread, type EntryOrigin, type Placed } from './read-entries.ts'
import { settlePerson } from '../settle.ts'

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
  const all = placed.map((one): Judged => {
    const person = agedOn(settlePerson(one.entry, options.now), today)
    return { ...one, person, unread: unreadOf(one, person) }
  })
  const facts: LawFacts = {
    find: whoCanBeJudged(all),
    realNumberPrefixes: options.realNumberPrefixes ?? false,
  }
  return [
    ...numbersTaken(all, options),
    ...all.flatMap((one) => {
      const { index, person, entry } = one
      const unread = (place: string) => isUnread(one, place)
      return problemsAt(
        ['people', index],
        [...dateProblems(person, today), ...lawProblems(person, entry.unlawful, facts, unread)],
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
