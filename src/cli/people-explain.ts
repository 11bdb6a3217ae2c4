import {
  explainPersonalNumber,
  namedDigits,
  parsePersonalNumber,
  provinces,
  unrealPrefixes,
} from '../accounts/index.ts'

/** What a number says, real or made up. @throws When it is none. */
export function explainNumber(number: string, json: boolean): string {
  const { prefix, random } = parsePersonalNumber(number)
  const explained = explainPersonalNumber(number, provinces)
  const { placeOfBirthRegistration: place, provinceToday, sex, century, year } = explained
  const madeUp = unrealPrefixes.includes(prefix)
  if (json) return JSON.stringify({ number, prefix, ...explained, isMadeUp: madeUp, random })
  const lines: [string, string][] = [
    [
      'birth registered in',
      `${prefix}  ${place ?? otherPlace(prefix)}${madeUp ? ' (made up)' : ''}`,
    ],
    ...(provinceToday === undefined
      ? []
      : [['today part of', provinceToday.name] as [string, string]]),
    ['sex and century', `${number[3]}    ${sex}, born ${century} to ${century + 99}`],
    ['year of birth', `${number.slice(4, 6)}   ${year}`],
    ['the rest', `${random}, by chance; there is no check digit`],
    ['whose', whose(madeUp, random)],
  ]
  return [number, ...lines.map(([key, value]) => `  ${key.padEnd(20)}  ${value}`)].join('\n')
}

/** Real: that countries begin at 101 is remembered, not confirmed. */
const otherPlace = (prefix: string) =>
  Number(prefix) > 100 ? 'a country, from 101 on' : 'no province has had it'

function whose(madeUp: boolean, random: string): string {
  if (!madeUp) return 'maybe somebody real: their numbers begin so'
  return Number(random) < namedDigits
    ? 'nobody real; somebody with a name in a file, or added, can have it'
    : 'nobody real; somebody of the population can have it'
}
