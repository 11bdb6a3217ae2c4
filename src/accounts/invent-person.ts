import { birthDateFor } from './apply-wishes.ts'
import { birthDateOf } from './birth-date.ts'
import { ageOn, yearsFrom } from './dates.ts'
import { dropAbsent } from './drop-absent.ts'
import {
  foreignNationalities,
  inventAddress,
  inventForeignName,
  inventForeignPlace,
  inventName,
  inventPassport,
  inventPhone,
  inventPlaceOfOrigin,
  type Chance,
} from './invention/index.ts'
import { levelTwoFrom } from './law.ts'
import { isPersonalNumber, numberFor, parsePersonalNumber } from './number.ts'
import type { PersonEntry } from './people-file.ts'
import { ageOfOwnAccount } from './person.ts'
import { prefixOf } from './settle.ts'
import type { PersonWishes } from './wishes.ts'

/** What must be known to make somebody up who fits into a world. */
export interface Surroundings {
  chance: Chance
  today: string
  isTaken: (kind: 'number' | 'phone', value: string) => boolean
}

/**
 * Somebody for wishes to be applied to, so that all that was not wished is made up and lawful
 * beside them.
 */
export function inventPerson(id: string, wishes: PersonWishes, around: Surroundings): PersonEntry {
  const { chance, today } = around
  const { kind, nationality } = originFor(wishes, chance)
  const read = kind === 'citizen' ? readNumber(wishes.number) : undefined
  const sex = wishes.sex ?? read?.sex ?? chance.pick(['female', 'male'] as const)
  const birth_date =
    birthDateFor({ id }, wishes, today) ?? inventBirthDate(id, wishes, read, around)
  const age = ageOn(birth_date, today)
  const place = dropAbsent({ place_of_birth_registration: wishes.placeOfBirthRegistration })
  return {
    id,
    kind,
    nationality,
    sex,
    birth_date,
    ...place,
    ...inventNames({ kind, nationality, sex }, birth_date, chance),
    number: numberFor({ id, sex, birthDate: birth_date }, prefixOf({ kind, ...place }), (number) =>
      around.isTaken('number', number),
    ),
    place_of_origin:
      kind === 'citizen' ? inventPlaceOfOrigin(chance) : inventForeignPlace(chance, nationality),
    address: inventAddress(chance, wishes.address?.province ?? wishes.province),
    phone: age < ageOfOwnAccount ? undefined : freePhone(around),
    email: age < ageOfOwnAccount ? undefined : `${id}@example.com`,
    passport: kind === 'foreigner' ? inventPassport(chance, kind) : undefined,
    card: inventCard(birth_date, around),
    previous_numbers: [],
    account: {
      level: age < levelTwoFrom ? 1 : 2,
      state: 'active',
      password: 'Matkhau@1',
      passcode: '123456',
    },
    guardians: [],
    ward: false,
    memberships: [],
  }
}

function originFor({ kind, nationality }: PersonWishes, chance: Chance) {
  if ((kind ?? (nationality === undefined || nationality === 'VNM' ? 'citizen' : '')) === 'citizen')
    return { kind: 'citizen' as const, nationality: nationality ?? 'VNM' }
  return {
    kind: 'foreigner' as const,
    nationality: nationality ?? chance.weighted(foreignNationalities),
  }
}

const readNumber = (number: string | undefined) =>
  number !== undefined && isPersonalNumber(number) ? parsePersonalNumber(number) : undefined

/** A child where a guardian is named, and otherwise somebody who has an account of their own. */
function inventBirthDate(
  id: string,
  { guardians, isWard }: PersonWishes,
  read: { year: number } | undefined,
  { chance, today }: Surroundings,
): string {
  const thisYear = Number(today.slice(0, 4))
  if (read && read.year < thisYear)
    return birthDateOf(id, thisYear - read.year, `${thisYear}-12-31`)
  if (read) return `${read.year}-01-01`
  const isChild = guardians !== undefined && guardians.length > 0 && isWard !== true
  return birthDateOf(id, isChild ? levelTwoFrom + chance.below(8) : 18 + chance.below(50), today)
}

function inventNames(
  { kind, nationality, sex }: Pick<PersonEntry, 'kind' | 'nationality' | 'sex'>,
  birthDate: string,
  chance: Chance,
) {
  const { name, familyName, middleName, givenName } =
    kind === 'citizen'
      ? inventName(chance, { sex, birthYear: Number(birthDate.slice(0, 4)) })
      : { ...inventForeignName(chance, nationality, sex), middleName: undefined }
  return { name, family_name: familyName, middle_name: middleName, given_name: givenName }
}

/** Long enough that a child's outlasts the fourteenth birthday. */
function inventCard(birthDate: string, { chance, today }: Surroundings): PersonEntry['card'] {
  const issued = yearsFrom(today, -chance.below(5))
  const issued_on = issued < birthDate ? today : issued
  const yearsToFifteen = 15 - ageOn(birthDate, today)
  return { issued_on, expires_on: yearsFrom(today, Math.max(10, yearsToFifteen) + chance.below(6)) }
}

function freePhone({ chance, isTaken }: Surroundings): string {
  for (;;) {
    const phone = inventPhone(chance)
    if (!isTaken('phone', phone)) return phone
  }
}
