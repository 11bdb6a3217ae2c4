import { documentPlaces, isDay } from '../accounts/index.ts'
import { nearest } from '../kernel/index.ts'
import { listFrom } from './csv-lists.ts'

/** What a cell says, as a file of people says it; a text that cannot be it stays a text. */
type Meaning = (text: string) => unknown

const asText: Meaning = (text) => text
const asNumber: Meaning = (text) => (/^-?\d+$/.test(text) ? Number(text) : text)

const yes = ['true', '1', 'yes', 'có', 'đúng', 'x']
const no = ['false', '0', 'no', 'không', 'sai']
const asFlag: Meaning = (text) => {
  const word = text.toLowerCase().normalize('NFC')
  return yes.includes(word) ? true : no.includes(word) ? false : text
}

const sexes = new Map([
  ['nam', 'male'],
  ['nữ', 'female'],
])
const asSex: Meaning = (text) => sexes.get(text.toLowerCase().normalize('NFC')) ?? text

/** Excel shows days as 17/05/1990, in the order of Viet Nam, and saves them so. */
const asDay: Meaning = (text) => {
  const [, day = '', month = '', year] = /^(\d\d?)\/(\d\d?)\/(\d{4})$/.exec(text) ?? []
  const said = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(said) ? said : text
}

/** Excel takes digits for a quantity, which has no zeros in front: where there is one, it did not. */
const withZeros =
  (length: number, atLeast: number): Meaning =>
  (text) =>
    text.length >= atLeast && /^(0|[1-9]\d*)$/.test(text) ? text.padStart(length, '0') : text

/** And no plus sign. */
const asPhone: Meaning = (text) => (/^84\d{9}$/.test(text) ? `+${text}` : text)

/** `company:representative; other:staff` */
const asMemberships: Meaning = (text) =>
  listFrom(text).map((part) => {
    const [organization, ...role] = part.split(':').map((word) => word.trim())
    return { organization, role: role.join(':') }
  })

const columns: Readonly<Record<string, Meaning>> = {
  id: asText,
  name: asText,
  family_name: asText,
  middle_name: asText,
  given_name: asText,
  previous_names: listFrom,
  kind: asText,
  sex: asSex,
  age: asNumber,
  birthday: asText,
  birth_date: asDay,
  number: withZeros(12, 7),
  nationality: asText,
  place_of_origin: asText,
  place_of_birth_registration: asText,
  'address.street': asText,
  'address.commune': asText,
  'address.province': asText,
  phone: asPhone,
  phone_holder: asText,
  email: asText,
  passport: asText,
  'card.issued_on': asDay,
  'card.issued_years_ago': asNumber,
  'card.expires_on': asDay,
  'card.expires_in_years': asNumber,
  previous_numbers: listFrom,
  'account.level': asNumber,
  'account.state': asText,
  'account.password': asText,
  'account.passcode': withZeros(6, 1),
  'account.device': asText,
  guardians: listFrom,
  ward: asFlag,
  memberships: asMemberships,
  deceased_days_ago: asNumber,
  updated_days_ago: asNumber,
  unlawful: asText,
  'tests.vi': asText,
  'tests.en': asText,
  // Of an organisation. Where it has its head office stands in the columns of an address.
  code: asText,
  tax_code: withZeros(10, 1),
  short_name: asText,
  foreign_name: asText,
  founded_on: asDay,
}

/** `documents.driving_licence.number`, `documents.vehicles.0.plate` */
const ofDocuments = (header: string): Meaning => {
  if (header.endsWith('_on')) return asDay
  if (/_years(_ago)?$/.test(header)) return asNumber
  return header.endsWith('.has_convictions') ? asFlag : asText
}

/** `level` is short for `account.level`. */
const full = new Map(
  Object.keys(columns).flatMap((name): [string, string][] => {
    const [, last] = /^(?:account|address)\.(.+)$/.exec(name) ?? []
    return last === undefined
      ? [[name, name]]
      : [
          [name, name],
          [last, name],
        ]
  }),
)

/** What a column of documents may be called. Of several of a kind, of the first. */
const ofDocumentNames = new Set(documentPlaces.map((place) => `documents.${place}`))

/** Which of several of a kind a column is for. More than a hundred are no table of people. */
const nth = /(?<=\.)(?:0|[1-9]\d?)(?=\.)/

const known: readonly string[] = [...full.keys(), ...ofDocumentNames]

/** The name that one which no column has was most likely meant for. */
export function nearestColumn(header: string): string | undefined {
  const said = header.trim()
  const meant = nearest(said, known)
  const [index] = nth.exec(said) ?? []
  return index === undefined ? meant : meant?.replace(nth, index)
}

export interface Column {
  /** Where in an entry it belongs. */
  path: readonly string[]
  meaning: Meaning
}

/** What a column is for; `undefined` when it is for nothing. */
export function columnOf(header: string): Column | undefined {
  const said = header.trim().toLowerCase()
  const name = full.get(said)
  if (name === undefined && !ofDocumentNames.has(said.replace(nth, '0'))) return undefined
  const path = name ?? said
  return { path: path.split('.'), meaning: columns[path] ?? ofDocuments(path) }
}
