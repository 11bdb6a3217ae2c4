import { ageOn } from './dates.ts'
import { levelTwoFrom } from './law.ts'
import type { Population } from './population/index.ts'
import { settlePerson } from './settle.ts'
import type { Known } from './settled-file.ts'

/** Whoever signs in is asked for again and again. */
const mostKept = 200

/** The people of a population as a directory knows people: with dates instead of years. */
export class ComputedPeople {
  readonly #population: Population | undefined
  readonly #kept = new Map<string, Known>()

  constructor(population: Population | undefined) {
    this.#population = population?.size === 0 ? undefined : population
  }

  get population(): Population | undefined {
    return this.#population
  }

  has(id: string): boolean {
    return this.#population?.indexOfId(id) !== undefined
  }

  /**
   * Somebody on a day. Before their birth nobody is there, and before the age for level 2 nobody
   * has it, whatever they have on the day the population is of.
   */
  on(day: string, id: string): Known | undefined {
    const known = this.#get(id)
    if (known === undefined || known.person.birthDate > day) return undefined
    const isYoung = ageOn(known.person.birthDate, day) < levelTwoFrom
    return isYoung && known.entry.account.level === 2 ? withLevelOne(known) : known
  }

  #get(id: string): Known | undefined {
    const kept = this.#kept.get(id)
    if (kept) return kept
    const population = this.#population
    const index = population?.indexOfId(id)
    if (population === undefined || index === undefined) return undefined
    const entry = population.personAt(index)
    const known = { entry, person: settlePerson(entry, population.beganAt) }
    this.#keep(id, known)
    return known
  }

  idOfNumber(number: string): string | undefined {
    const index = this.#population?.indexOfNumber(number)
    return index === undefined ? undefined : `p-${index}`
  }

  /** Whom they were ever named as guardian of. */
  dependantsOf(id: string): readonly string[] {
    const index = this.#population?.indexOfId(id)
    return index === undefined ? [] : this.#population!.dependantsAt(index)
  }

  #keep(id: string, known: Known): void {
    const [oldest] = this.#kept.keys()
    if (this.#kept.size >= mostKept && oldest !== undefined) this.#kept.delete(oldest)
    this.#kept.set(id, known)
  }
}

const withLevelOne = ({ entry, person }: Known): Known => ({
  entry: { ...entry, account: { ...entry.account, level: 1 } },
  person: { ...person, account: { ...person.account, level: 1 } },
})
