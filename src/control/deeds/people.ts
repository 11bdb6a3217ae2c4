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
  'people.remove': ({ person }) => remove(world, person),
})

/** Removed first, since the law may be against it; nothing of theirs can begin after that. */
async function remove(world: ControlledWorld, ref: string): Promise<void> {
  const person = await personOf(world, ref)
  await world.people.remove(person.id)
  await world.works().forgetPerson(person)
}
