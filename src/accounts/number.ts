import { createHash } from 'node:crypto'
import { PersonalNumberInvalid } from './errors.ts'
import type { Sex } from './person.ts'
import { unrealPrefixes, type Province, type Provinces } from './provinces.ts'

/** The parts of a personal identification number: `PPP G YY NNNNNN`, without a check digit. */
export interface PersonalNumber {
  /** Where the birth was registered: a province, or from 101 on a country. */
  prefix: string
  /** Century and sex in one digit: 0 and 1 for the 1900s, 2 and 3 for the 2000s, odd for women. */
  centuryAndSex: number
  sex: Sex
  /** All four digits of the birth year. */
  year: number
  random: string
}

/** Reads a number. @throws {@link PersonalNumberInvalid} When it is none. */
export function parsePersonalNumber(text: string): PersonalNumber {
  const fault = faultOf(text)
  if (fault !== undefined) throw new PersonalNumberInvalid(text, fault)
  const centuryAndSex = Number(text[3])
  return {
    prefix: text.slice(0, 3),
    centuryAndSex,
    sex: centuryAndSex % 2 === 0 ? 'male' : 'female',
    year: 1900 + 100 * Math.floor(centuryAndSex / 2) + Number(text.slice(4, 6)),
    random: text.slice(6),
  }
}

/** Whether a text has the form of a number, whoever it belongs to. */
export const isPersonalNumber = (text: string): boolean => faultOf(text) === undefined

function faultOf(text: string): string | undefined {
  if (!/^\d{12}$/.test(text)) return 'must be twelve digits'
  // Real: 4 and 5 for the 2100s are remembered, not confirmed.
  if (!/^...[0-5]/.test(text)) return 'must have 0 to 5 as its fourth digit, the century and sex'
  return undefined
}

/** Puts a number together from its parts. */
export function formatPersonalNumber(parts: {
  prefix: string
  sex: Sex
  year: number
  random: string
}): string {
  const centuryAndSex = 2 * Math.floor((parts.year - 1900) / 100) + (parts.sex === 'male' ? 0 : 1)
  const year = String(parts.year % 100).padStart(2, '0')
  return `${parts.prefix}${centuryAndSex}${year}${parts.random}`
}

/** What a number says about the person who has it. */
export interface NumberExplained {
  /** The province by its name of that time; absent when the prefix is in no table. */
  placeOfBirthRegistration?: string
  /** What that province is part of today. */
  provinceToday?: Province
  sex: Sex
  /** The first year of the century: 1900, 2000, 2100. */
  century: number
  year: number
}

/** Explains a number. @throws {@link PersonalNumberInvalid} When it is none. */
export function explainPersonalNumber(number: string, provinces: Provinces): NumberExplained {
  const { prefix, sex, year } = parsePersonalNumber(number)
  const place = provinces.byPrefix.get(prefix)
  const today = provinces.today.find((province) => province.prefixes.includes(prefix))
  return {
    ...(place !== undefined && { placeOfBirthRegistration: place }),
    ...(today !== undefined && { provinceToday: today }),
    sex,
    century: year - (year % 100),
    year,
  }
}

/** Which parts of a number contradict the person; none when it fits. */
export function misfitsOf(
  number: string,
  person: { sex: Sex; birthDate: string },
): readonly ('sex' | 'year')[] {
  const { sex, year } = parsePersonalNumber(number)
  const misfits: ('sex' | 'year')[] = []
  if (sex !== person.sex) misfits.push('sex')
  if (year !== Number(person.birthDate.slice(0, 4))) misfits.push('year')
  return misfits
}

/**
 * Of the last six digits, those below are of people with a name of their own; a population has the
 * rest.
 */
export const namedDigits = 100_000

/** Whose number is made: it says their sex and birth year. */
interface Owner {
  id: string
  sex: Sex
  birthDate: string
}

/**
 * The number of someone whose file gives none: always the same for one id, sex and birth year, or
 * the next that is not taken, and with a prefix that no real person has unless another is asked
 * for. Nobody of a population has it.
 */
export function numberFor(
  owner: Owner,
  prefix?: string,
  isTaken: (number: string) => boolean = () => false,
): string {
  for (let draw = 1; ; draw++) {
    const number = drawNumber(owner, prefix, draw)
    if (draw === mostDraws || !isTaken(number)) return number
  }
}

/** So many are enough where nine of ten numbers of a sex and year are taken. */
const mostDraws = 100

function drawNumber(owner: Owner, prefix: string | undefined, draw: number): string {
  const nth = draw === 1 ? '' : `:${draw}`
  const chance = createHash('sha256').update(`number:${owner.id}${nth}`).digest()
  const unreal = unrealPrefixes[chance.readUInt8(0) % unrealPrefixes.length] ?? '000'
  return formatPersonalNumber({
    prefix: prefix ?? unreal,
    sex: owner.sex,
    year: Number(owner.birthDate.slice(0, 4)),
    random: String(chance.readUIntBE(1, 6) % namedDigits).padStart(6, '0'),
  })
}
