import type { Answer, SignIn, Step } from '../../signin/index.ts'
import type { SignInView } from '../api.ts'
import type { ControlledWorld } from '../controlled-world.ts'
import type { OperationInputs, WorldDeeds } from '../operations/types.ts'
import { AskedWrongly, SignInNotFound } from './errors.ts'
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
  const present = await signInOf(world, id)
  checkStep(present, 'as' in said ? undefined : said.step)
  const { version } = present
  const answered =
    'as' in said
      ? await signIns.answerAs(id, version, { person: await personOf(world, said.as) })
      : await signIns.answer(id, version, said)
  if (answered === undefined) throw new SignInNotFound(id)
  if (answered.notice === 'form_used') throw overtaken(answered)
  return signInView(answered)
}

/** @throws {@link AskedWrongly} When the answer is not one to where the sign-in stands. */
function checkStep({ id, step, refusal }: SignIn, answered: Answer['step'] | undefined): void {
  if (step === 'approved' || step === 'refused') {
    const outcome = refusal === undefined ? step : `${step}: ${refusal}`
    throw new AskedWrongly(
      `the sign-in "${id}" is over (${outcome}), and takes no answer any more. Begin another.`,
    )
  }
  if (answered === undefined || answered === step || answered === 'cancel') return
  throw new AskedWrongly(
    `the sign-in "${id}" stands at "${step}", and not at "${answered}". Answer ${answerAt[step]}; {"step":"cancel"} ends it.`,
  )
}

const overtaken = ({ id, step }: SignIn) =>
  new AskedWrongly(
    `the sign-in "${id}" was answered by somebody else at the same time, and stands at "${step}". Look at it, and answer again.`,
  )

/** How each step can be answered. */
const answerAt: Readonly<Record<Exclude<Step, 'approved' | 'refused'>, string>> = {
  'select-account': '{"step":"select-account","isSame":true}',
  identify: '{"step":"identify","number":"…","password":"…"}',
  'second-factor': '{"step":"second-factor","code":"…"}',
  role: '{"step":"role","subjectId":"…"}',
  face: '{"step":"face"}',
  consent: '{"step":"consent","agrees":true}',
  passcode: '{"step":"passcode","passcode":"…"}',
}
