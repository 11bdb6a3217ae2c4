import { systemRandom, type Changes, type Clock, type Random } from '../kernel/index.ts'
import { changesOfOne } from './changes-of-one.ts'
import { Directory } from './directory.ts'
import { oneWhoMeets, whoMeet, type PeopleSearch } from './find-people.ts'
import type { PeopleFile } from './people-file.ts'
import type { Leaver } from './person-record.ts'
import type { People, Person } from './person.ts'
import type { PeopleCriteria } from './people-criteria.ts'
import type { Population } from './population/index.ts'
import { Registrar } from './registrar.ts'
import { Roll } from './roll.ts'
import { settleFile } from './settled-file.ts'
import type { NewPerson, PersonWishes } from './wishes.ts'

/** Which people are listed. */
export interface ListOptions {
  /**
   * How many at most, up to 1,000.
   *
   * @default 100
   */
  limit?: number
  /** Only those whose id comes after this one. */
  after?: string
}

/** People who can be made, changed and removed while a world runs, by whoever serves it. */
export interface ChangeablePeople extends People {
  /**
   * Adds somebody. What is left out is made up so that the law holds: someone who needs a guardian
   * gets one, unless `guardians` says who.
   *
   * @throws {@link WishesRefused} With everything that is wrong with the wishes.
   * @throws {@link LimitReached} When the world has as many changed people as it may.
   */
  create(wishes?: NewPerson): Promise<Person>
  /**
   * Changes what is said, if it is not so already; the rest stays, the number too, whatever becomes
   * of birth date and sex: the law knows no other. What it would newly break is refused, of the
   * person and of those they are guardian of.
   *
   * @throws {@link PersonNotFound} {@link WishesRefused} {@link LimitReached}
   */
  change(idOrNumber: string, wishes: PersonWishes): Promise<Person>
  /**
   * Removes somebody; they are nobody's guardian any more. In the same step they become a
   * {@link leaver}, until {@link left} is said of them.
   *
   * @throws {@link PersonNotFound}
   * @throws {@link WishesRefused} When a child or ward would be left without a guardian.
   */
  remove(idOrNumber: string): Promise<void>
  /** Somebody who was removed, as long as something of what they held may be there. */
  leaver(idOrNumber: string): Leaver | undefined
  /** Nothing is left of what somebody held who was removed. */
  left(id: string): Promise<void>
  /** Those of the file and those who were added or changed, by id. */
  list(options?: ListOptions): Promise<Person[]>
  /**
   * Those who meet the criteria as they are now: first whom {@link list} has, by id, then those of
   * the population. Where a million looks find nobody more, there is nobody; to make somebody and
   * turn them away counts as a hundred. Others are let on in the meantime.
   */
  search(criteria: PeopleCriteria, options?: PeopleSearch): Promise<Person[]>
  /**
   * One who meets the criteria, by chance: somebody of the population whom nobody changed, and one
   * of the others only where there is none.
   *
   * @param seed The same seed finds the same person. Without, it follows from the world's chance.
   */
  random(criteria?: PeopleCriteria, seed?: string): Promise<Person | undefined>
}

/** People that a file says, which may be read again while a world runs. */
export interface ReplaceablePeople extends ChangeablePeople {
  /**
   * From now on these. What the file counts in years is still counted from when the world began, so
   * that nobody who did not change is born on another day. What was changed of people stays.
   */
  replace(file: PeopleFile): void
  /** From now on the file's years are counted from this moment, in milliseconds. */
  beginAt(ms: number): void
}

export interface PeopleOptions {
  file: PeopleFile
  clock: Clock
  /**
   * From when the file's years are counted, in milliseconds.
   *
   * @default the clock's now
   */
  beganAt?: number
  /** Who there is beside those of the file: nobody, without. */
  population?: Population | undefined
  /** What was changed in the world; known to nobody else, without. */
  changes?: Changes
  /** Where chance comes from. What is made up follows from it. */
  random?: Random
  /**
   * Whether people may have numbers that begin like a real person's.
   *
   * @default false
   */
  realNumberPrefixes?: boolean
  /**
   * How many people may be different from the file, or added to it.
   *
   * @default 100000
   */
  mostChanges?: number
}

/**
 * Everyone in a world, as they are at the clock's now. What its file counts in years is counted
 * from when it began; from then on people grow older with the clock.
 */
export function createPeople(options: PeopleOptions): ReplaceablePeople {
  return new WorldPeople(options)
}

class WorldPeople extends Directory implements ReplaceablePeople {
  readonly #roll: Roll
  readonly #registrar: Registrar
  readonly #random: Random
  #file: PeopleFile
  #beganAt: number

  constructor(options: PeopleOptions) {
    const { file, clock, beganAt = clock.now(), changes = changesOfOne(), population } = options
    const { random = systemRandom, realNumberPrefixes = false, mostChanges = 100_000 } = options
    const roll = new Roll({ clock, changes, population, file: settleFile(file, beganAt) })
    super(roll)
    this.#roll = roll
    this.#registrar = new Registrar({ roll, changes, random, realNumberPrefixes, mostChanges })
    this.#random = random
    this.#file = file
    this.#beganAt = beganAt
  }

  replace(file: PeopleFile): void {
    this.#file = file
    this.#roll.file = settleFile(file, this.#beganAt)
  }

  beginAt(ms: number): void {
    this.#beganAt = ms
    this.#roll.file = settleFile(this.#file, ms)
  }

  create(wishes: NewPerson = {}): Promise<Person> {
    return this.#registrar.create(wishes)
  }

  change(idOrNumber: string, wishes: PersonWishes): Promise<Person> {
    return this.#registrar.change(idOrNumber, wishes)
  }

  remove(idOrNumber: string): Promise<void> {
    return this.#registrar.remove(idOrNumber)
  }

  leaver(idOrNumber: string): Leaver | undefined {
    return this.#registrar.leaver(idOrNumber)
  }

  left(id: string): Promise<void> {
    return this.#registrar.left(id)
  }

  async list({ limit = 100, after }: ListOptions = {}): Promise<Person[]> {
    const ids = this.#roll.sortedIds()
    const from = after === undefined ? 0 : placeAfter(ids, after)
    return ids
      .slice(from, from + Math.min(limit, mostListed))
      .flatMap((id) => this.#roll.find(id) ?? [])
  }

  async search(
    criteria: PeopleCriteria,
    { limit = 20, ...options }: PeopleSearch = {},
  ): Promise<Person[]> {
    const found: Person[] = []
    const most = Math.min(limit, mostListed)
    if (most < 1) return found
    for await (const person of whoMeet(this.#roll, criteria, options))
      if (found.push(person) >= most) break
    return found
  }

  async random(
    criteria: PeopleCriteria = {},
    seed: string = this.#random.id(),
  ): Promise<Person | undefined> {
    return oneWhoMeets(this.#roll, criteria, seed)
  }
}

const mostListed = 1000

/** Where the first stands that comes after an id, whether somebody has it or not. */
function placeAfter(sorted: readonly string[], id: string): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! <= id) low = middle + 1
    else high = middle
  }
  return low
}
