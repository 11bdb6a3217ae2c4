import { createPopulation, type Population } from './population.ts'
import { sharesOf, type PopulationSettings } from './settings.ts'

/** So many populations are remembered: a process has one, and tests have some. */
const most = 8

const known = new Map<string, Population>()

/**
 * The population that settings say: one for all who say the same, made when somebody of it is asked
 * for.
 *
 * @throws RangeError When the shares cannot be.
 */
export function populationOf(settings: PopulationSettings, seed: string): Population {
  const key = JSON.stringify([settings, seed])
  const found = known.get(key)
  if (found) return found
  const { size, anchor_day: anchorDay } = settings
  const shares = sharesOf(settings.shares)
  const isUsual = Object.keys(shares).length === 0
  const made = createPopulation({ size, seed, anchorDay, ...(isUsual ? {} : { shares }) })
  const [oldest] = known.keys()
  if (known.size >= most && oldest !== undefined) known.delete(oldest)
  known.set(key, made)
  return made
}
