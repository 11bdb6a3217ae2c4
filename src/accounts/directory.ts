import { dayInVietNam, nearest, type Clock } from '../kernel/index.ts'
import { canActForOthers, everyoneOn, isMinor, whyOwnUnusable } from './everyone.ts'
import type { PeopleFile } from './people-file.ts'
import type { Organization, People, Person, Role, Unusable } from './person.ts'
import { settleOrganization, settlePerson, type Settled } from './settle.ts'

/** People that a file says, which may be read again while a world runs. */
export interface ReplaceablePeople extends People {
  /**
   * From now on these. What the file counts in years is still counted from when the world began, so
   * that nobody who did not change is born on another day.
   */
  replace(file: PeopleFile): void
}

/**
 * Everyone in a file, as they are at the clock's now. What the file counts in years is counted from
 * now; from then on people grow older with the clock.
 */
export function createPeople(options: { file: PeopleFile; clock: Clock }): ReplaceablePeople {
  const { file, clock } = options
  return new Directory(file, clock)
}

class Directory implements ReplaceablePeople {
  readonly #clock: Clock
  readonly #beganAt: number
  #settled: readonly Settled[] = []
  #idByNumber: ReadonlyMap<string, string> = new Map()
  #organizations: ReadonlyMap<string, Organization> = new Map()
  /** Everyone on `#day`: made once a day, because every sign-in looks people up several times. */
  #everyone: ReadonlyMap<string, Person> = new Map()
  #day = ''
  #minute = NaN

  constructor(file: PeopleFile, clock: Clock) {
    this.#clock = clock
    this.#beganAt = clock.now()
    this.replace(file)
  }

  replace(file: PeopleFile): void {
    this.#settled = file.people.map((entry) => settlePerson(entry, this.#beganAt))
    this.#idByNumber = new Map(this.#settled.map(({ number, id }) => [number, id]))
    const organizations = file.organizations.map(settleOrganization)
    this.#organizations = new Map(organizations.map((one) => [one.id, one]))
    this.#day = ''
    this.#minute = NaN
  }

  async find(idOrNumber: string): Promise<Person | undefined> {
    return this.#person(idOrNumber)
  }

  async organization(id: string): Promise<Organization | undefined> {
    return this.#organizations.get(id)
  }

  async personas(): Promise<readonly Person[]> {
    return [...this.#today().everyone.values()]
  }

  nearest(name: string): string | undefined {
    return nearest(name, this.#today().everyone.keys())
  }

  async rolesOf(person: Person): Promise<readonly Role[]> {
    const self: Role = { kind: 'self', subjectId: person.id, name: person.name }
    const { day } = this.#today()
    if (!canActForOthers(person, day)) return [self]
    return [self, ...this.#dependantsOf(person, day), ...this.#organizationsOf(person)]
  }

  async whyUnusable(person: Person): Promise<Unusable | undefined> {
    const { day } = this.#today()
    const own = whyOwnUnusable(person, day)
    if (own !== undefined || !isMinor(person)) return own
    return this.#ableGuardianOf(person, day) ? undefined : 'guardian_unable'
  }

  async phoneHolder(person: Person): Promise<Person> {
    if (!isMinor(person)) return person
    const [first = ''] = person.guardianIds
    return this.#ableGuardianOf(person, this.#today().day) ?? this.#person(first) ?? person
  }

  /** A day begins with a minute, so the calendar is asked once a minute. */
  #today(): { day: string; everyone: ReadonlyMap<string, Person> } {
    const now = this.#clock.now()
    const minute = Math.floor(now / 60_000)
    if (minute !== this.#minute) {
      this.#minute = minute
      this.#begin(dayInVietNam(now))
    }
    return { day: this.#day, everyone: this.#everyone }
  }

  #begin(day: string): void {
    if (day === this.#day) return
    this.#everyone = everyoneOn(this.#settled, day)
    this.#day = day
  }

  #person(idOrNumber: string): Person | undefined {
    return this.#today().everyone.get(this.#idByNumber.get(idOrNumber) ?? idOrNumber)
  }

  /** An account that cannot be used, cannot be used by a guardian either. Real: not confirmed. */
  #dependantsOf(guardian: Person, day: string): Role[] {
    return guardian.dependantIds.flatMap((id): Role[] => {
      const dependant = this.#person(id)
      if (dependant === undefined || whyOwnUnusable(dependant, day) !== undefined) return []
      const kind = isMinor(dependant) ? 'child' : 'ward'
      return [{ kind, subjectId: id, name: dependant.name }]
    })
  }

  #organizationsOf({ memberships }: Person): Role[] {
    return memberships.flatMap(({ organizationId, role }): Role[] => {
      const organization = this.#organizations.get(organizationId)
      if (organization?.state !== 'active' || role === 'staff') return []
      return [
        { kind: 'organization', subjectId: organizationId, name: organization.name, as: role },
      ]
    })
  }

  #ableGuardianOf(minor: Person, day: string): Person | undefined {
    return minor.guardianIds
      .map((id) => this.#person(id))
      .find((guardian) => guardian !== undefined && canActForOthers(guardian, day))
  }
}
