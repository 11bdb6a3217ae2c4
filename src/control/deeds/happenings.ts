import type { WorldEvent } from '../api.ts'
import type { ControlledWorld } from '../controlled-world.ts'
import type { OperationInputs, WorldDeeds } from '../operations/types.ts'
import { merged } from './merged.ts'
import { patienceOf } from './patience.ts'
import { idsOnce, whoseIds } from './who.ts'

type Names = `messages.${'list' | 'take'}` | `journal.${'list' | 'take' | 'clear'}` | 'events'

/** The journal, the messages, and both as they come. */
export const happeningDeeds = (world: ControlledWorld): Pick<WorldDeeds, Names> => ({
  'messages.list': async (asked) => world.messages.list(await messageFilter(world, asked)),
  'messages.take': async ({ timeoutSeconds, ...asked }, { signal }) =>
    world.messages.take(await messageFilter(world, asked), {
      ...patienceOf(timeoutSeconds, signal),
      wanted: Object.entries(asked)
        .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
        .join(', '),
    }),
  'journal.list': async ({ limit, ...asked }) =>
    world.journal.list({
      ...(await entryFilter(world, asked)),
      ...(limit === undefined ? {} : { limit }),
    }),
  'journal.take': async ({ timeoutSeconds, ...asked }, { signal }) =>
    world.journal.take(await entryFilter(world, asked), patienceOf(timeoutSeconds, signal)),
  'journal.clear': () => world.journal.clear(),
  events: (_, { signal }) =>
    merged<WorldEvent>([
      named(world.journal.follow(signal), (entry) => ({ type: 'journal', entry })),
      named(world.messages.follow(signal), (message) => ({ type: 'message', message })),
    ]),
})

async function messageFilter(
  world: ControlledWorld,
  { phoneOf, ...whose }: OperationInputs['messages.list'],
) {
  const { personId, clientId, signInId } = await whoseIds(world, whose)
  const { personId: holderId } = await whoseIds(
    world,
    phoneOf === undefined ? {} : { person: phoneOf },
  )
  return (message: { personId: string; clientId: string; signInId: string; phoneOf: string }) =>
    (personId === undefined || message.personId === personId) &&
    (clientId === undefined || message.clientId === clientId) &&
    (signInId === undefined || message.signInId === signInId) &&
    (holderId === undefined || message.phoneOf === holderId)
}

async function entryFilter(
  world: ControlledWorld,
  { endpoint, isOk, ...whose }: OperationInputs['journal.list'],
) {
  const { personId: person, clientId: client, signInId: signIn } = await idsOf(world, whose)
  return { person, client, signIn, endpoint, isOk }
}

async function* named<T, U>(source: AsyncIterable<T>, name: (value: T) => U): AsyncGenerator<U> {
  for await (const value of source) yield name(value)
}

/** Whoever never was anybody is a slip of the pen, unless something happened to them. */
async function idsOf(world: ControlledWorld, whose: Parameters<typeof idsOnce>[1]) {
  const ids = await idsOnce(world, whose)
  const { personId: person, clientId: client } = ids
  const isThere = (await world.journal.list({ person, client, limit: 1 })).length > 0
  return isThere ? ids : whoseIds(world, whose)
}
