import { isMinor } from './everyone.ts'
import { isPersonalNumber, misfitsOf } from './number.ts'
import type { Person } from './person.ts'
import { provinces, unrealPrefixes } from './provinces.ts'

/** What a rule may look at beside the person. */
export interface LawFacts {
  find: (id: string) => Person | undefined
  /** Whether numbers with a real province's prefix may be used. */
  realNumberPrefixes: boolean
}

/** One rule of the law, or of the service where the law is silent. */
export interface Rule {
  id: string
  /** Where it stands. */
  article: string
  /** Whether it is our assumption rather than a rule that was found. */
  isAssumed?: true
  /** A persona may break a rule by saying why, but not this one. */
  hasNoExcuse?: true
  says: string
  /** The key in a file of people to look at. */
  at: readonly string[]
  /** Where else in an entry it looks: what cannot be read there, it does not judge. */
  alsoAt?: readonly string[]
  /** What was found, when the person breaks it. */
  breaks(person: Person, facts: LawFacts): string | undefined
}

const accounts = 'Decree 69/2024/NĐ-CP Art. 7'
const guardians = 'Decree 69/2024/NĐ-CP Art. 10(1)d'
const organizations = 'Decree 69/2024/NĐ-CP Art. 12'
const numbers = 'Circular 07/2016/TT-BCA'
const service = 'the VNeID app'
const house = 'a rule of this mock'

/** What says how old somebody is, and when they were born. */
const age = ['age', 'birth_date']
const birth = [...age, 'birthday']

/** Below this age there are no biometrics, and so no level 2. */
export const levelTwoFrom = 6

