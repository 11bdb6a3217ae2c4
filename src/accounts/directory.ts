import { canActForOthers, isMinor, whyOwnUnusable } from './everyone.ts'
import type { Organization, People, Person, Role, Unusable } from './person.ts'
import type { Roll } from './roll.ts'
import { ableGuardianOf, whyUnusable } from './usable.ts'

/** Answers who people are, by the roll of a world. */
export class Directory implements People {
  readonly #roll: Roll

  constructor(roll: Roll) {
    this.#roll = roll
  }

  async find(idOrNumber: string): Promise<Person | undefined> {
    return this.#roll.find(idOrNumber)
  }

  async organization(id: string): Promise<Organization | undefined> {
    return this.#roll.organization(id)
  }

  async personas(): Promise<readonly Person[]> {
    return this.#roll.ids().flatMap((id) => this.#roll.find(id) ?? [])
  }

  nearest(name: string): string | undefined {
    return this.#roll.nearest(name)
  }

  async rolesOf(person: Person): Promise<readonly Role[]> {
    const self: Role = { kind: 'self', subjectId: person.id, name: person.name }
    if (!canActForOthers(person, this.#roll.today)) return [self]
    return [self, ...this.#dependantsOf(person), ...this.#organizationsOf(person)]
  }

  async whyUnusable(person: Person): Promise<Unusable | undefined> {
    return whyUnusable(this.#roll, person)
  }

  async phoneHolder(person: Person): Promise<Person> {
    if (!isMinor(person)) return this.#ownerOfPhone(person)
    const [first = ''] = person.guardianIds
    return ableGuardianOf(this.#roll, person) ?? this.#roll.find(first) ?? person
  }

  /** Their app is their own account's, so what arrives for somebody else is a text message. */
  #ownerOfPhone(person: Person): Person {
    const owner = this.#roll.find(person.phoneHolderId ?? '')
    if (owner === undefined || person.phone === undefined) return person
    const { device: _device, ...account } = owner.account
    return { ...owner, phone: person.phone, account }
  }

  /** An account that cannot be used, cannot be used by a guardian either. Real: not confirmed. */
  #dependantsOf(guardian: Person): Role[] {
    return guardian.dependantIds.flatMap((id): Role[] => {
      const dependant = this.#roll.find(id)
      if (!dependant || whyOwnUnusable(dependant, this.#roll.today) !== undefined) return []
      const kind = isMinor(dependant) ? 'child' : 'ward'
      return [{ kind, subjectId: id, name: dependant.name }]
    })
  }

  #organizationsOf({ memberships }: Person): Role[] {
    return memberships.flatMap(({ organizationId, role }): Role[] => {
      const organization = this.#roll.organization(organizationId)
      if (organization?.state !== 'active' || role === 'staff') return []
      return [
        { kind: 'organization', subjectId: organizationId, name: organization.name, as: role },
      ]
    })
  }
}
