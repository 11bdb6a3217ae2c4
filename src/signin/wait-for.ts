import { inWords, NothingCame, type Journal, type Patience } from '../journal/index.ts'
import type { SignIn, Step } from './sign-in.ts'

/** Narrows sign-ins to those that belong to all that is given. */
export interface SignInFilter {
  id?: string | undefined
  clientId?: string | undefined
  personId?: string | undefined
  step?: Step | undefined
}

export function fits(signIn: SignIn, { id, clientId, personId, step }: SignInFilter): boolean {
  return (
    (id === undefined || signIn.id === id) &&
    (clientId === undefined || signIn.demand.clientId === clientId) &&
    (personId === undefined || signIn.personId === personId) &&
    (step === undefined || signIn.step === step)
  )
}

export interface WaitParts {
  journal: Journal
  find: (id: string) => Promise<SignIn | undefined>
  list: () => Promise<SignIn[]>
}

/**
 * The newest sign-in that fits, as soon as there is one. Whatever happens to a sign-in is recorded,
 * so whoever waits looks again at each entry, and only then; and once more at the end, for time
 * passes without an entry.
 */
export async function waitFor(
  { journal, find, list }: WaitParts,
  filter: SignInFilter,
  patience: Patience,
): Promise<SignIn> {
  const end = await journal.end()
  const there = (await list()).findLast((signIn) => fits(signIn, filter))
  if (there) return there
  for await (const { endpoint, signInId, clientId } of journal.arrivals(end, patience)) {
    if (endpoint !== 'sign-in' || signInId === undefined) continue
    if (filter.clientId !== undefined && filter.clientId !== clientId) continue
    const signIn = await find(signInId)
    if (signIn && fits(signIn, filter)) return signIn
  }
  patience.signal?.throwIfAborted()
  const all = await list()
  const late = all.findLast((signIn) => fits(signIn, filter))
  if (late) return late
  throw new NothingCame({
    what: 'sign-in',
    wanted: inWords(filter),
    timeoutMs: patience.timeoutMs,
    takenBefore: 0,
    others: all.slice(-5).map(inShort),
  })
}

const inShort = ({ id, step, demand, personId }: SignIn): string =>
  `"${id}" at "${step}" (${[demand.clientId, personId ?? 'nobody yet'].join(', ')})`