/** Every rule about people that a file must keep. */
export const law: readonly Rule[] = [
  {
    id: 'citizen-card',
    article: accounts,
    says: 'a citizen needs an identity card for an account',
    at: ['card'],
    alsoAt: ['kind'],
    breaks: ({ kind, card }) => (kind === 'citizen' && !card ? 'no card' : undefined),
  },
  {
    id: 'foreigner-card',
    article: accounts,
    says: 'a foreigner needs a permanent or temporary residence card for an account',
    at: ['card'],
    alsoAt: ['kind'],
    breaks: ({ kind, card }) => (kind === 'foreigner' && !card ? 'no card' : undefined),
  },
  {
    id: 'level-2-from-6',
    article: accounts,
    says: 'a citizen under 6 has no account of level 2',
    at: ['account', 'level'],
    alsoAt: ['kind', ...age],
    breaks: (person) => (person.kind === 'citizen' ? levelTwoTooYoung(person) : undefined),
  },
  {
    id: 'foreigner-level-2-from-6',
    article: accounts,
    says: 'a foreigner under 6 has no account of level 2',
    at: ['account', 'level'],
    alsoAt: ['kind', ...age],
    breaks: (person) => (person.kind === 'foreigner' ? levelTwoTooYoung(person) : undefined),
  },
  {
    id: 'nationality',
    article: accounts,
    isAssumed: true,
    says: 'a citizen has the nationality VNM, and a foreigner another',
    at: ['nationality'],
    alsoAt: ['kind'],
    breaks: ({ kind, nationality }) =>
      (kind === 'citizen') === (nationality === 'VNM') ? undefined : `a ${kind} of ${nationality}`,
  },
  {
    id: 'foreigner-passport',
    article: accounts,
    isAssumed: true,
    says: 'a foreigner has a passport',
    at: ['passport'],
    alsoAt: ['kind'],
    breaks: ({ kind, passport }) => (kind === 'foreigner' && !passport ? 'no passport' : undefined),
  },
  {
    id: 'guardian-of-minor',
    article: guardians,
    says: 'a person under 14 needs a parent or guardian who has an account of level 2',
    at: ['guardians'],
    alsoAt: [...age],
    breaks: (person, facts) => (isMinor(person) ? noGuardian(person, facts) : undefined),
  },
  {
    id: 'guardian-of-ward',
    article: guardians,
    isAssumed: true,
    says: 'a ward needs a guardian who has an account of level 2',
    at: ['guardians'],
    alsoAt: ['ward', ...age],
    breaks: (person, facts) =>
      person.isWard && !isMinor(person) ? noGuardian(person, facts) : undefined,
  },
  {
    id: 'organization-level-2',
    article: organizations,
    says: 'a representative or authorised person of an organisation needs an account of level 2',
    at: ['memberships'],
    alsoAt: ['account.level'],
    breaks: ({ account, memberships }) =>
      account.level !== 2 && memberships.some(({ role }) => role !== 'staff')
        ? `an account of level ${account.level}`
        : undefined,
  },
  {
    id: 'organization-capacity',
    article: organizations,
    isAssumed: true,
    says: 'a representative or authorised person of an organisation is 14 or older, and no ward',
    at: ['memberships'],
    alsoAt: ['ward', ...age],
    breaks: (person) =>
      (isMinor(person) || person.isWard) && person.memberships.some(({ role }) => role !== 'staff')
        ? `${person.isWard ? 'a ward' : 'a person'} of ${person.age}`
        : undefined,
  },
  {
    id: 'password-form',
    article: service,
    says: 'a password has 8 to 20 characters, with a digit, an upper-case and a lower-case letter and one of ! @ # $ ^ * ( ) _ -',
    at: ['account', 'password'],
    breaks: ({ account: { password } }) =>
      /^(?=.*\d)(?=.*\p{Lu})(?=.*\p{Ll})(?=.*[!@#$^*()_-]).{8,20}$/u.test(password)
        ? undefined
        : quoted(password),
  },
  {
    id: 'passcode-form',
    article: service,
    says: 'a passcode has exactly 6 digits',
    at: ['account', 'passcode'],
    breaks: ({ account: { passcode } }) =>
      /^\d{6}$/.test(passcode) ? undefined : quoted(passcode),
  },
  {
    id: 'number-form',
    article: numbers,
    hasNoExcuse: true,
    says: 'a personal number has 12 digits, the fourth (century and sex) from 0 to 5',
    at: ['number'],
    breaks: ({ number }) => (isPersonalNumber(number) ? undefined : quoted(number)),
  },
  {
    id: 'number-fits-sex',
    article: numbers,
    says: "a citizen's number has a fourth digit that is even for men and odd for women",
    at: ['number'],
    alsoAt: ['kind', 'sex'],
    breaks: (person) =>
      misfits(person).includes('sex') ? `${quoted(person.number)}, ${person.sex}` : undefined,
  },
  {
    id: 'number-fits-birth-year',
    article: numbers,
    says: "a citizen's number has the century and the year of birth in its fourth to sixth digit",
    at: ['number'],
    alsoAt: ['kind', ...birth],
    breaks: (person) =>
      misfits(person).includes('year')
        ? `${quoted(person.number)}, born ${person.birthDate}`
        : undefined,
  },
  {
    id: 'number-fits-place',
    article: numbers,
    says: "a citizen's number begins with the prefix of the province where the birth was registered",
    at: ['number'],
    alsoAt: ['kind', 'place_of_birth_registration'],
    breaks: ({ kind, number, placeOfBirthRegistration: place }) =>
      kind === 'citizen' &&
      isPersonalNumber(number) &&
      ![place, undefined].includes(placeOf(number))
        ? `${quoted(number)}, registered in ${place}`
        : undefined,
  },
  {
    id: 'number-unreal',
    article: house,
    hasNoExcuse: true,
    says: `a number begins with ${unrealPrefixes.join(', ')}, which no real person's does, unless the setting "real_number_prefixes" is true`,
    at: ['number'],
    alsoAt: ['kind', 'place_of_birth_registration'],
    breaks: ({ number, placeOfBirthRegistration: place }, { realNumberPrefixes }) =>
      realNumberPrefixes || unrealPrefixes.includes(number.slice(0, 3)) || !isPersonalNumber(number)
        ? undefined
        : `${quoted(number)}, registered in ${place}`,
  },
]

const quoted = (text: string) => JSON.stringify(text)

const placeOf = (number: string) => provinces.byPrefix.get(number.slice(0, 3))

const levelTwoTooYoung = ({ age, account }: Person) =>
  age < levelTwoFrom && account.level === 2 ? `level 2 at age ${age}` : undefined

/** Whether the law lets them be the parent or guardian on whom an account rests. */
export const mayBeGuardian = (person: Person): boolean =>
  person.account.level === 2 && !isMinor(person) && !person.isWard

function noGuardian({ guardianIds }: Person, { find }: LawFacts): string | undefined {
  if (guardianIds.length === 0) return 'no guardian'
  const known = guardianIds.map(find)
  // A guardian whose own entry is broken is reported there.
  if (known.includes(undefined)) return undefined
  const isAble = known.some((one) => one && mayBeGuardian(one))
  return isAble ? undefined : `${guardianIds.map(quoted).join(', ')} without one`
}

/** Only a citizen's number follows the table. Real: the form of a foreigner's was not found. */
const misfits = (person: Person) =>
  person.kind === 'citizen' && isPersonalNumber(person.number)
    ? misfitsOf(person.number, person)
    : []
