import type { DocumentsEntry } from './documents.ts'
import type { AccountState, Level, Membership, Organization, Sex } from './person.ts'
import type { ValidityEntry } from './validity.ts'

/** A person as a file describes them; what is counted in years is counted from the world's start. */
export interface PersonEntry {
  id: string
  tests?: { vi: string; en: string } | undefined
  name: string
  previous_names?: string[] | undefined
  family_name?: string | undefined
  middle_name?: string | undefined
  given_name?: string | undefined
  kind: 'citizen' | 'foreigner'
  sex: Sex
  age?: number | undefined
  birthday?: string | undefined
  birth_date?: string | undefined
  number?: string | undefined
  nationality: string
  place_of_origin: string
  place_of_birth_registration?: string | undefined
  address: AddressEntry
  phone?: string | undefined
  phone_holder?: string | undefined
  email?: string | undefined
  passport?: string | undefined
  card?: ValidityEntry | undefined
  previous_numbers: string[]
  account: {
    level: Level
    state: AccountState
    password: string
    passcode: string
    device?: string | undefined
  }
  guardians: string[]
  ward: boolean
  memberships: { organization: string; role: Membership['role'] }[]
  documents?: DocumentsEntry | undefined
  deceased_days_ago?: number | undefined
  updated_days_ago?: number | undefined
  unlawful?: string | undefined
}

interface AddressEntry {
  street?: string | undefined
  commune?: string | undefined
  province: string
}

/** An organisation as a file describes it. */
export interface OrganizationEntry {
  id: string
  code: string
  tax_code: string
  name: string
  short_name?: string | undefined
  foreign_name?: string | undefined
  founded_on: string
  head_office: AddressEntry
  state: Organization['state']
}

/** A file of people whose every value has been checked: what `checkPeople` makes of it. */
export interface PeopleFile {
  people: PersonEntry[]
  organizations: OrganizationEntry[]
}
