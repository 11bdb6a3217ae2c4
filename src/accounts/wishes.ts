import type { AccountState, Address, Documents, Level, Membership, Person, Sex } from './person.ts'

/**
 * What somebody wants of a person. In a new one, everything that is left out is chosen so that the
 * law holds; in a change, everything that is left out stays as it is. `null` takes something away.
 */
export interface PersonWishes {
  /** Full name, family name first; the parts are read from it where they are not given. */
  name?: string
  familyName?: string
  middleName?: string | null
  givenName?: string
  kind?: Person['kind']
  sex?: Sex
  /** Whole years, counted back from the world's now. Not beside `birthDate`. */
  age?: number
  /** Beside `age`: `today`, `unknown` (a year alone), or month and day as `05-17`. */
  birthday?: string
  /** `YYYY-MM-DD`, or `YYYY` where only the year is known. */
  birthDate?: string
  /** Twelve digits. Chosen to fit birth date, sex and place, without. */
  number?: string
  /** ISO 3166-1 alpha-3. */
  nationality?: string
  placeOfOrigin?: string
  placeOfBirthRegistration?: string
  /** Short for `address.province`. */
  province?: string
  address?: Partial<Address>
  /** E.164, such as `+84990000001`. */
  phone?: string | null
  /** The id of the person in whose name the phone is; codes arrive there. */
  phoneHolderId?: string | null
  email?: string | null
  passport?: string | null
  card?: { issuedOn: string; expiresOn?: string } | null
  previousNumbers?: readonly string[]
  level?: Level
  state?: AccountState
  password?: string
  passcode?: string
  /** The name of the one active device. */
  device?: string | null
  /** Ids of the parents or guardians of a child, or of the guardians of a ward. */
  guardians?: readonly string[]
  isWard?: boolean
  memberships?: readonly Membership[]
  /** What is integrated into the account; told by one of level 2 only. */
  documents?: DocumentWishes | null
  /** `YYYY-MM-DD`. */
  deceasedOn?: string | null
  /** Why the law may be broken by this one. */
  unlawful?: string
}

/** Documents that are there from now on; `null` takes one away, and what is left out stays. */
export type DocumentWishes = { [Name in keyof Documents]?: Documents[Name] | null }

/** A new person. */
export interface NewPerson extends PersonWishes {
  /** What tests call them, `[a-z0-9-]`. Made from the seed of the world's chance, without. */
  id?: string
}
