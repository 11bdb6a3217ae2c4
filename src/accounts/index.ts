/**
 * Who people are: everyone in the directory, what they may do by the law, and what can be said
 * about them.
 *
 * ```
 * people.yaml ──▶ checkPeople ──▶ PeopleFile ──▶ createPeople ──▶ Person ──▶ claimsOf
 *                  │ the law                       ▲ the clock
 *                  └─▶ problems, all at once
 * ```
 *
 * A file says ages and cards in years; they become dates once, when a world begins. From then on
 * people are as old as the world's clock makes them: on the day a child turns 14 they have no
 * guardian any more. Everyone has two names: the id, which tests and pages use, and `sub`, which
 * relying parties see. Neither is the personal number.
 *
 * Not here: passwords being tried and codes being sent (signin), which claims were asked for and
 * how they are signed (provider), reading files (config).
 *
 * @module
 */

export {
  checkPeople,
  type CheckedPeople,
  type CheckPeopleOptions,
  type KnownIds,
} from './check-people.ts'
export { claimsOf, scopeClaims, type Claims } from './claims.ts'
export { createPeople, type ReplaceablePeople } from './directory.ts'
export { PersonalNumberInvalid, PersonNotFound } from './errors.ts'
export { law, type Rule } from './law.ts'
export {
  explainPersonalNumber,
  parsePersonalNumber,
  type NumberExplained,
  type PersonalNumber,
} from './number.ts'
export type { PeopleFile } from './people-file.ts'
export type {
  AccountState,
  Address,
  Level,
  Membership,
  Organization,
  People,
  Person,
  Role,
  Sex,
  Unusable,
} from './person.ts'
export { provinces, type Province, type Provinces } from './provinces.ts'
