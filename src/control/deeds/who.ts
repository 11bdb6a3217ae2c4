import { PersonNotFound, type Person } from '../../accounts/index.ts'
import type { RelyingParty } from '../../clients/index.ts'
import { didYouMean } from '../../kernel/index.ts'
import type { ControlledWorld, PlannedSignIn, WhoseIds } from '../controlled-world.ts'
import { AskedWrongly } from './errors.ts'

/** The relying party that a test most likely means when it names none. */
const usualClient = 'test-rp'

/** @throws {@link PersonNotFound} With the nearest. */
export async function personOf({ people }: ControlledWorld, ref: string): Promise<Person> {
  const person = await people.find(ref)
  if (person === undefined) throw new PersonNotFound(ref, people.nearest(ref))
  return person
}

/** The one that is named; the only one, or the usual one, when none is. */
export async function clientOf(
  { clients, registration }: ControlledWorld,
  ref: string | undefined,
): Promise<RelyingParty> {
  if (ref !== undefined) return registration.get(ref)
  const all = await clients.list()
  const client = all.length === 1 ? all[0] : await clients.find(usualClient)
  if (client) return client
  throw new AskedWrongly(
    `client must be given: ${all.length} relying parties are registered, and none is "${usualClient}". Name one, or register one.`,
  )
}

interface Named {
  person?: string
  client?: string
  signIn?: string
}

/**
 * The ids of those who are named. Somebody who is named by their number is known by their id
 * everywhere else.
 *
 * @throws {@link PersonNotFound} And {@link ClientNotFound}, with the nearest: a mistyped name would
 *   be nobody's, and nothing would ever be found of it.
 */
export async function whoseIds(world: ControlledWorld, named: Named): Promise<WhoseIds> {
  if (named.person !== undefined) await personOf(world, named.person)
  if (named.client !== undefined) await world.registration.get(named.client)
  return idsOnce(world, named)
}

/** The same, also of those who were there once: what happened to them can still be asked for. */
export async function idsOnce(
  world: ControlledWorld,
  { person, client, signIn }: Named,
): Promise<WhoseIds> {
  return {
    ...(person === undefined ? {} : { personId: (await world.people.find(person))?.id ?? person }),
    ...(client === undefined ? {} : { clientId: client }),
    ...(signIn === undefined ? {} : { signInId: signIn }),
  }
}

/** What an operation says of a sign-in that is to come. */
interface Wanted {
  as: string
  role?: string
  journey?: 'full' | 'short'
  claims?: Readonly<Record<string, unknown>>
  withholds?: readonly string[]
}

/** @throws {@link AskedWrongly} When a claim is named that no sign-in can be told. */
export async function planOf(
  world: ControlledWorld,
  { as, role, journey, claims, withholds }: Wanted,
): Promise<PlannedSignIn> {
  const { id } = await personOf(world, as)
  const subject = role === undefined ? undefined : await subjectOf(world, role)
  if (claims) checkClaims(claims, world.works().plannableClaims)
  return {
    personId: id,
    ...(subject === undefined ? {} : { subjectId: subject }),
    ...(journey === undefined ? {} : { journey }),
    ...(claims === undefined ? {} : { claims: { ...claims } }),
    ...(withholds === undefined ? {} : { withholds: [...withholds] }),
  }
}

/** @throws {@link PersonNotFound} When it is no person's id, and no organisation's. */
async function subjectOf({ people }: ControlledWorld, role: string): Promise<string> {
  const subject = (await people.find(role)) ?? (await people.organization(role))
  if (subject === undefined) throw new PersonNotFound(role, people.nearest(role))
  return subject.id
}

function checkClaims(claims: Readonly<Record<string, unknown>>, known: readonly string[]): void {
  const unknown = Object.keys(claims).filter((name) => !known.includes(name))
  if (unknown.length === 0) return
  const said = unknown.map((name) => JSON.stringify(name)).join(', ')
  const meant = unknown.map((name) => didYouMean(name, known)).join('')
  throw new AskedWrongly(
    `claims cannot be told for one sign-in: ${said}. ${meant}Those that can: ${known.join(', ')}.`,
  )
}
