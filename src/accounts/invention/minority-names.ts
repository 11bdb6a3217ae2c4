import type { Sex } from '../person.ts'
import type { Chance } from './chance.ts'
import type { Ethnicity } from './ethnicity.ts'
import { customs } from './minority-customs.ts'

/** A name in its parts, and the order in which they are said. */
export interface NameInParts {
  familyName: string
  middleName?: string
  givenName: string
  /** Some peoples say the given name first. */
  isGivenNameFirst?: true
}

/** A name as these people have it, of a given family if there is one. */
export function minorityName(
  chance: Chance,
  people: Exclude<Ethnicity, 'Kinh'>,
  sex: Sex,
  family?: string,
): NameInParts {
  const { families, middles, givens, isGivenNameFirst } = customs[people][sex]
  const middleName = chance.pick(middles)
  return {
    familyName: family ?? chance.pick(families),
    ...(middleName !== '' && { middleName }),
    givenName: chance.pick(givens),
    ...(isGivenNameFirst && { isGivenNameFirst }),
  }
}

/** Peoples among whom a child does not get the father's family name, or nobody has one. */
export const hasNoFathersName = (people: Ethnicity): boolean =>
  people === 'Ê Đê' || people === 'Gia Rai' || people === 'Ba Na' || people === 'Xơ Đăng'
