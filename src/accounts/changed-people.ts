import type { Changes, Json } from '../kernel/index.ts'
import { readRecord } from './person-record.ts'
import type { Known } from './settled-file.ts'

/**
 * The people that were made, changed or removed while a world runs, as its changes say. Following a
 * change costs what it touches, however many there are.
 */
export class ChangedPeople {
  /** `undefined` for somebody who was removed. */
  readonly #known = new Map<string, Known | undefined>()
  readonly #byNumber = new Index()
  readonly #byPhone = new Index()
  readonly #byGuardian = new Index()

  /** @param told Is told who is different now, and all who were or are their guardians. */
  follow(
    changes: Pick<Changes, 'follow'>,
    told: (id: string, guardians: readonly string[]) => void,
  ): void {
    changes.follow('person', (id, value) => {
      const before = this.#known.get(id)
      const after = this.#take(id, value)
      told(id, [...guardiansOf(before), ...guardiansOf(after)])
    })
  }

  get size(): number {
    return this.#known.size
  }

  /** Whether this says what is true of them, removed or not. */
  has(id: string): boolean {
    return this.#known.has(id)
  }

  get(id: string): Known | undefined {
    return this.#known.get(id)
  }

  /** Whoever is not in the file. */
  added(file: ReadonlyMap<string, unknown>): string[] {
    return [...this.#known].flatMap(([id, known]) => (known && !file.has(id) ? id : []))
  }

  idOfNumber(number: string): string | undefined {
    return this.#byNumber.of(number)[0]
  }

  hasPhone(phone: string): boolean {
    return this.#byPhone.of(phone).length > 0
  }

  guardians(): readonly string[] {
    return this.#byGuardian.keys()
  }

  dependantsOf(guardianId: string): readonly string[] {
    return this.#byGuardian.of(guardianId)
  }

  #take(id: string, value: Json): Known | undefined {
    const before = this.#known.get(id)
    if (before) this.#index('remove', before)
    if (value === null) {
      this.#known.delete(id)
      return undefined
    }
    const after = readRecord(value)
    this.#known.set(id, after)
    if (after) this.#index('add', after)
    return after
  }

  #index(how: 'add' | 'remove', { person }: Known): void {
    this.#byNumber[how](person.number, person.id)
    if (person.phone !== undefined) this.#byPhone[how](person.phone, person.id)
    for (const guardianId of person.guardianIds) this.#byGuardian[how](guardianId, person.id)
  }
}

const guardiansOf = (known: Known | undefined): readonly string[] => known?.person.guardianIds ?? []

/** Whom one finds by something that several people may have. */
class Index {
  readonly #ids = new Map<string, Set<string>>()

  of(key: string): readonly string[] {
    return [...(this.#ids.get(key) ?? [])]
  }

  keys(): readonly string[] {
    return [...this.#ids.keys()]
  }

  add(key: string, id: string): void {
    this.#ids.set(key, (this.#ids.get(key) ?? new Set()).add(id))
  }

  remove(key: string, id: string): void {
    const ids = this.#ids.get(key)
    ids?.delete(id)
    if (ids?.size === 0) this.#ids.delete(key)
  }
}
