import {
  createPeople,
  populationOf,
  type ChangeablePeople,
  type PeopleFile,
} from '../accounts/index.ts'
import { loadConfig, type LoadOptions } from './load-config.ts'

/** The people that a start would have, without one. */
export interface LocalPeople {
  people: ChangeablePeople
  /** What the files say of them. */
  file: PeopleFile
}

/** @throws As {@link loadConfig}. */
export function openPeople(options: LoadOptions): LocalPeople {
  const { settings, people: file } = loadConfig(options)
  const { population, population_seed: seed } = settings
  const { clock } = options
  return {
    file,
    people: createPeople({ file, clock, population: populationOf(population, seed) }),
  }
}
