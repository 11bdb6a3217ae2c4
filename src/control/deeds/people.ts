import { NobodyMeets } from '../../accounts/index.ts'
import type { WorldDeeds } from '../operations/types.ts'
import type { ControlledWorld } from '../controlled-world.ts'
import { personOf } from './who.ts'

type Names = Extract<keyof WorldDeeds, `people.${string}`>

export const peopleDeeds = (world: ControlledWorld): Pick<WorldDeeds, Names> => ({
  'people.create': async ({ wishes }) => {
    await finishRemovals(world, wishes)
    return world.people.create(wishes)
  },
  'people.get': ({ person }) => personOf(world, person),
  'people.list': (options) => world.people.list(options),
  'people.search': ({ criteria = {}, ...options }) => world.people.search(criteria, options),
  'people.random': async ({ criteria = {}, seed }) => {
    const person = await world.people.random(criteria, seed)
    if (person === undefined) throw new NobodyMeets(criteria)
    return person
  },
  'people.change': async ({ person, wishes }) => {
    await finishRemovals(world, wishes)
    return world.people.change(person, wishes)
  },
  'people.remove': ({ person }) => remove(world, person),
})

/**
 * Removed first, since the law may be against it; nothing of theirs can begin after that. Where the
 * store was out of reach in between, whoever asks again finishes it.
 */
async function remove(world: ControlledWorld, ref: string): Promise<void> {
  const { people } = world
  const isBegun = (await people.find(ref)) === undefined && people.leaver(ref) !== undefined
  if (isBegun) return finishRemoval(world, ref)
  const { id } = await personOf(world, ref)
  await people.remove(id)
  await finishRemoval(world, id)
}

/** Whoever is called as somebody else was has nothing of theirs. */
async function finishRemovals(
  world: ControlledWorld,
  { id, number }: { id?: string; number?: string },
): Promise<void> {
  for (const ref of [id, number]) if (ref !== undefined) await finishRemoval(world, ref)
}

async function finishRemoval(world: ControlledWorld, ref: string): Promise<void> {
  const leaver = world.people.leaver(ref)
  if (leaver === undefined) return
  await world.works().forgetPerson(leaver)
  await world.people.left(leaver.id)
}
