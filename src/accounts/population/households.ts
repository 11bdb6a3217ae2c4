import type { Chance } from '../invention/index.ts'
import type { Sex } from '../person.ts'
import type { AgeAndSex, Pool } from './pool.ts'
import type { Shares } from './shares.ts'

/** What somebody is in their household. */
export interface Member extends AgeAndSex {
  /** `dependant` has all the guardians of the household. */
  role: 'guardian' | 'dependant' | 'other'
  /** Has the family's name: others brought their own. */
  bearsName: boolean
}

/** People who live together; grown-ups first, so that no dependant comes before their guardian. */
export type Household = readonly Member[]

/** From here on nobody is a child of the household. */
export const comingOfAge = 18

/** Puts everybody of a pool into households. @throws RangeError When there are too few parents. */
export function householdsOf(
  chance: Chance,
  pool: Pool,
  shares: Shares,
  wards: number,
): Household[] {
  return [
    ...families(chance, pool, shares),
    ...Array.from({ length: wards }, () => wardAndParent(chance, pool)).filter(isSomebody),
    ...couplesAndSingles(chance, pool),
  ]
}

const isSomebody = (household: Household): boolean => household.length > 0

function families(chance: Chance, pool: Pool, shares: Shares): Household[] {
  const households: Household[] = []
  for (;;) {
    const eldest = pool.takeOldest(chance, comingOfAge - 1, 0)
    if (eldest === undefined) return households
    const children = [eldest, ...siblings(chance, pool, eldest)]
    const parents = parentsOf(chance, pool, eldest.age, shares)
    if (parents.length === 0)
      throw new RangeError(
        'the shares of ages leave children without parents. Give more weight to the ages from 20 on.',
      )
    const grandparent = chance.happens(0.12) ? grandparentFor(chance, pool, parents) : undefined
    households.push([
      ...parents,
      ...(grandparent
        ? [{ ...grandparent, role: 'other' as const, bearsName: isMale(grandparent) }]
        : []),
      ...children.map((child) => ({ ...child, role: 'dependant' as const, bearsName: true })),
    ])
  }
}

function grandparentFor(chance: Chance, pool: Pool, parents: readonly Member[]) {
  const oldest = Math.max(...parents.map(({ age }) => age))
  return oldest < 55 ? pool.take(chance, oldest + 22 + chance.below(12), 4) : undefined
}

const isMale = ({ sex }: AgeAndSex) => sex === 'male'

/** How many brothers and sisters a child has here. Assumed. */
function siblings(chance: Chance, pool: Pool, eldest: AgeAndSex): AgeAndSex[] {
  const count = chance.weighted([
    [38, 0],
    [48, 1],
    [14, 2],
  ])
  const found: AgeAndSex[] = []
  let { age } = eldest
  for (let n = 0; n < count; n++) {
    age -= 2 + chance.below(4)
    const child = age < 1 ? undefined : pool.take(chance, age, 1)
    if (child === undefined) break
    found.push(child)
    age = child.age
  }
  return found
}

/** Mothers are 19 to 35 years older than their first child, and fathers up to 5 more. Assumed. */
function parentsOf(chance: Chance, pool: Pool, childAge: number, shares: Shares): Member[] {
  const { singleParents, grandparents } = shares
  const [one, two] = [chance.happens(singleParents), chance.happens(grandparents)]
  const age = childAge + (two ? 45 + chance.below(14) : 19 + chance.below(17))
  const lonely = one || (two && chance.happens(0.5))
  const parent = (near: number, sex: Sex) =>
    pool.take(chance, near, Math.min(nearEnough, near - childAge - comingOfAge), sex)
  const mother = lonely && chance.happens(0.25) ? undefined : parent(age, 'female')
  const father = lonely && mother ? undefined : parent(age + chance.below(7) - 1, 'male')
  const found = [mother, father].filter((one) => one !== undefined)
  const able = found.length > 0 ? found : anyone(chance, pool, childAge)
  return able.map((one) => ({
    ...one,
    role: 'guardian',
    bearsName: isMale(one) || able.length === 1,
  }))
}

/** How many years somebody may be off the age that fits best. */
const nearEnough = 6

/** Where nobody fits, whoever is old enough; not too old, if that can be. */
function anyone(chance: Chance, pool: Pool, childAge: number): AgeAndSex[] {
  const youngest = childAge + comingOfAge
  const grownUp =
    pool.takeOldest(chance, youngest + 27, youngest) ?? pool.takeOldest(chance, 109, youngest)
  return grownUp ? [grownUp] : []
}

function wardAndParent(chance: Chance, pool: Pool): Member[] {
  const ward = pool.take(chance, comingOfAge + 1 + chance.below(30), 3)
  const parent = ward && pool.take(chance, ward.age + 20 + chance.below(12), 8)
  if (ward === undefined) return []
  // Nobody is left to look after them, so they look after themselves.
  if (parent === undefined || parent.age < ward.age + comingOfAge)
    return [ward, ...(parent ? [parent] : [])].map((one) => ({
      ...one,
      role: 'other',
      bearsName: true,
    }))
  return [
    { ...parent, role: 'guardian', bearsName: true },
    { ...ward, role: 'dependant', bearsName: true },
  ]
}

function couplesAndSingles(chance: Chance, pool: Pool): Household[] {
  const households: Household[] = []
  for (;;) {
    const one = pool.takeOldest(chance, 109, 0)
    if (one === undefined) return households
    const sex = isMale(one) ? 'female' : 'male'
    const other =
      one.age >= 23 && chance.happens(0.6)
        ? pool.take(chance, Math.max(20, one.age - chance.below(6)), 2, sex)
        : undefined
    households.push([
      { ...one, role: 'other', bearsName: isMale(one) || other === undefined },
      ...(other ? [{ ...other, role: 'other' as const, bearsName: isMale(other) }] : []),
    ])
  }
}
