import { setTimeout as pause } from 'node:timers/promises'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { faultHeader, type Faults } from '../../faults/index.ts'
import type { Journal } from '../../journal/index.ts'
import { whereOf } from '../journal/record-requests.ts'

/**
 * Lets armed faults strike what is answered: what was asked is done, and then its reply is changed,
 * as by a network or a proxy in between. The reply says so, and so does the journal.
 */
export function createFaultStrike({
  faults,
  journal,
}: {
  faults?: Pick<Faults, 'strike'> | undefined
  journal: Pick<Journal, 'record'>
}) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next()
    const where = whereOf(ctx)
    const struck = where && (await faults?.strike(where))
    if (where === undefined || struck === undefined) return
    const { fault, struck: reply } = struck
    await journal.record({
      ...where,
      asked: {},
      decided: `fault ${fault}`,
      isOk: false,
      why: { rule: `the fault "${fault}" was armed for this` },
    })
    if (reply.delayMs !== undefined) await pause(reply.delayMs)
    if (reply.body !== undefined) {
      const { status } = ctx
      ctx.remove('Location')
      ctx.body = reply.body
      ctx.status = reply.status ?? status
    }
    ctx.set({ ...reply.headers, [faultHeader]: fault })
  }
}
