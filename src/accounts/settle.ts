import { createHash } from 'node:crypto'
import { dayInVietNam } from '../kernel/index.ts'
import { birthDateOf } from './birth-date.ts'
import { daysFrom } from './dates.ts'
import { settleDocuments } from './documents.ts'
import { dropAbsent } from './drop-absent.ts'
import { splitName } from './names.ts'
import { explainPersonalNumber, isPersonalNumber, numberFor } from './number.ts'
import type { OrganizationEntry, PersonEntry } from './people-file.ts'
import type { Organization, Person } from './person.ts'
import { provinces } from './provinces.ts'
import { validityOn } from './validity.ts'

/** A person whose dates are fixed: all that is true of them on any day. */
export type Settled = Omit<Person, 'age' | 'dependantIds'>

/**
 * Fixes what an entry counts in years, once, from the moment a world begins: afterwards the world's
 * clock may move, and its people grow older.
 *
 * @param isTaken Whether a number is somebody else's: whose entry gives none gets another.
 */
export function settlePerson(
  entry: PersonEntry,
  beganAt: number,
  isTaken?: (number: string) => boolean,
): Settled {
  const today = dayInVietNam(beganAt)
  const birthDate = entry.birth_date ?? birthDateOf(entry.id, entry.age ?? 0, today, entry.birthday)
  const { id, kind, sex, name } = entry
  const number = entry.number ?? numberFor({ id, sex, birthDate }, prefixOf(entry), isTaken)
  const card = entry.card && validityOn(entry.card, today)
  const updatedOn = daysAgo(entry.updated_days_ago, today) ?? dayOfUpdate(card?.issued_on)
  const { device, ...account } = entry.account
  return {
    id,
    sub: subOf('person', id),
    kind,
    number,
    name: withSingleSpaces(name),
    ...namesOf(entry),
    birthDate,
    sex,
    nationality: entry.nationality,
    placeOfOrigin: entry.place_of_origin,
    placeOfBirthRegistration:
      entry.place_of_birth_registration ?? placeOf(kind, number) ?? entry.place_of_origin,
    address: dropAbsent(entry.address),
    ...dropAbsent({
      previousNames: entry.previous_names?.map(withSingleSpaces),
      phone: entry.phone,
      phoneHolderId: entry.phone_holder,
      email: entry.email,
      passport: entry.passport,
      card: card && dropAbsent({ issuedOn: card.issued_on, expiresOn: card.expires_on }),
      documents: entry.documents && settleDocuments(entry.documents, { today, number }),
      deceasedOn: daysAgo(entry.deceased_days_ago, today),
      tests: entry.tests,
    }),
    previousNumbers: entry.previous_numbers,
    account: { ...account, ...dropAbsent({ device }) },
    guardianIds: entry.guardians,
    isWard: entry.ward,
    memberships: entry.memberships.map(({ organization, role }) => ({
      organizationId: organization,
      role,
    })),
    updatedAt: Date.parse(`${updatedOn}T00:00:00+07:00`),
  }
}

/** The people of one file, each with a number of their own unless the file says otherwise. */
export function settlePeople(entries: readonly PersonEntry[], beganAt: number): Settled[] {
  const taken = new Set(entries.flatMap(({ number }) => number ?? []))
  const ids = new Set<string>()
  return entries.map((entry) => {
    // Who is told of twice has their number twice.
    const isOther = !ids.has(entry.id)
    const person = settlePerson(entry, beganAt, (number) => isOther && taken.has(number))
    ids.add(entry.id)
    taken.add(person.number)
    return person
  })
}

const daysAgo = (days: number | undefined, today: string) =>
  days === undefined ? undefined : daysFrom(today, -days)

/** Where nothing else is said: the day of the card, or from which Decree 69/2024 holds. */
export const dayOfUpdate = (cardIssuedOn: string | undefined): string =>
  cardIssuedOn ?? '2024-07-01'

const withSingleSpaces = (name: string) => name.replaceAll(/\s+/g, ' ')

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
export function subOf(kind: 'person' | 'organization', id: string): string {
  return createHash('sha256')
    .update(`sub:${kind}:${id}`)
    .digest()
    .subarray(0, 16)
    .toString('base64url')
}

/** The province where a citizen's birth was registered decides the prefix, when the entry names it. */
export function prefixOf({
  kind,
  place_of_birth_registration: place,
}: Pick<PersonEntry, 'kind' | 'place_of_birth_registration'>): string | undefined {
  if (kind === 'foreigner' || place === undefined) return undefined
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
    return splitName(withSingleSpaces(entry.name), entry.kind)
  return { familyName: familyName ?? '', ...dropAbsent({ middleName }), givenName: givenName ?? '' }
}
