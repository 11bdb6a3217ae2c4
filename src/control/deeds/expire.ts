import type { ControlledWorld } from '../controlled-world.ts'
import type { OperationInputs } from '../operations/types.ts'
import { AskedWrongly } from './errors.ts'
import { personOf, whoseIds } from './who.ts'

/** Makes what is remembered expire now. What is named narrows it. */
export async function expire(
  world: ControlledWorld,
  asked: OperationInputs['expire'],
): Promise<{ expired: number }> {
  const { signIns } = world
  switch (asked.what) {
    case 'authorization code':
    case 'access token':
    case 'refresh token':
    case 'session':
      return { expired: await world.works().expire(asked.what, await whoseIds(world, asked)) }
    case 'sign-in':
      return { expired: await each(world, asked, (id) => signIns.expireSignIn(id)) }
    case 'sign-in code':
      return { expired: await each(world, asked, (id) => signIns.expireCode(id)) }
    case 'consent': {
      const { signInId, ...whose } = await whoseIds(world, asked)
      if (signInId !== undefined)
        throw new AskedWrongly(
          'a consent outlives the sign-in it was given in: name the person or the relying party, or nobody to end every consent.',
        )
      return { expired: await world.works().expire('consent', whose) }
    }
    case 'lock': {
      const { person, client, signIn } = asked
      if (client !== undefined || signIn !== undefined)
        throw new AskedWrongly(
          'a lock is a person’s, wherever they tried: name the person, or nobody to end every lock.',
        )
      const number = person === undefined ? undefined : (await personOf(world, person)).number
      return { expired: await signIns.forgetTries(number) }
    }
  }
}

async function each(
  world: ControlledWorld,
  asked: OperationInputs['expire'],
  expireOne: (id: string) => Promise<number>,
): Promise<number> {
  const { signInId, ...whose } = await whoseIds(world, asked)
  const listed = await world.signIns.list(whose)
  const chosen = listed.filter(({ id }) => signInId === undefined || id === signInId)
  const counts = await Promise.all(chosen.map(({ id }) => expireOne(id)))
  return counts.reduce((sum, count) => sum + count, 0)
}
