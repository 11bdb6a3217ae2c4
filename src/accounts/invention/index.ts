/**
 * Making people up: names, addresses, phones and papers that read right to a Vietnamese reader and
 * belong to nobody.
 *
 * ```
 * seed ──▶ chanceFrom ──▶ inventName · inventAddress · inventPhone · …
 * ```
 *
 * The same seed gives the same things in the same order. Shares are assumed but where their list
 * says otherwise. Names of places may by chance be real ones; phones, passports and old identity
 * card numbers come from ranges that nobody has, as far as is known. Nobody gets the full name of
 * someone whom everybody knows.
 *
 * Not here: personal numbers (number), who is whose child, how old they are and what account they
 * have (population), and what must be true of somebody (law).
 *
 * @module
 */

export { chanceFrom, chanceOf, type Chance, type Weighted } from './chance.ts'
export { inventEthnicity, type Ethnicity } from './ethnicity.ts'
export {
  foreignFamilyName,
  foreignNationalities,
  inventForeignName,
  inventForeignPlace,
} from './foreigners.ts'
export { familyNameOf, inventName, type InventedName, type Named } from './names.ts'
export {
  inventOldNumber,
  inventPassport,
  inventPhone,
  oldNumber,
  oldNumberCount,
  phoneCount,
  phoneNumber,
} from './papers.ts'
export {
  inventAddress,
  inventPlaceOfOrigin,
  provinceNames,
  provincesByPeople,
  type InventedAddress,
} from './places.ts'
