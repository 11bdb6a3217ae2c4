/**
 * A level of an account: 1 is identity data, 2 is the full electronic identity. Decree 69/2024 Art.
 * 7.
 */
export type Level = 1 | 2

/** From this age on nobody is a minor to VNeID. Decree 69/2024 Art. 7. */
export const ageOfOwnAccount = 14

/** The state of an account. `cancelled` is a closed account, not a cancelled sign-in. */
export type AccountState = 'not-activated' | 'active' | 'locked' | 'cancelled'

export type Sex = 'male' | 'female'

/** Where a person lives or was born: a province of today and what is below it. */
export interface Address {
  /** House and street. */
  street?: string
  /** Commune, ward or special zone (xã, phường, đặc khu). */
  commune?: string
  province: string
}

/**
 * One role a person holds in an organisation. Only the first two may act for it. Decree 69/2024
 * Art. 12.
 */
export interface Membership {
  organizationId: string
  role: 'representative' | 'authorised' | 'staff'
}

interface Valid {
  /** `YYYY-MM-DD`, like all days. */
  issuedOn: string
  expiresOn?: string
}

/**
 * What somebody has integrated into their account. Only an account of level 2 tells it. An
 * extension: the forms are assumed, and the real service tells documents elsewhere.
 */
export interface Documents {
  healthInsurance?: Valid & { number: string; placeOfCare?: string }
  socialInsurance?: { number: string }
  drivingLicence?: Valid & { number: string; class: string }
  vehicles?: readonly (Valid & { plate: string; kind: string; make?: string })[]
  healthBook?: Valid & { number: string }
  judicialRecord?: Valid & { number: string; hasConvictions: boolean }
  tax?: { code: string }
  benefitsAccount?: { bank: string; accountNumber: string }
}

/** Anyone in the directory, as they are at one moment of the world's clock. */
export interface Person {
  /** What tests and pages call them: `adult-level-2`. Never sent to a relying party. */
  id: string
  /** The opaque, stable subject identifier. Never the personal number. */
  sub: string
  kind: 'citizen' | 'foreigner'
  /** The personal identification number, twelve digits. */
  number: string
  /** Full name, NFC, family name first. */
  name: string
  familyName: string
  middleName?: string
  givenName: string
  /** Full names that they had before, the oldest first. */
  previousNames?: readonly string[]
  /** `YYYY-MM-DD`, or `YYYY` where only the year is known. */
  birthDate: string
  /** Whole years at the world's clock; by the law a year-only birth date counts from 1 January. */
  age: number
  sex: Sex
  /** ISO 3166-1 alpha-3, `VNM` for citizens. */
  nationality: string
  placeOfOrigin: string
  placeOfBirthRegistration: string
  address: Address
  /** E.164, `+84901234289`. */
  phone?: string
  /** The id of the person in whose name the phone is, where it is not their own: codes arrive there. */
  phoneHolderId?: string
  email?: string
  passport?: string
  card?: Valid
  /** Numbers held before, such as a nine-digit identity card of the old kind. */
  previousNumbers: readonly string[]
  account: {
    level: Level
    state: AccountState
    password: string
    passcode: string
    /** The name of the one active device, for people to recognise. */
    device?: string
  }
  /** The ids of the parents or guardians of a child, or the guardians of a ward. */
  guardianIds: readonly string[]
  /** The ids of the people this person is parent or guardian of. */
  dependantIds: readonly string[]
  /** Someone of 14 or older for whom a guardian acts. */
  isWard: boolean
  memberships: readonly Membership[]
  documents?: Documents
  /** `YYYY-MM-DD`. */
  deceasedOn?: string
  /** When a field last changed, in milliseconds. */
  updatedAt: number
  /** What this person is for, one line in each language. */
  tests?: { vi: string; en: string }
}

/** An organisation established or registered in Viet Nam. One account, no levels. */
export interface Organization {
  id: string
  sub: string
  /** Identification code of the organisation. */
  code: string
  taxCode: string
  name: string
  shortName?: string
  foreignName?: string
  foundedOn: string
  headOffice: Address
  state: 'active' | 'locked' | 'dissolved'
}

/** On whose behalf a person can act: themselves, a child, a ward, or an organisation. */
export interface Role {
  kind: 'self' | 'child' | 'ward' | 'organization'
  /** The id of the person or organisation acted for: the person's own for `self`. */
  subjectId: string
  name: string
  /** For an organisation. */
  as?: 'representative' | 'authorised'
}

/** Why a person cannot use their account: also the first word of what the relying party hears. */
export type Unusable =
  | 'account_not_activated'
  | 'account_locked'
  | 'account_cancelled'
  | 'card_expired'
  | 'deceased'
  | 'guardian_unable'

/**
 * Everyone a world knows. Look-ups are asynchronous because what changed about a person is kept in
 * the store.
 */
export interface People {
  /** By id, or by twelve-digit number. */
  find(idOrNumber: string): Promise<Person | undefined>
  organization(id: string): Promise<Organization | undefined>
  /** The named fixture people, in the order of their file. */
  personas(): Promise<readonly Person[]>
  /** The id of a persona that was most likely meant. */
  nearest(name: string): string | undefined
  /** Self first, then the children and wards, then the organisations the person may act for. */
  rolesOf(person: Person): Promise<readonly Role[]>
  /** Why the account cannot be used now, or `undefined` when it can. */
  whyUnusable(person: Person): Promise<Unusable | undefined>
  /**
   * On whose phone a person's codes arrive: their own, a parent's or guardian's for a minor, or
   * that of whoever the number belongs to.
   */
  phoneHolder(person: Person): Promise<Person>
}
