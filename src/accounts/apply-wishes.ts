import { birthDateOf } from './birth-date.ts'
import { daysBetween } from './dates.ts'
import { documentsEntry } from './documents.ts'
import { dropAbsent } from './drop-absent.ts'
import { splitName, type NameParts } from './names.ts'
import type { PersonEntry } from './people-file.ts'
import type { Documents } from './person.ts'
import type { Known } from './settled-file.ts'
import type { PersonWishes } from './wishes.ts'

/** An entry that says its days as such, so that it is the same whenever its years are counted from. */
export function fixedEntry({ entry, person }: Known, today: string): PersonEntry {
  const { age: _, birthday: __, ...rest } = entry
  const { card, deceasedOn, documents } = person
  return {
    ...rest,
    birth_date: person.birthDate,
    number: person.number,
    card: card && { issued_on: card.issuedOn, ...dropAbsent({ expires_on: card.expiresOn }) },
    documents: documents && documentsEntry(documents),
    deceased_days_ago: deceasedOn === undefined ? undefined : daysBetween(deceasedOn, today),
    updated_days_ago: undefined,
  }
}

/** Somebody after a change: as wished, and what they were called before is not forgotten. */
export function changedEntry(entry: PersonEntry, wishes: PersonWishes, today: string): PersonEntry {
  const changed = applyWishes(entry, wishes, today)
  if (changed.name === entry.name) return changed
  return { ...changed, previous_names: [...(entry.previous_names ?? []), entry.name] }
}

/** A fixed entry with what is wished; what is not mentioned stays. */
export function applyWishes(entry: PersonEntry, wishes: PersonWishes, today: string): PersonEntry {
  const { card, deceasedOn, memberships } = wishes
  return {
    ...entry,
    ...namesFor(entry, wishes),
    ...dropAbsent({
      kind: wishes.kind,
      sex: wishes.sex,
      birth_date: birthDateFor(entry, wishes, today),
      number: wishes.number,
      nationality: wishes.nationality,
      place_of_origin: wishes.placeOfOrigin,
      place_of_birth_registration: wishes.placeOfBirthRegistration,
      previous_numbers: wishes.previousNumbers && [...wishes.previousNumbers],
      guardians: wishes.guardians && [...wishes.guardians],
      ward: wishes.isWard,
      memberships: memberships?.map(({ organizationId: organization, role }) => ({
        organization,
        role,
      })),
      unlawful: wishes.unlawful,
    }),
    address: { ...entry.address, ...wishes.address, ...dropAbsent({ province: wishes.province }) },
    phone: orBefore(wishes.phone, entry.phone),
    phone_holder: phoneHolderFor(entry, wishes),
    email: orBefore(wishes.email, entry.email),
    passport: orBefore(wishes.passport, entry.passport),
    card: orBefore(
      card && { issued_on: card.issuedOn, ...dropAbsent({ expires_on: card.expiresOn }) },
      entry.card,
    ),
    deceased_days_ago: orBefore(
      typeof deceasedOn === 'string' ? daysBetween(deceasedOn, today) : deceasedOn,
      entry.deceased_days_ago,
    ),
    documents: documentsFor(entry, wishes),
    account: accountFor(entry, wishes),
  }
}

/** `null` takes away, and what is left out stays. */
const orBefore = <T>(wished: T | null | undefined, before: T | undefined): T | undefined =>
  wished === undefined ? before : (wished ?? undefined)

/** Who has another number has it in their own name, unless somebody says otherwise. */
function phoneHolderFor(entry: PersonEntry, { phone, phoneHolderId }: PersonWishes) {
  const isAnother = phone !== undefined && phone !== entry.phone
  return orBefore(phoneHolderId, isAnother ? undefined : entry.phone_holder)
}

function documentsFor({ documents: before }: PersonEntry, { documents }: PersonWishes) {
  if (documents === undefined) return before
  if (documents === null) return undefined
  const all = { ...before, ...documentsEntry(documents as Documents) }
  return Object.fromEntries(Object.entries(all).filter(([, one]) => one !== null))
}

function accountFor({ account }: PersonEntry, wishes: PersonWishes): PersonEntry['account'] {
  const { level, state, password, passcode, device } = wishes
  return {
    ...account,
    ...dropAbsent({ level, state, password, passcode }),
    device: orBefore(device, account.device),
  }
}

/** The day of the birthday stays when only the age is another. */
export function birthDateFor(
  { id, birth_date: before }: Pick<PersonEntry, 'id' | 'birth_date'>,
  { age, birthday, birthDate }: PersonWishes,
  today: string,
): string | undefined {
  if (age === undefined) return birthDate ?? before
  return birthDateOf(id, age, today, birthday ?? (before && birthdayOf(before)))
}

function birthdayOf(birthDate: string): string {
  if (birthDate.length === 4) return 'unknown'
  const monthDay = birthDate.slice(5)
  return monthDay === '02-29' ? '02-28' : monthDay
}

type NamesInEntry = Pick<PersonEntry, 'name' | 'family_name' | 'middle_name' | 'given_name'>

/** The full name follows from its parts, and the parts from it, whichever is wished. */
function namesFor(entry: PersonEntry, wishes: PersonWishes): Partial<NamesInEntry> {
  const { name, familyName, middleName, givenName } = wishes
  const hasParts = [familyName, middleName, givenName].some((part) => part !== undefined)
  if (name === undefined && !hasParts) return {}
  if (!hasParts)
    return {
      ...dropAbsent({ name }),
      family_name: undefined,
      middle_name: undefined,
      given_name: undefined,
    }
  const before = partsOf(name === undefined ? entry : { name }, wishes.kind ?? entry.kind)
  const parts = {
    family_name: familyName ?? before.familyName,
    middle_name: orBefore(middleName, before.middleName),
    given_name: givenName ?? before.givenName,
  }
  const inOrder = [parts.family_name, parts.middle_name, parts.given_name].filter(Boolean)
  return { ...parts, name: name ?? inOrder.join(' ') }
}

function partsOf(names: NamesInEntry, kind: PersonEntry['kind']): NameParts {
  const { name, family_name: familyName, middle_name: middleName, given_name: givenName } = names
  if (familyName === undefined && middleName === undefined && givenName === undefined)
    return splitName(name.replaceAll(/\s+/g, ' '), kind)
  return { familyName: familyName ?? '', givenName: givenName ?? '', ...dropAbsent({ middleName }) }
}
