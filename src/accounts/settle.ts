import { createHash } from 'node:crypto'
import { dayInVietNam } from '../kernel/index.ts'
import { birthDateOf } from './birth-date.ts'
import { daysFrom, yearsFrom } from './dates.ts'
import { dropAbsent } from './drop-absent.ts'
import { splitName } from './names.ts'
import { explainPersonalNumber, isPersonalNumber, numberFor } from './number.ts'
import type { OrganizationEntry, PersonEntry } from './people-file.ts'
import type { Organization, Person } from './person.ts'
import { provinces } from './provinces.ts'

/** A person whose dates are fixed: all that is true of them on any day. */
export type Settled = Omit<Person, 'age' | 'dependantIds'>

/**
 * Fixes what an entry counts in years, once, from the moment a world begins: afterwards the world's
 * clock may move, and its people grow older.
 */
export function settlePerson(entry: PersonEntry, beganAt: number): Settled {
  const today = dayInVietNam(beganAt)
  const birthDate = entry.birth_date ?? birthDateOf(entry.id, entry.age ?? 0, today, entry.birthday)
  const { id, kind, sex, name, card } = entry
  const number = entry.number ?? numberFor({ id, sex, birthDate }, prefixOf(entry))
  const issuedOn = card && (card.issued_on ?? yearsFrom(today, -(card.issued_years_ago ?? 0)))
  const expiresOn =
    card?.expires_in_years === undefined
      ? card?.expires_on
      : yearsFrom(today, card.expires_in_years)
  const { device, ...account } = entry.account
  return {
    id,
    sub: subOf('person', id),
    kind,
    number,
    name: name.replaceAll(/\s+/g, ' '),
    ...namesOf(entry),
    birthDate,
    sex,
    nationality: entry.nationality,
    placeOfOrigin: entry.place_of_origin,
    placeOfBirthRegistration:
      entry.place_of_birth_registration ?? placeOf(kind, number) ?? entry.place_of_origin,
    address: dropAbsent(entry.address),
    ...dropAbsent({ phone: entry.phone, email: entry.email, passport: entry.passport }),
    ...(issuedOn !== undefined && { card: { issuedOn, ...dropAbsent({ expiresOn }) } }),
    previousNumbers: entry.previous_numbers,
    account: { ...account, ...dropAbsent({ device }) },
    guardianIds: entry.guardians,
    isWard: entry.ward,
    memberships: entry.memberships.map(({ organization, role }) => ({
      organizationId: organization,
      role,
    })),
    ...(entry.deceased_days_ago !== undefined && {
      deceasedOn: daysFrom(today, -entry.deceased_days_ago),
    }),
    updatedAt: Date.parse(`${issuedOn ?? '2024-07-01'}T00:00:00+07:00`),
    ...dropAbsent({ tests: entry.tests }),
  }
}

export function settleOrganization(entry: OrganizationEntry): Organization {
  return {
    id: entry.id,
    sub: subOf('organization', entry.id),
    code: entry.code,
    taxCode: entry.tax_code,
    name: entry.name,
    ...dropAbsent({ shortName: entry.short_name, foreignName: entry.foreign_name }),
    foundedOn: entry.founded_on,
    headOffice: dropAbsent(entry.head_office),
    state: entry.state,
  }
}

/** Opaque, and the same after every restart. */
function subOf(kind: 'person' | 'organization', id: string): string {
  return createHash('sha256')
    .update(`sub:${kind}:${id}`)
    .digest()
    .subarray(0, 16)
    .toString('base64url')
}

/** The province where a citizen's birth was registered decides the prefix, when the entry names it. */
function prefixOf({ kind, place_of_birth_registration: place }: PersonEntry): string | undefined {
  if (kind === 'foreigner') return undefined
  return [...provinces.byPrefix].find(([, name]) => name === place)?.[0]
}

/** Nothing for a foreigner, nor for a text that is no number: the law says so, in its own words. */
function placeOf(kind: Person['kind'], number: string): string | undefined {
  if (kind === 'foreigner' || !isPersonalNumber(number)) return undefined
  return explainPersonalNumber(number, provinces).placeOfBirthRegistration
}

function namesOf(entry: PersonEntry): Pick<Settled, 'familyName' | 'middleName' | 'givenName'> {
  const { family_name: familyName, middle_name: middleName, given_name: givenName } = entry
  if (givenName === undefined && familyName === undefined && middleName === undefined)
    return splitName(entry.name.replaceAll(/\s+/g, ' '), entry.kind)
  return { familyName: familyName ?? '', ...dropAbsent({ middleName }), givenName: givenName ?? '' }
}
