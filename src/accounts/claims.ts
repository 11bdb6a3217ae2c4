import { documentClaims, documentsTold } from './documents.ts'
import { dropAbsent } from './drop-absent.ts'
import { PersonNotFound } from './errors.ts'
import { isMinor } from './everyone.ts'
import type { Address, Organization, People, Person } from './person.ts'

/** Each scope and the claims it opens. */
export const scopeClaims: Readonly<Record<string, readonly string[]>> = {
  openid: ['sub', 'acr', 'amr', 'auth_time', 'authentication_level', 'act'],
  profile: [
    'name',
    'family_name',
    'middle_name',
    'given_name',
    'birthdate',
    'gender',
    'locale',
    'updated_at',
  ],
  phone: ['phone_number', 'phone_number_verified'],
  email: ['email', 'email_verified'],
  address: ['address'],
  vneid: ['personal_id_number', 'account_type', 'account_level', 'passport_number'],
  'vneid:identity': [
    'nationality',
    'place_of_origin',
    'place_of_birth_registration',
    'card',
    'previous_ids',
  ],
  'vneid:family': ['guardian', 'dependants'],
  'vneid:organization': ['organization'],
  'vneid:documents': documentClaims,
}

/** The scopes that are this mock's own: the real service tells these things elsewhere. */
export const extensionScopes: readonly string[] = ['vneid:documents']

/** Claims by their names on the wire. One that has no value is left out. */
export type Claims = Record<string, unknown>

/**
 * All that can be said about a subject when an actor signed in for them, whatever was asked for.
 * The actor is the subject for people who sign in as themselves.
 *
 * @throws {@link PersonNotFound} When nobody has one of the ids.
 */
export async function claimsOf({
  people,
  subjectId,
  actorId,
}: {
  people: People
  subjectId: string
  actorId: string
}): Promise<Claims> {
  const actor = await get(people, actorId)
  if (actor.id === subjectId) return personClaims(people, actor)
  const organization = await people.organization(subjectId)
  if (organization) return organizationClaims(organization, actor)
  return personClaims(people, await get(people, subjectId), actor)
}

async function personClaims(people: People, person: Person, actor?: Person): Promise<Claims> {
  return dropAbsent({
    sub: person.sub,
    act: actor && { sub: actor.sub },
    name: person.name,
    family_name: person.familyName === '' ? undefined : person.familyName,
    middle_name: person.middleName,
    given_name: person.givenName,
    birthdate: person.birthDate,
    gender: person.sex,
    // Which language a foreigner reads is not on record.
    locale: person.kind === 'citizen' ? 'vi-VN' : undefined,
    updated_at: Math.floor(person.updatedAt / 1000),
    phone_number: person.phone,
    // Whoever's it is, it is not known to be theirs. Real: not confirmed.
    phone_number_verified:
      person.phone === undefined ? undefined : person.phoneHolderId === undefined,
    email: person.email,
    email_verified: person.email === undefined ? undefined : true,
    address: addressClaim(person.address),
    personal_id_number: person.number,
    account_type: person.kind,
    account_level: person.account.level,
    passport_number: person.passport,
    nationality: person.nationality,
    place_of_origin: person.placeOfOrigin,
    place_of_birth_registration: person.placeOfBirthRegistration,
    card:
      person.card &&
      dropAbsent({ issued_on: person.card.issuedOn, expires_on: person.card.expiresOn }),
    previous_ids: person.previousNumbers.length > 0 ? [...person.previousNumbers] : undefined,
    guardian: await guardianClaim(people, person, actor),
    dependants: await dependantsClaim(people, person),
    ...documentsTold(person),
  })
}

/** The organisation at the top, the person only as the one who acts. RFC 8693 §4.1. */
function organizationClaims(organization: Organization, actor: Person): Claims {
  const membership = actor.memberships.find((one) => one.organizationId === organization.id)
  return {
    sub: organization.sub,
    act: { sub: actor.sub, name: actor.name, birthdate: actor.birthDate },
    address: addressClaim(organization.headOffice),
    account_type: 'organization',
    organization: dropAbsent({
      id: organization.code,
      tax_code: organization.taxCode,
      name: organization.name,
      role: membership?.role,
    }),
  }
}

/** Without their `sub`: that would tie people together across relying parties with pairwise ones. */
async function guardianClaim(
  people: People,
  person: Person,
  actor: Person | undefined,
): Promise<Claims | undefined> {
  const [first] = person.guardianIds
  if (first === undefined) return undefined
  const isConfirmed = actor === undefined && isMinor(person)
  const guardian =
    actor ?? (isConfirmed ? await people.phoneHolder(person) : await get(people, first))
  return {
    name: guardian.name,
    personal_id_number: guardian.number,
    // A minor's codes arrive on the guardian's phone, so nobody signs in as one unconfirmed.
    ...(isConfirmed && { confirmed: true }),
  }
}

async function dependantsClaim(people: People, person: Person): Promise<Claims[] | undefined> {
  if (person.dependantIds.length === 0) return undefined
  const dependants = await Promise.all(person.dependantIds.map((id) => get(people, id)))
  return dependants.map(({ name, birthDate, number }) => ({
    name,
    birthdate: birthDate,
    personal_id_number: number,
  }))
}

/** OpenID Connect Core §5.1.1. */
function addressClaim({ street, commune, province }: Address): Claims {
  const country = 'Việt Nam'
  const formatted = [street, commune, province, country].filter(Boolean).join(', ')
  return dropAbsent({
    formatted,
    street_address: street,
    locality: commune,
    region: province,
    country,
  })
}

async function get(people: People, id: string): Promise<Person> {
  const person = await people.find(id)
  if (person === undefined) throw new PersonNotFound(id, people.nearest(id))
  return person
}
