import { setTimeout as pause } from 'node:timers/promises'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { faultHeader, type Faults } from '../../faults/index.ts'
import { whereOf } from '../journal/record-requests.ts'
import { noteOf } from '../notes.ts'

/** Changes a reply where an armed fault strikes it, before it is written down. */
export type StrikeFault = (ctx: KoaContextWithOIDC) => Promise<void>

/**
 * Lets armed faults strike what is answered: what was asked is done, and then its reply is changed,
 * as by a network or a proxy in between. The reply says so, and so does the journal's entry of it.
 */
export function createFaultStrike(faults: Pick<Faults, 'strike'> | undefined): StrikeFault {
  return async (ctx) => {
    const note = noteOf(ctx)
    const where = whereOf(ctx)
    if (where === undefined) return
    // One that struck a reply which another had to take the place of strikes that one.
    const struck = (note.struck ??= await faults?.strike(where))
    if (struck === undefined) return
    const { fault, struck: reply } = struck
    const { status, body } = ctx
    note.meant = { status, body }
    if (reply.body !== undefined) {
      ctx.remove('Location')
      ctx.body = reply.body
      ctx.status = reply.status ?? status
    }
    ctx.set({ ...reply.headers, [faultHeader]: fault })
  }
}

/** Takes back that a fault struck: the reply is another, and not by its doing. */
export function unstrike(ctx: KoaContextWithOIDC): void {
  const note = noteOf(ctx)
  delete note.struck
  delete note.meant
  ctx.remove(faultHeader)
}

/**
 * Holds back the replies of those who were struck so: once all is written, so that nobody else
 * waits.
 */
export async function holdBack(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  await next()
  const delayMs = noteOf(ctx).struck?.struck.delayMs
  if (delayMs !== undefined) await pause(delayMs)
}
