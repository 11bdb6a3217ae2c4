/**
 * Who people are: everyone in the directory, what they may do by the law, and what can be said
 * about them.
 *
 * ```
 * people.yaml ──▶ checkPeople ──▶ PeopleFile ──▶ createPeople ──▶ Person ──▶ claimsOf
 *                  │ the law                       ▲ the clock
 *                  ▼                               ▲ what was changed
 *                 problems, all at once            │
 * wishes ────────▶ create · change · remove ───────┘ the law
 * ```
 *
 * A file says ages and cards in years; they become dates once, when a world begins. From then on
 * people are as old as the world's clock makes them: on the day a child turns 14 they have no
 * guardian any more. Everyone has two names: the id, which tests and pages use, and `sub`, which
 * relying parties see. Neither is the personal number.
 *
 * While a world runs, people are made, changed and removed by what somebody wishes: what they leave
 * out of a new person is made up, and nothing counts that newly breaks the law. It stands in the
 * world's changes, for all who serve it; worlds of one file share whoever was not changed.
 *
 * Documents that somebody has integrated are an extension of this mock: only an account of level 2
 * tells them, each as a claim of its own.
 *
 * Beside those of the file there may be a whole population, computed when somebody of it is asked
 * for. What was changed of one of them is a change like any other, and all that is kept; whoever is
 * named in the file or was changed is judged, in a search too, by what they are now.
 *
 * Not here: passwords being tried and codes being sent (signin), which claims were asked for and
 * how they are signed (provider), reading files (config).
 *
 * @module
 */

export { claimsOf, extensionScopes, scopeClaims, type Claims } from './claims.ts'
export {
  createPeople,
  type ChangeablePeople,
  type ListOptions,
  type PeopleOptions,
  type ReplaceablePeople,
} from './create-people.ts'
export { isDay } from './dates.ts'
export { documentPlaces } from './documents-schema.ts'
export { NobodyMeets, PersonalNumberInvalid, PersonNotFound, WishesRefused } from './errors.ts'
export { entryOf } from './entry-of.ts'
export {
  checkPeople,
  type CheckedPeople,
  type CheckPeopleOptions,
  type EntryOrigin,
  type KnownIds,
} from './files/index.ts'
export type { PeopleSearch } from './find-people.ts'
export { law, type Rule } from './law.ts'
export {
  explainPersonalNumber,
  namedDigits,
  parsePersonalNumber,
  type NumberExplained,
  type PersonalNumber,
} from './number.ts'
export { criteriaSchema, type PeopleCriteria } from './people-criteria.ts'
export type { PeopleFile } from './people-file.ts'
export { subOf } from './settle.ts'
export type {
  AccountState,
  Address,
  Documents,
  Level,
  Membership,
  Organization,
  People,
  Person,
  Role,
  Sex,
  Unusable,
} from './person.ts'
export {
  populationOf,
  populationSettings,
  type Population,
  type PopulationSettings,
} from './population/index.ts'
export { personViewSchema } from './person-view-schema.ts'
export { provinces, unrealPrefixes, type Province, type Provinces } from './provinces.ts'
export { newPersonSchema, personWishesSchema } from './wishes-schema.ts'
export type { DocumentWishes, NewPerson, PersonWishes } from './wishes.ts'
