import { populationOf } from '../accounts/index.ts'
import type { Problem } from '../kernel/index.ts'
import type { Settings } from './settings.ts'

/** Whether there can be a population of such shares. With the usual ones, there can. */
export function populationProblems(settings: Settings): Problem[] {
  const { population, population_seed: seed } = settings
  try {
    populationOf(population, seed)
    return []
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return [{ path: ['population', 'shares'], message: `cannot be: ${error.message}` }]
  }
}
