import { dayInVietNam, nearest, type Changes, type Clock } from '../kernel/index.ts'
import { ChangedPeople } from './changed-people.ts'
import { ComputedPeople } from './computed-people.ts'
import { ageOn } from './dates.ts'
import { agedOn } from './everyone.ts'
import { mayBeGuardian } from './law.ts'
import { ageOfOwnAccount, type Organization, type Person } from './person.ts'
import type { Population } from './population/index.ts'
import type { Known, SettledFile } from './settled-file.ts'

export interface RollOptions {
  clock: Clock
  file: SettledFile
  changes: Changes
  /** Who there is beside those of the file; nobody, without. */
  population?: Population | undefined
}

/**
 * Everyone of one world as they are today: those of its file and of its population, but for what
 * was changed while it runs. A world that changed nobody shares everyone of its file with all
 * others of that file; everybody else is made when they are asked for.
 */
export class Roll {
  readonly #clock: Clock
  readonly #changed = new ChangedPeople()
  readonly #computed: ComputedPeople
  #file: SettledFile
  /** Those of the file on `#day`. */
  #ofFile: ReadonlyMap<string, Person> = new Map()
  readonly #made = new Map<string, Person>()
  #ids: readonly string[] | undefined
  #sortedIds: readonly string[] | undefined
  #day = ''
  #minute = NaN

  constructor({ clock, file, changes, population }: RollOptions) {
    this.#clock = clock
    this.#file = file
    this.#computed = new ComputedPeople(population)
    this.#changed.follow(changes, (id, guardians) => this.#forget(id, guardians))
  }

  get file(): SettledFile {
    return this.#file
  }

  /** From now on these are the people of the file. */
  set file(file: SettledFile) {
    this.#file = file
    this.#day = ''
    this.#minute = NaN
    this.#ids = undefined
    this.#sortedIds = undefined
  }

  get now(): number {
    return this.#clock.now()
  }

  get population(): Population | undefined {
    return this.#computed.population
  }

  /** How many are different from the file and the population, or in neither. */
  get changes(): number {
    return this.#changed.size
  }

  /** A day begins with a minute, so the calendar is asked once a minute. */
  get today(): string {
    const minute = Math.floor(this.#clock.now() / 60_000)
    if (minute !== this.#minute) {
      this.#minute = minute
      this.#begin(dayInVietNam(this.#clock.now()))
    }
    return this.#day
  }

  find(idOrNumber: string): Person | undefined {
    const id = this.#idOfNumber(idOrNumber) ?? idOrNumber
    const { today } = this
    if (this.#changed.size === 0 && this.#file.people.has(id)) return this.#ofFile.get(id)
    const made = this.#made.get(id)
    if (made) return made
    const known = this.known(id)
    if (known === undefined) return undefined
    const aged = agedOn(known.person, today)
    const person: Person = {
      ...aged,
      // A file that was read again may not have somebody's guardian any more.
      guardianIds: aged.guardianIds.filter((guardian) => this.known(guardian)),
      dependantIds: this.#dependantsToday(id),
    }
    if (this.isNamed(id)) this.#made.set(id, person)
    return person
  }

  /** What is true of somebody on any day on which they are there, as today. */
  known(id: string): Known | undefined {
    if (this.#changed.has(id)) return this.#changed.get(id)
    return this.#file.people.get(id) ?? this.#computedOne(id)
  }

  /** Whether the file or a change speaks of them, also when it says that they are gone. */
  isNamed(id: string): boolean {
    return this.#changed.has(id) || this.#file.people.has(id)
  }

  /** Whether they are there as long as no change says otherwise. */
  isOriginal(id: string): boolean {
    return this.#file.people.has(id) || this.#computed.has(id)
  }

  organization(id: string): Organization | undefined {
    return this.#file.organizations.get(id)
  }

  /** Whether something was changed about them, or they were added. */
  isChanged(id: string): boolean {
    return this.#changed.has(id)
  }

  hasPhone(phone: string): boolean {
    return this.#file.phones.has(phone) || this.#changed.hasPhone(phone)
  }

  /** Whom they were ever named as guardian of, also those who are grown. */
  dependantsOf(id: string): readonly string[] {
    const changed = this.#changed.dependantsOf(id).toSorted()
    const all = new Set([
      ...(this.#file.dependants.get(id) ?? []),
      ...this.#computed.dependantsOf(id),
      ...changed,
    ])
    return [...all].filter((one) => this.known(one)?.person.guardianIds.includes(id))
  }

  /** Guardians of somebody who was changed. */
  guardiansOfChanged(): readonly string[] {
    return this.#changed.guardians()
  }

  /** Those of the file in its order, and then those who were added or changed, by id. */
  ids(): readonly string[] {
    return (this.#ids ??= [
      ...[...this.#file.people.keys()].filter((id) => this.known(id) !== undefined),
      ...this.#changed.added(this.#file.people).toSorted(),
    ])
  }

  /** In the order in which they are listed. */
  sortedIds(): readonly string[] {
    return (this.#sortedIds ??= this.ids().toSorted())
  }

  nearest(name: string): string | undefined {
    return nearest(name, this.ids())
  }

  #begin(day: string): void {
    if (day === this.#day) return
    this.#ofFile = this.#file.on(day)
    this.#made.clear()
    this.#day = day
  }

  /** Of everyone around them something is different too. */
  #forget(id: string, guardians: readonly string[]): void {
    this.#ids = undefined
    this.#sortedIds = undefined
    const inFile = this.#file.people.get(id)?.person.guardianIds ?? []
    for (const one of [id, ...guardians, ...inFile, ...this.dependantsOf(id)])
      this.#made.delete(one)
  }

  #dependantsToday(guardianId: string): string[] {
    return this.dependantsOf(guardianId).filter((id) => {
      const known = this.known(id)
      return known && agedOn(known.person, this.today).guardianIds.includes(guardianId)
    })
  }

  /** Whoever is named has their number for themselves. */
  #computedOne(id: string): Known | undefined {
    const known = this.#computed.on(this.today, id)
    if (known === undefined || this.#idOfNamed(known.person.number) !== undefined) return undefined
    return this.#isLookedAfter(known) ? known : undefined
  }

  /**
   * Whether they need no parent or guardian today, or have one who may be. A child without is not
   * there before the day on which they turn 14.
   */
  #isLookedAfter({ person: { birthDate, guardianIds, isWard } }: Known): boolean {
    if (!isWard && ageOn(birthDate, this.today) >= ageOfOwnAccount) return true
    return guardianIds.some((id) => {
      const guardian = this.known(id)
      return guardian !== undefined && mayBeGuardian(agedOn(guardian.person, this.today))
    })
  }

  #idOfNumber(text: string): string | undefined {
    const named = this.#idOfNamed(text)
    if (named !== undefined) return named
    const computed = this.#computed.idOfNumber(text)
    return computed === undefined || this.#changed.has(computed) ? undefined : computed
  }

  #idOfNamed(number: string): string | undefined {
    const changed = this.#changed.idOfNumber(number)
    if (changed !== undefined) return changed
    const id = this.#file.idByNumber.get(number)
    return id === undefined || this.#changed.has(id) ? undefined : id
  }
}
