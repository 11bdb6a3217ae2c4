import type { SignIn } from '../../signin/index.ts'
import type { SignInView } from '../api.ts'
import type { ControlledWorld } from '../controlled-world.ts'
import type { OperationInputs, WorldDeeds } from '../operations/types.ts'
import { SignInNotFound } from './errors.ts'
import { patienceOf } from './patience.ts'
import { signIn } from './sign-in.ts'
import { signInView } from './views.ts'
import { personOf, planOf, whoseIds } from './who.ts'

type Names = 'signIn' | `signIns.${'next' | 'list' | 'get' | 'answer' | 'wait'}`

export const signInDeeds = (world: ControlledWorld): Pick<WorldDeeds, Names> => ({
  signIn: (asked) => signIn(world, asked),
  'signIns.next': (asked) => decideNext(world, asked),
  'signIns.list': async ({ step, ...whose }) => {
    const { signInId, ...others } = await whoseIds(world, whose)
    const listed = await world.signIns.list({ ...others, step })
    return listed.filter(({ id }) => signInId === undefined || id === signInId).map(signInView)
  },
  'signIns.get': async (asked) => signInView(await signInOf(world, asked.signIn)),
  'signIns.answer': (asked) => answer(world, asked),
  'signIns.wait': async ({ step, timeoutSeconds, ...whose }, { signal }) => {
    const { signInId: id, ...others } = await whoseIds(world, whose)
    const patience = patienceOf(timeoutSeconds, signal)
    return signInView(await world.signIns.waitFor({ id, ...others, step }, patience))
  },
})

async function decideNext(
  world: ControlledWorld,
  { client, ...wanted }: OperationInputs['signIns.next'],
): Promise<{ id: string }> {
  const clientId =
    client === undefined ? undefined : (await world.registration.get(client)).client_id
  return { id: await world.nextSignIns.decide(await planOf(world, wanted), clientId) }
}

/** @throws {@link SignInNotFound} */
async function signInOf({ signIns }: ControlledWorld, id: string): Promise<SignIn> {
  const found = await signIns.find(id)
  if (found === undefined) throw new SignInNotFound(id)
  return found
}

/** Answers as whoever sits at the browser would, with the form that they have before them. */
async function answer(
  world: ControlledWorld,
  { signIn: id, answer: said }: OperationInputs['signIns.answer'],
): Promise<SignInView> {
  const { signIns } = world
  const { version } = await signInOf(world, id)
  const answered =
    'as' in said
      ? await signIns.answerAs(id, version, { person: await personOf(world, said.as) })
      : await signIns.answer(id, version, said)
  if (answered === undefined) throw new SignInNotFound(id)
  return signInView(answered)
}
