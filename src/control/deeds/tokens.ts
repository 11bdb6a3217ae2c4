import type { MintedTokens } from '../api.ts'
import type { ControlledWorld } from '../controlled-world.ts'
import type { OperationInputs, WorldDeeds } from '../operations/types.ts'
import { AskedWrongly } from './errors.ts'
import { clientOf, personOf, planOf, whoseIds } from './who.ts'

type Names =
  | `keys.${'list' | 'add' | 'switch' | 'retire'}`
  | `sessions.${'list' | 'end' | 'sendLogoutToken'}`
  | `tokens.${'mint' | 'mintMany'}`

/** Keys, sessions and tokens: what the provider holds. */
export const tokenDeeds = (world: ControlledWorld): Pick<WorldDeeds, Names> => ({
  'keys.list': () => keysOf(world),
  'keys.add': async ({ alg, jwk }) => {
    const added = await world.keys.add({
      ...(alg === undefined ? {} : { alg: alg as never }),
      ...(jwk === undefined ? {} : { jwk }),
    })
    return keyView(added)
  },
  'keys.switch': async ({ kid }) => {
    await world.keys.switchTo(kid)
    return keysOf(world)
  },
  'keys.retire': async ({ kid }) => {
    await world.keys.retire(kid)
    return keysOf(world)
  },
  'sessions.list': async (asked) => world.works().sessions.list(await whoseIds(world, asked)),
  'sessions.end': async ({ person, session }) => {
    const whose = await whoseSession(world, person, session)
    return { ended: await world.works().sessions.end(whose) }
  },
  'sessions.sendLogoutToken': async ({ session, client }) => {
    if (client !== undefined) await world.registration.get(client)
    const whose = { sessionId: session, ...(client === undefined ? {} : { clientId: client }) }
    const delivered = await world.works().sessions.sendLogoutToken(whose)
    if (delivered === undefined) throw sessionUnknown(session)
    return delivered
  },
  'tokens.mint': async (asked, { signal }) => {
    for await (const tokens of await mint(world, { ...asked, count: 1 }, signal)) return tokens
    throw new AskedWrongly('no tokens came. Ask for at least one.')
  },
  'tokens.mintMany': (asked, { signal }) => mint(world, asked, signal),
})

const keysOf = async ({ keys }: ControlledWorld) => (await keys.list()).map(keyView)

function keyView({
  kid,
  alg,
  isSigning,
  isInherited,
}: {
  kid: string
  alg: string
  isSigning: boolean
  isInherited: boolean
}) {
  return { kid, alg, isSigning, isInherited }
}

async function whoseSession(
  world: ControlledWorld,
  person: string | undefined,
  session: string | undefined,
): Promise<{ personId: string } | { sessionId: string }> {
  if ((person === undefined) === (session === undefined))
    throw new AskedWrongly('whose sessions end must be said: give person or session, and not both.')
  if (person !== undefined) return { personId: (await personOf(world, person)).id }
  const known = await world.works().sessions.list({})
  if (!known.some(({ id }) => id === session)) throw sessionUnknown(session!)
  return { sessionId: session! }
}

const sessionUnknown = (id: string) =>
  new AskedWrongly(
    `nobody is signed in by session "${id}". List the sessions to see those that are there.`,
  )

async function mint(
  world: ControlledWorld,
  {
    client,
    scope = 'openid profile vneid',
    nonce,
    count,
    ...wanted
  }: OperationInputs['tokens.mintMany'],
  signal: AbortSignal,
): Promise<AsyncIterable<MintedTokens>> {
  const { client_id: clientId } = await clientOf(world, client)
  const { personId, subjectId, claims } = await planOf(world, wanted)
  const asked = {
    personId,
    clientId,
    ...(subjectId === undefined ? {} : { subjectId }),
    ...(claims === undefined ? {} : { claims }),
    ...(nonce === undefined ? {} : { nonce }),
    scope,
    count,
  }
  return world.works().mint(asked, signal)
}
