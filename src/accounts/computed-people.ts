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

  get(id: string): Known | undefined {
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
