import { isDeepStrictEqual } from 'node:util'
import type * as z from 'zod'
import { LimitReached, problemsOf, type Changes, type Json, type Random } from '../kernel/index.ts'
import { changedEntry, fixedEntry } from './apply-wishes.ts'
import { PersonNotFound, PersonTaken, WishesRefused } from './errors.ts'
import { judge, type Proposal } from './judge.ts'
import { holderOf, inventId, knownAs, makePeople } from './make-people.ts'
import type { PersonEntry } from './people-file.ts'
import {
  leaverKey,
  leaversOf,
  personKey,
  recordOf,
  removedPerson,
  type Leaver,
} from './person-record.ts'
import type { Person } from './person.ts'
import type { Roll } from './roll.ts'
import type { Known } from './settled-file.ts'
import { newPersonSchema, personWishesSchema } from './wishes-schema.ts'
import type { NewPerson, PersonWishes } from './wishes.ts'

export interface RegistrarOptions {
  roll: Roll
  changes: Changes
  random: Random
  realNumberPrefixes: boolean
  /** How many people may be different from the file, or added to it. */
  mostChanges: number
}

/**
 * Makes, changes and removes people, each judged by the law before it counts. One after the other,
 * so that two changes of one person both hold.
 */
export class Registrar {
  readonly #options: RegistrarOptions

  constructor(options: RegistrarOptions) {
    this.#options = options
  }

  async create(wishes: NewPerson): Promise<Person> {
    const { id: wishedId, ...read } = readWishes(newPersonSchema, wishes)
    const { roll, random, changes } = this.#options
    let id = ''
    await changes.update(() => {
      id = wishedId ?? inventId(random, roll)
      const holder = holderOf(id, roll)
      if (holder !== undefined) throw new PersonTaken(id, holder)
      const made = makePeople(id, read, this.#options)
      return this.#judged(id, new Map(made.map((known) => [known.entry.id, known])))
    })
    return this.#get(id)
  }

  async change(idOrNumber: string, wishes: PersonWishes): Promise<Person> {
    const read = readWishes(personWishesSchema, wishes)
    const { roll, changes } = this.#options
    let id = ''
    await changes.update(() => {
      ;({ id } = this.#get(idOrNumber))
      if (Object.keys(read).length === 0) return {}
      const entry = changedEntry(this.#fixedEntry(id), read, roll.today)
      const changed = this.#changed(entry)
      return isSame(roll.known(id)!, changed[1]) ? {} : this.#judged(id, new Map([changed]))
    })
    return this.#get(id)
  }

  async remove(idOrNumber: string): Promise<void> {
    const { roll, changes } = this.#options
    await changes.update(() => {
      const { id, number } = this.#get(idOrNumber)
      const dependants = roll.dependantsOf(id).map((dependant) => {
        const entry = this.#fixedEntry(dependant)
        return this.#changed({ ...entry, guardians: entry.guardians.filter((one) => one !== id) })
      })
      const removed = this.#judged(id, new Map([[id, undefined], ...dependants]))
      return { ...removed, [leaverKey(id)]: { id, number } }
    })
  }

  leaver(idOrNumber: string): Leaver | undefined {
    const leavers = leaversOf(this.#options.changes)
    return (
      leavers.get(idOrNumber) ?? [...leavers.values()].find(({ number }) => number === idOrNumber)
    )
  }

  async left(id: string): Promise<void> {
    await this.#options.changes.change({ [leaverKey(id)]: null })
  }

  #get(idOrNumber: string): Person {
    const { roll } = this.#options
    const person = roll.find(idOrNumber)
    if (person === undefined) throw new PersonNotFound(idOrNumber, roll.nearest(idOrNumber))
    return person
  }

  #fixedEntry(id: string): PersonEntry {
    const { roll } = this.#options
    return fixedEntry(roll.known(id)!, roll.today)
  }

  #changed(entry: PersonEntry): [string, ReturnType<typeof knownAs>] {
    return [entry.id, knownAs(entry, this.#options.roll.now)]
  }

  /** What would stand in the world's changes, if nothing is against it. */
  #judged(mainId: string, proposal: Proposal): Readonly<Record<string, Json>> {
    const { roll, mostChanges } = this.#options
    const problems = judge(mainId, proposal, this.#options)
    if (problems.length > 0) throw new WishesRefused(problems)
    const added = [...proposal.keys()].filter((id) => !roll.isChanged(id)).length
    if (added > 0 && roll.changes + added > mostChanges)
      throw new LimitReached(
        mostChanges,
        `this world has ${mostChanges} changed people`,
        'Remove some that were added, reset the world, or make another.',
      )
    const entries = [...proposal].map(([id, known]): [string, Json] => {
      if (known) return [personKey(id), recordOf(known, roll.now)]
      return [personKey(id), roll.isOriginal(id) ? removedPerson : null]
    })
    return Object.fromEntries(entries)
  }
}

/** Whether there is nothing to say but that it was said now. */
function isSame(before: Known, after: Known): boolean {
  const { updatedAt } = before.person
  return (
    before.entry.unlawful === after.entry.unlawful &&
    isDeepStrictEqual({ ...after.person, updatedAt }, before.person)
  )
}

/** What is `undefined` is not mentioned. */
function readWishes<T>(schema: z.ZodType<T>, wishes: T): T {
  const isObject = typeof wishes === 'object' && wishes !== null && !Array.isArray(wishes)
  const mentioned = isObject && Object.entries(wishes).filter(([, value]) => value !== undefined)
  const read = schema.safeParse(mentioned ? Object.fromEntries(mentioned) : wishes)
  if (read.success) return read.data
  throw new WishesRefused(problemsOf(read.error, wishes))
}
