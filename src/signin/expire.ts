import type { Clock } from '../kernel/index.ts'
import { refused } from './facts.ts'
import type { KeptSignIns } from './kept-sign-ins.ts'
import type { Moves } from './moves.ts'
import type { Records } from './records.ts'
import { isOver, type SignIn } from './sign-in.ts'

/** What can end a sign-in before its time. */
export interface ExpireParts {
  kept: KeptSignIns
  moves: Moves
  records: Records
  clock: Clock
}

/** Ends a sign-in as if its time were over. Says how many did: one, or none. */
export async function expireSignIn(parts: ExpireParts, id: string): Promise<number> {
  const { kept, records, clock } = parts
  for (;;) {
    const signIn = await unfinished(parts, id)
    if (signIn === undefined) return 0
    const { problem: _problem, notice: _notice, ...facts } = signIn
    const expired = { ...refused(facts, 'expired'), expiresAt: clock.now() }
    const ended = await kept.replace(signIn, expired)
    if (ended === undefined) continue
    await records.ended(ended)
    return 1
  }
}

/**
 * Ends the code of a sign-in as if its time were over; the form that waits for it stays good. Says
 * how many did: one, or none.
 */
export async function expireCode(parts: ExpireParts, id: string): Promise<number> {
  const now = parts.clock.now()
  for (;;) {
    const signIn = await unfinished(parts, id)
    const challenge = signIn?.challenge
    if (signIn === undefined || challenge === undefined || now >= challenge.expiresAt) return 0
    const after = { ...signIn, challenge: { ...challenge, expiresAt: now } }
    if (await parts.kept.overwrite(signIn, after)) return 1
  }
}

/** As it is kept, unless it is over by now. */
async function unfinished({ kept, moves }: ExpireParts, id: string): Promise<SignIn | undefined> {
  const signIn = await kept.find(id)
  return signIn && !isOver(await moves.settle(signIn)) ? signIn : undefined
}
