import type { WorldDeeds } from '../operations/types.ts'
import type { ControlledWorld } from '../controlled-world.ts'
import { personOf } from './who.ts'

type Names = `people.${'create' | 'get' | 'list' | 'change' | 'remove'}`

export const peopleDeeds = (world: ControlledWorld): Pick<WorldDeeds, Names> => ({
  'people.create': ({ wishes }) => world.people.create(wishes),
  'people.get': ({ person }) => personOf(world, person),
  'people.list': (options) => world.people.list(options),
  'people.change': ({ person, wishes }) => world.people.change(person, wishes),
  'people.remove': ({ person }) => world.people.remove(person),
})
