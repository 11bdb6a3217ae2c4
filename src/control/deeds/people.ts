import { NobodyMeets } from '../../accounts/index.ts'
import type { WorldDeeds } from '../operations/types.ts'
import type { ControlledWorld } from '../controlled-world.ts'
import { personOf } from './who.ts'

type Names = Extract<keyof WorldDeeds, `people.${string}`>

export const peopleDeeds = (world: ControlledWorld): Pick<WorldDeeds, Names> => ({
  'people.create': ({ wishes }) => world.people.create(wishes),
  'people.get': ({ person }) => personOf(world, person),
  'people.list': (options) => world.people.list(options),
  'people.search': ({ criteria = {}, ...options }) => world.people.search(criteria, options),
  'people.random': async ({ criteria = {}, seed }) => {
    const person = await world.people.random(criteria, seed)
    if (person === undefined) throw new NobodyMeets(criteria)
    return person
  },
  'people.change': ({ person, wishes }) => world.people.change(person, wishes),
  'people.remove': ({ person }) => world.people.remove(person),
})
