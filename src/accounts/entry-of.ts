import { dayInVietNam } from '../kernel/index.ts'
import { daysBetween } from './dates.ts'
import { documentsEntry } from './documents.ts'
import { dropAbsent } from './drop-absent.ts'
import { splitName } from './names.ts'
import { explainPersonalNumber, isPersonalNumber } from './number.ts'
import type { Person } from './person.ts'
import { provinces } from './provinces.ts'
import { dayOfUpdate } from './settle.ts'

/**
 * A person as a file of people says them: whoever reads it has the same person. What a file leaves
 * out is left out.
 *
 * @param today From which days are counted, `YYYY-MM-DD`.
 */
export function entryOf(person: Person, today: string): Record<string, unknown> {
  const { kind, card, documents, deceasedOn, memberships, account } = person
  return withoutEmpty({
    id: person.id,
    tests: person.tests,
    name: person.name,
    ...namesOf(person),
    previous_names: person.previousNames,
    kind: kind === 'citizen' ? undefined : kind,
    sex: person.sex,
    birth_date: person.birthDate,
    number: person.number,
    nationality: person.nationality === 'VNM' ? undefined : person.nationality,
    place_of_origin: person.placeOfOrigin,
    place_of_birth_registration: placeOf(person),
    address: person.address,
    phone: person.phone,
    phone_holder: person.phoneHolderId,
    email: person.email,
    passport: person.passport,
    card: card && dropAbsent({ issued_on: card.issuedOn, expires_on: card.expiresOn }),
    previous_numbers: person.previousNumbers,
    account: { ...account, state: account.state === 'active' ? undefined : account.state },
    guardians: person.guardianIds,
    ward: person.isWard ? true : undefined,
    memberships: memberships.map(({ organizationId: organization, role }) => ({
      organization,
      role,
    })),
    documents: documents && documentsEntry(documents),
    deceased_days_ago: deceasedOn === undefined ? undefined : daysBetween(deceasedOn, today),
    updated_days_ago: updatedDaysAgo(person, today),
  })
}

/** Only where they do not follow from the full name. */
function namesOf({ name, kind, familyName, middleName, givenName }: Person) {
  const split = splitName(name, kind)
  const follows =
    split.familyName === familyName &&
    split.middleName === middleName &&
    split.givenName === givenName
  return follows ? {} : { family_name: familyName, middle_name: middleName, given_name: givenName }
}

/** Only where it does not follow from the number, or from where they come from. */
function placeOf(person: Person): string | undefined {
  const { kind, number, placeOfOrigin, placeOfBirthRegistration: place } = person
  const explained =
    kind === 'citizen' && isPersonalNumber(number)
      ? explainPersonalNumber(number, provinces).placeOfBirthRegistration
      : undefined
  return place === (explained ?? placeOfOrigin) ? undefined : place
}

/** Only where it does not follow from the card. On no day that is yet to come. */
function updatedDaysAgo({ updatedAt, card }: Person, today: string): number | undefined {
  const updatedOn = dayInVietNam(updatedAt)
  return updatedOn === dayOfUpdate(card?.issuedOn)
    ? undefined
    : Math.max(0, daysBetween(updatedOn, today))
}

/** Without what is not there, at every depth. */
function withoutEmpty(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => {
      if (one === undefined || one === '' || (Array.isArray(one) && one.length === 0)) return []
      const isMap = typeof one === 'object' && one !== null && !Array.isArray(one)
      return [[key, isMap ? withoutEmpty(one as Record<string, unknown>) : one]]
    }),
  )
}
