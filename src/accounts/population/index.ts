/**
 * A whole population: as many people as a country has, computed when they are asked for and never
 * stored.
 *
 * ```
 * index ──┬─ place in the plan ──▶ sex, age, family: as in every round
 *         └─ round of the plan ──▶ province, level, state, birthday, name, papers
 *
 * number ◀──▶ prefix · sex · year · count among those of one sex and year ◀──▶ index
 * ```
 *
 * The plan is a village of 20,000 with the ages and households of the whole country. A population
 * is that village over and over: somebody's index says which place they have and in which round. So
 * a search picks places and asks which rounds will do, instead of asking everybody; and time and
 * memory are those of one village whatever the size.
 *
 * Ages are those of the anchor day; on another day people are older or younger. Whoever is not born
 * is not there, nor is a child without a parent: those who are grown on the anchor day have none
 * here, and are there from 14 on.
 *
 * Households stand together, grown-ups first: whoever has a guardian has one of a smaller index,
 * who is there too. Numbers end in six digits from 100000 on; those below are left to people with a
 * name of their own in a file.
 *
 * Not here: what names and places there are (invention), what was changed about somebody (the roll
 * of a world), the law itself.
 *
 * @module
 */

export { agesOf, type Criteria, type SearchOptions } from './criteria.ts'
export {
  createPopulation,
  mostPeople,
  type Population,
  type PopulationOptions,
} from './population.ts'
export { populationOf } from './shared.ts'
export { defaultShares, type ByAge, type Shares } from './shares.ts'
export {
  populationSettings,
  sharesOf,
  type PopulationSettings,
  type SharesSettings,
} from './settings.ts'
